import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { awsAmiLifecycle } from '../../src/aws/amiLifecycle.ts';
import { perRegion } from '../../src/aws/clients.ts';
import { TAGS } from '../../src/contract.ts';
import { aQueryService, SOME_KEYS, type Answer } from './localServer.ts';

const REGION = 'eu-central-1';
const AMI = 'ami-0000000000000000a';

/** AMIs of ours. */
const described = (...amiIds: readonly string[]) =>
  `<imagesSet>${amiIds
    .map(
      (id) =>
        `<item><imageId>${id}</imageId><imageOwnerId>123456789012</imageOwnerId><imageState>available</imageState><tagSet><item><key>${TAGS.TEMPLATE}</key><value>python-ml</value></item></tagSet></item>`,
    )
    .join('')}</imagesSet>`;

/** What AWS answers where nobody uses the AMI, which is shared with nobody. */
const NOBODY: Readonly<Record<string, string>> = {
  DescribeImages: described(AMI),
  DescribeImageReferences: '<imageReferenceSet/>',
  DescribeImageAttribute: '<launchPermission/>',
  DescribeLaunchConfigurations:
    '<DescribeLaunchConfigurationsResult><LaunchConfigurations/></DescribeLaunchConfigurationsResult>',
  DescribeAutoScalingGroups:
    '<DescribeAutoScalingGroupsResult><AutoScalingGroups/></DescribeAutoScalingGroupsResult>',
};

const refusal = (status: number, code: string): Answer => ({
  status,
  body: `<Response><Errors><Error><Code>${code}</Code><Message>no</Message></Error></Errors></Response>`,
});

/** What EC2 and Auto Scaling tell, but for some operations. */
async function useAs(
  other: Readonly<Record<string, string | Answer | ((form: URLSearchParams) => string | Answer)>>,
) {
  const asked: URLSearchParams[] = [];
  const endpoint = await aQueryService((operation, form) => {
    asked.push(form);
    const answer = other[operation] ?? NOBODY[operation] ?? '';
    const told = typeof answer === 'function' ? answer(form) : answer;
    return typeof told === 'string' ? { body: `<${operation}Response>${told}</${operation}Response>` } : told;
  });
  const config = { endpoint, credentials: SOME_KEYS, maxAttempts: 1 };
  const lifecycle = awsAmiLifecycle({
    now: () => Date.UTC(2026, 10, 24),
    ec2: perRegion(EC2Client, config),
    autoScaling: perRegion(AutoScalingClient, config),
  });
  return {
    asked,
    use: async () => (await lifecycle.uses(REGION, [AMI])).get(AMI),
    uses: (...amiIds: readonly string[]) => lifecycle.uses(REGION, amiIds),
  };
}

test('nobody uses it', async () => {
  const { use, asked } = await useAs({});
  expect(await use()).toEqual({ kind: 'known', by: [] });
  const references = asked.find((form) => form.get('Action') === 'DescribeImageReferences');
  expect(Object.fromEntries(references ?? [])).toMatchObject({
    IncludeAllResourceTypes: 'true',
    'ResourceType.2.ResourceType': 'ec2:LaunchTemplate',
    'ResourceType.2.ResourceTypeOption.1.OptionName': 'version-depth',
    'ResourceType.2.ResourceTypeOption.1.OptionValue.1': '10000',
  });
});

test('a group whose mixed instances have an AMI of their own is a user', async () => {
  const { use } = await useAs({
    DescribeAutoScalingGroups: `<DescribeAutoScalingGroupsResult><AutoScalingGroups><member>
      <AutoScalingGroupName>nodes</AutoScalingGroupName>
      <MixedInstancesPolicy><LaunchTemplate><Overrides><member><ImageId>${AMI}</ImageId></member></Overrides></LaunchTemplate></MixedInstancesPolicy>
    </member></AutoScalingGroups></DescribeAutoScalingGroupsResult>`,
  });
  expect(await use()).toEqual({ kind: 'known', by: ['Auto Scaling group nodes'] });
});

test.each([
  ['ssm:Parameter', `arn:aws:ssm:${REGION}:123456789012:parameter/team/ami`, 'parameter /team/ami'],
  [
    'imagebuilder:ImageRecipe',
    `arn:aws:imagebuilder:${REGION}:123456789012:image-recipe/lab/1.0.0`,
    'image recipe lab/1.0.0',
  ],
  [
    'imagebuilder:ContainerRecipe',
    `arn:aws:imagebuilder:${REGION}:123456789012:container-recipe/lab/1.0.0`,
    'container recipe lab/1.0.0',
  ],
  ['batch:ComputeEnvironment', 'arn:aws:batch:somewhere', 'arn:aws:batch:somewhere'],
])('a reference of type %s is a user by its name', async (type, arn, by) => {
  const { use } = await useAs({
    DescribeImageReferences: `<imageReferenceSet><item><imageId>${AMI}</imageId><resourceType>${type}</resourceType><arn>${arn}</arn></item></imageReferenceSet>`,
  });
  expect(await use()).toEqual({ kind: 'known', by: [by] });
});

test.each(['DescribeImageReferences', 'DescribeLaunchConfigurations', 'DescribeImageAttribute'])(
  'where %s passes by being asked again, nothing is known yet',
  async (operation) => {
    const { use } = await useAs({ [operation]: refusal(503, 'RequestLimitExceeded') });
    expect(await use()).toMatchObject({
      kind: 'not-known-yet',
      because: expect.stringMatching(/RequestLimitExceeded|Unknown/) as string,
    });
  },
);

test('one that goes while it is asked about is used by nobody', async () => {
  const { use } = await useAs({ DescribeImageAttribute: refusal(400, 'InvalidAMIID.NotFound') });
  expect(await use()).toEqual({ kind: 'known', by: [] });
});

test('a missing permission is nobody’s use: it is thrown', async () => {
  const { use } = await useAs({ DescribeImageReferences: refusal(403, 'UnauthorizedOperation') });
  await expect(use()).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
});

const ANOTHER = 'ami-0000000000000000b';
const NOTHING_KNOWN = { kind: 'known', by: [] };

test('one AMI that EC2 refuses to tell of is held back; the others of its region are answered', async () => {
  const { uses } = await useAs({
    DescribeImages: described(AMI, ANOTHER),
    DescribeImageAttribute: (form) =>
      form.get('ImageId') === AMI ? refusal(403, 'UnauthorizedOperation') : NOBODY.DescribeImageAttribute!,
  });
  expect(await uses(AMI, ANOTHER)).toEqual(
    new Map<string, unknown>([
      [AMI, { kind: 'not-known-yet', because: 'EC2 answers UnauthorizedOperation' }],
      [ANOTHER, NOTHING_KNOWN],
    ]),
  );
});

test('what EC2 refuses for every AMI is no AMI’s: it is thrown', async () => {
  const { uses } = await useAs({
    DescribeImages: described(AMI, ANOTHER),
    DescribeImageAttribute: refusal(403, 'UnauthorizedOperation'),
  });
  await expect(uses(AMI, ANOTHER)).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
});

test('one AMI that goes while ten are asked about is absent; the others are asked about one by one', async () => {
  const { uses } = await useAs({
    DescribeImages: described(AMI, ANOTHER),
    DescribeImageReferences: (form) =>
      [...form.values()].includes(AMI)
        ? refusal(400, 'InvalidAMIID.NotFound')
        : NOBODY.DescribeImageReferences!,
  });
  expect(await uses(AMI, ANOTHER)).toEqual(new Map([[ANOTHER, NOTHING_KNOWN]]));
});

test('one question of several that EC2 does not answer leaves the answers of the others', async () => {
  const many = Array.from({ length: 12 }, (_, n) => `ami-${String(n).padStart(17, '0')}`);
  const { uses } = await useAs({
    DescribeImages: described(...many),
    DescribeImageReferences: (form) =>
      [...form.values()].includes(many[11]!)
        ? refusal(503, 'RequestLimitExceeded')
        : NOBODY.DescribeImageReferences!,
  });
  const kinds = [...(await uses(...many))].map(([id, { kind }]) => [many.indexOf(id), kind] as const);
  expect(kinds.filter(([, kind]) => kind !== 'known').map(([n]) => n)).toEqual([10, 11]);
  expect(kinds).toHaveLength(12);
});

const SHARED = {
  DescribeImageAttribute: '<launchPermission><item><userId>1</userId></item></launchPermission>',
};
const depth = (versions: number) =>
  `<resourceTypeOptionSet><item><optionName>version-depth</optionName><optionValueSet><item>${versions}</item></optionValueSet></item></resourceTypeOptionSet>`;
const report = (changes: string, types = ['ec2:Instance', 'ec2:LaunchTemplate'], versions = 10_000) =>
  `<imageUsageReportSet><item><imageId>${AMI}</imageId><reportId>amiur-1</reportId><resourceTypeSet>${types
    .map(
      (type) =>
        `<item><resourceType>${type}</resourceType>${type === 'ec2:LaunchTemplate' ? depth(versions) : ''}</item>`,
    )
    .join(
      '',
    )}</resourceTypeSet><creationTime>2026-11-23T12:00:00.000Z</creationTime>${changes}</item></imageUsageReportSet>`;
const MADE = { CreateImageUsageReport: '<reportId>amiur-2</reportId>' };

test('a report of some accounts, some resources or the newest versions alone is not taken for one of all', async () => {
  for (const partial of [
    report('<state>available</state><accountIdSet><item>210987654321</item></accountIdSet>'),
    report('<state>available</state>', ['ec2:Instance']),
    report('<state>available</state>', ['ec2:Instance', 'ec2:LaunchTemplate'], 1),
  ]) {
    const { use } = await useAs({ ...SHARED, ...MADE, DescribeImageUsageReports: partial });
    expect(await use()).toMatchObject({ because: expect.stringContaining('amiur-2') as string });
  }
});

test('after a report that failed another is asked for, under another token', async () => {
  const { use, asked } = await useAs({
    ...SHARED,
    ...MADE,
    DescribeImageUsageReports: report('<state>error</state><stateReason>a fault</stateReason>'),
  });
  expect(await use()).toMatchObject({ because: expect.stringMatching(/amiur-2.*a fault/) as string });
  const token = asked.find((form) => form.get('Action') === 'CreateImageUsageReport')?.get('ClientToken');
  expect(token).toContain('amiur-1');
});

test('this account’s own use in a report is told by its references instead', async () => {
  const entry = (account: string) =>
    `<item><accountId>${account}</accountId><resourceType>ec2:Instance</resourceType><usageCount>1</usageCount></item>`;
  const { use } = await useAs({
    ...SHARED,
    DescribeImageUsageReports: report('<state>available</state>'),
    DescribeImageUsageReportEntries: `<imageUsageReportEntrySet>${entry('123456789012')}${entry('210987654321')}</imageUsageReportEntrySet>`,
  });
  expect(await use()).toEqual({ kind: 'known', by: ['account 210987654321, 1 time'] });
});
