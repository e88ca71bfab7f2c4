import {
  CreateImageUsageReportCommand,
  DescribeImageAttributeCommand,
  paginateDescribeImageUsageReportEntries,
  paginateDescribeImageUsageReports,
  type EC2Client,
  type ImageUsageReport,
  type ImageUsageResourceType,
} from '@aws-sdk/client-ec2';
import { DAY, type Instant } from '../../core/words.ts';
import type { AmiUse } from '../../ports.ts';
import { unless } from '../awsError.ts';
import { GONE, type OwnAmi } from './describeAmis.ts';

/** An older report tells too little of today. EC2 itself may be a day behind with instances, days with templates. */
const FRESH = 3 * DAY;

const REPORTED = [
  { ResourceType: 'ec2:Instance' },
  {
    ResourceType: 'ec2:LaunchTemplate',
    ResourceTypeOptions: [{ OptionName: 'version-depth', OptionValues: ['10000'] }],
  },
] satisfies ImageUsageResourceType[];

/**
 * How other accounts use an AMI that nobody of this account uses. Nobody else can, unless it is shared; a disabled one
 * is shared with nobody. If it is, EC2's usage report tells, which takes its time: the first call asks for one, a
 * later one reads it.
 */
export async function useByOthers(client: EC2Client, ami: OwnAmi, now: Instant): Promise<AmiUse> {
  if (ami.disabled || !(await isShared(client, ami.id))) return { kind: 'known', by: [] };
  const reports = (await reportsOf(client, ami.id)).filter(isOfAll);
  const fresh = latest(reports.filter((report) => now - createdAt(report) < FRESH));
  if (fresh?.State === 'available') return { kind: 'known', by: await otherAccounts(client, ami, fresh) };
  if (fresh?.State === 'pending')
    return { kind: 'not-known-yet', because: `EC2 still makes the usage report ${fresh.ReportId}` };
  const { ReportId } = await client.send(
    new CreateImageUsageReportCommand({
      ImageId: ami.id,
      ResourceTypes: REPORTED,
      // Two at once ask for one report; after a failed one, another is asked for.
      ClientToken: `auto-ami-${ami.id}-after-${latest(reports)?.ReportId ?? 'none'}`,
    }),
  );
  const failed =
    fresh === undefined ? '' : `; the last one failed: ${fresh.StateReason ?? 'without a reason'}`;
  return {
    kind: 'not-known-yet',
    because: `it is shared with other accounts, and EC2 was asked for the usage report ${ReportId}${failed}`,
  };
}

async function isShared(client: EC2Client, amiId: string): Promise<boolean> {
  const answer = await unless(GONE, undefined, () =>
    client.send(new DescribeImageAttributeCommand({ ImageId: amiId, Attribute: 'launchPermission' })),
  );
  return (answer?.LaunchPermissions ?? []).length > 0;
}

async function reportsOf(client: EC2Client, amiId: string): Promise<ImageUsageReport[]> {
  const found: ImageUsageReport[] = [];
  for await (const { ImageUsageReports = [] } of paginateDescribeImageUsageReports(
    { client },
    { ImageIds: [amiId] },
  ))
    found.push(...ImageUsageReports);
  return found;
}

/**
 * Whether a report, which anybody may have asked for, is about everybody and everything we want to know, and looks as
 * far back: one of the newest version of each launch template says nothing of the others.
 */
function isOfAll({ AccountIds = [], ResourceTypes = [] }: ImageUsageReport): boolean {
  const looksAt = new Set(ResourceTypes.map(inWords));
  return AccountIds.length === 0 && REPORTED.every((type) => looksAt.has(inWords(type)));
}

function inWords({ ResourceType = '', ResourceTypeOptions = [] }: ImageUsageResourceType): string {
  const options = ResourceTypeOptions.map(
    ({ OptionName = '', OptionValues = [] }) => `${OptionName}=${OptionValues.join(',')}`,
  );
  return [ResourceType, ...options.sort()].join(' ');
}

const createdAt = ({ CreationTime }: ImageUsageReport): Instant => CreationTime?.getTime() ?? 0;

function latest(reports: readonly ImageUsageReport[]): ImageUsageReport | undefined {
  return [...reports].sort((a, b) => createdAt(b) - createdAt(a))[0];
}

/** What a report says of others; of this account's own use, the references of today say more. */
async function otherAccounts(
  client: EC2Client,
  ami: OwnAmi,
  { ReportId = '' }: ImageUsageReport,
): Promise<string[]> {
  const counts = new Map<string, number>();
  for await (const { ImageUsageReportEntries = [] } of paginateDescribeImageUsageReportEntries(
    { client },
    { ReportIds: [ReportId] },
  ))
    for (const { AccountId, UsageCount = 0 } of ImageUsageReportEntries)
      if (AccountId !== undefined && AccountId !== ami.owner && UsageCount > 0)
        counts.set(AccountId, (counts.get(AccountId) ?? 0) + UsageCount);
  return [...counts].map(
    ([account, count]) => `account ${account}, ${count} ${count === 1 ? 'time' : 'times'}`,
  );
}
