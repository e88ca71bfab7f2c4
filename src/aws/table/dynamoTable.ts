import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Chance, Clock, TablePorts } from '../../ports.ts';
import { dynamoActivity } from './activity.ts';
import { dynamoAmis } from './amis.ts';
import { dynamoAnnouncements } from './announcements.ts';
import { dynamoBaseImages } from './baseImages.ts';
import { dynamoCommits } from './commits.ts';
import { dynamoLaunches } from './launches.ts';
import { dynamoOnce } from './once.ts';
import { dynamoPackageChecks } from './packageChecks.ts';
import { dynamoPackageLists } from './packageLists.ts';
import type { Pausing } from './pause.ts';
import { dynamoPolicies } from './policies.ts';
import { dynamoPots } from './pots.ts';
import { dynamoRegionBuilds } from './regionBuilds.ts';
import { dynamoScanReports } from './scanReports.ts';
import { dynamoSlots } from './slots.ts';
import type { Table } from './table.ts';
import { dynamoTargets } from './targets.ts';
import { dynamoTemplates } from './templates.ts';

export interface DynamoTableInput {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly now: Clock;
  readonly chance: Chance;
  /** Waits between two tries; a test need not. */
  readonly sleep?: Pausing['sleep'];
}

/** All ports that stand on the one table, on DynamoDB. Items are laid out as `keys.ts` says. */
export function dynamoTable({
  client,
  tableName,
  sleep: wait = sleep,
  ...clock
}: DynamoTableInput): TablePorts {
  const table: Table = {
    // Members that are undefined are absent, as in the records they come from.
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    name: tableName,
    sleep: wait,
    ...clock,
  };
  return {
    commits: dynamoCommits(table),
    baseImages: dynamoBaseImages(table),
    regionBuilds: dynamoRegionBuilds(table),
    targets: dynamoTargets(table),
    amis: dynamoAmis(table),
    packageLists: dynamoPackageLists(table),
    packageChecks: dynamoPackageChecks(table),
    templates: dynamoTemplates(table),
    policies: dynamoPolicies(table),
    pots: dynamoPots(table),
    slots: dynamoSlots(table),
    announcements: dynamoAnnouncements(table),
    launches: dynamoLaunches(table),
    scanReports: dynamoScanReports(table),
    once: dynamoOnce(table),
    activity: dynamoActivity(table),
  };
}
