import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { perRegion } from '../../aws/clients.ts';
import { dynamoTable } from '../../aws/table/dynamoTable.ts';
import { ENV } from '../../contract.ts';
import type { Deployment } from '../deployment.ts';
import { perDeployment } from '../parts.ts';

/** The client of the table's region, for the table and for caches beside its records. */
export const tableClient = perDeployment(({ basics }) =>
  perRegion(DynamoDBClient)(basics.settings.homeRegion),
);

const ports = perDeployment((deployment) =>
  dynamoTable({
    client: tableClient(deployment),
    tableName: deployment.environment(ENV.TABLE_NAME),
    now: deployment.basics.now,
    chance: deployment.basics.chance,
  }),
);

/** Everything that is kept in the table. */
export const table = {
  commits: (deployment: Deployment) => ports(deployment).commits,
  baseImages: (deployment: Deployment) => ports(deployment).baseImages,
  regionBuilds: (deployment: Deployment) => ports(deployment).regionBuilds,
  targets: (deployment: Deployment) => ports(deployment).targets,
  amis: (deployment: Deployment) => ports(deployment).amis,
  packageLists: (deployment: Deployment) => ports(deployment).packageLists,
  packageChecks: (deployment: Deployment) => ports(deployment).packageChecks,
  templates: (deployment: Deployment) => ports(deployment).templates,
  policies: (deployment: Deployment) => ports(deployment).policies,
  pots: (deployment: Deployment) => ports(deployment).pots,
  slots: (deployment: Deployment) => ports(deployment).slots,
  launches: (deployment: Deployment) => ports(deployment).launches,
  announcements: (deployment: Deployment) => ports(deployment).announcements,
  scanReports: (deployment: Deployment) => ports(deployment).scanReports,
  once: (deployment: Deployment) => ports(deployment).once,
  activity: (deployment: Deployment) => ports(deployment).activity,
};
