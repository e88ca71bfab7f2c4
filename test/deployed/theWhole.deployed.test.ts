import {
  EC2Client,
  RegisterImageCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListExecutionsCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { buildCws } from '../../build.ts';
import { deploy, destroy } from '../../local/aws/deploy.ts';
import { ROOT_KEY } from '../../local/aws/ministack.ts';
import { openMailbox, type Mailbox } from '../../local/demo/mailbox.ts';
import { assemblyIn, HOME_REGION, REGIONS } from '../../local/demo/stacks.ts';
import { publishRelease, readUpstream } from '../../local/demo/upstream.ts';
import type { ApiClient } from '../../src/api/client.ts';
import { people } from './people.ts';
import { retirement } from './retirement.ts';
import { scenarios } from './scenarios.ts';
import {
  aClient,
  environmentWith,
  imageStatus,
  invoke,
  ourEvent,
  publishedAmis,
  regionBuildsOf,
  theClients,
  until,
  untilPublished,
  withFault,
} from './support/deployed.ts';
import { feedsWithHoleIn, policyWithFeedsAt } from './support/feeds.ts';
import { POLICY, templateText } from './support/templates.ts';

/*
 * The whole, as people get it: the stacks of `cdk deploy` on the local AWS with its permissions enforced. Each test
 * has a template of its own.
 */

const client = aClient();
const clients = theClients();
const AMAZON_LINUX = readUpstream('amazon-linux-2023');
const [FIRST = '', NEXT = ''] = AMAZON_LINUX.releases.map(({ release }) => release);

const apply = (slug: string, base: string, ...rest: [architectures?: readonly string[]]) =>
  client.call('applyTemplates', {
    templates: [{ file: `${slug}.yaml`, text: templateText(slug, base, ...rest) }],
  });

const build = (slug: string, requestId = `request-of-${slug}`) =>
  client.call('buildTemplate', { slug, requestId, reason: 'test' });

const scan = () => invoke('check-base-images', { tick: 15 });

let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await openMailbox(clients, inject('deployment').stacks.hub);
  await client.call('changePolicy', { text: POLICY, file: 'policy.yaml', reason: 'test' });
  await publishRelease(AMAZON_LINUX, FIRST, clients);
});

describe('an upstream change becomes new images', () => {
  test('and nothing is made twice, though all is told three times and looked at twice at once', async () => {
    await apply('plain', 'amazon-linux-2023', ['x86_64', 'arm64']);
    await scan();
    // The same request twice at once is one build.
    await Promise.all([build('plain'), build('plain')]);
    const before = await untilPublished(client, 'plain', 4, FIRST);

    await publishRelease(AMAZON_LINUX, NEXT, clients);
    await Promise.all([scan(), scan()]);
    const update = { base: 'amazon-linux-2023', release: NEXT };
    for (let time = 1; time <= 3; time += 1) {
      await Promise.all([
        invoke('assess-update', ourEvent('Base Image Updated', update)),
        invoke('request-builds', ourEvent('Base Image Assessed', update)),
        invoke('dispatch-builds', { tick: 1 }),
        invoke('dispatch-builds', { tick: 1 }),
      ]);
    }
    const after = await untilPublished(client, 'plain', 4, NEXT);

    const { updates } = await client.call('baseImage', { base: 'amazon-linux-2023' });
    expect(updates.map(({ release, observations }) => [release, observations.length])).toEqual([[NEXT, 4]]);
    const regionBuilds = await regionBuildsOf(client, 'plain');
    expect(regionBuilds.map(({ status, attempts }) => `${status} after ${attempts}`)).toEqual(
      Array.from({ length: 8 }, () => 'succeeded after 1'),
    );
    const { images } = await client.call('images', { template: 'plain', all: true });
    expect(images).toHaveLength(8);
    expect(after.map(({ replaces }) => replaces).sort()).toEqual(before.map(({ amiId }) => amiId).sort());
    for (const { region, parameter, amiId } of after) {
      const { Parameter } = await clients.ssm(region).send(new GetParameterCommand({ Name: parameter }));
      expect(Parameter?.Value).toBe(amiId);
    }
    const { regions } = await client.call('queue', {});
    expect(regions.map(({ running }) => running)).toEqual([0, 0]);
    // What a doubled event would tell twice is told once: the update, and the end of each build.
    const told: string[] = [];
    await until(
      async () => {
        for (const { subject } of await mailbox.collect()) told.push(subject);
        return told;
      },
      ({ length }) => length >= 3,
      'the notices',
    );
    expect([...told].sort()).toEqual([
      `[Auto-AMI] Base image update: amazon-linux-2023 ${NEXT}`,
      '[Auto-AMI] New images of plain',
      '[Auto-AMI] New images of plain',
    ]);
  });

  test('a golden image of the account starts the rebuild by its own event, without a scan', async () => {
    const ec2 = new EC2Client({ region: HOME_REGION, endpoint: clients.endpoint, credentials: ROOT_KEY });
    const register = async (name: string): Promise<string> => {
      const { ImageId = '' } = await ec2.send(
        new RegisterImageCommand({ Name: name, Architecture: 'x86_64', RootDeviceName: '/dev/xvda' }),
      );
      await clients.ssm(HOME_REGION).send(
        new PutParameterCommand({
          Name: '/auto-ami/base-images/golden',
          Value: ImageId,
          Type: 'String',
          DataType: 'aws:ec2:image',
          Overwrite: true,
        }),
      );
      return ImageId;
    };
    await register('golden-2026-01');
    await apply('from-golden', 'golden');
    await scan();
    await client.call('buildTemplate', {
      slug: 'from-golden',
      regions: [HOME_REGION],
      requestId: 'request-golden',
    });
    await untilPublished(client, 'from-golden', 1);

    const next = await register('golden-2026-02');
    const amis = await until(
      () => publishedAmis(client, 'from-golden'),
      (found) => found.some(({ baseImageId }) => baseImageId === next),
      'an AMI on the new golden image',
    );
    expect(amis.map(({ region }) => region)).toEqual([HOME_REGION]);
  });
});

describe('what events missed, the reconciler finds', () => {
  beforeAll(async () => {
    for (const slug of ['event-lost', 'stopped-by-hand', 'broken-test', 'throttled'])
      await apply(slug, 'amazon-linux-2023');
    await scan();
  });

  test('the completion event of a build is dropped', async () => {
    const undo = await withFault({
      match: { tags: { 'auto-ami:template': 'event-lost' } },
      fault: { dropEvent: ['AVAILABLE'] },
    });
    await build('event-lost');
    await until(
      async () => {
        const builds = await regionBuildsOf(client, 'event-lost');
        return Promise.all(builds.map(({ region, imageArn }) => imageStatus(region, imageArn)));
      },
      (statuses) => statuses.length === 2 && statuses.every((status) => status === 'AVAILABLE'),
      'Image Builder to finish both images',
    );
    await undo();
    expect(await publishedAmis(client, 'event-lost')).toEqual([]);
    await until(
      async () => {
        await invoke('reconcile', { tick: 10 });
        return publishedAmis(client, 'event-lost');
      },
      (amis) => amis.length === 2,
      'the reconciler to finish both',
    );
  });

  test('an execution is stopped by hand while its image is built', async () => {
    const undo = await withFault({
      match: { tags: { 'auto-ami:template': 'stopped-by-hand' } },
      fault: { slowFactor: 3 },
    });
    await build('stopped-by-hand');
    await until(
      () => regionBuildsOf(client, 'stopped-by-hand'),
      (builds) => builds.length === 2 && builds.every(({ imageArn }) => imageArn !== null),
      'images that are built',
    );
    const sfn = new SFNClient({ region: HOME_REGION, endpoint: clients.endpoint, credentials: ROOT_KEY });
    const { executions = [] } = await sfn.send(
      new ListExecutionsCommand({
        stateMachineArn: inject('deployment').stacks.stateMachineArn,
        statusFilter: 'RUNNING',
      }),
    );
    const ours = executions.filter(({ name }) => name?.startsWith('stopped-by-hand-'));
    expect(ours).toHaveLength(2);
    for (const { executionArn } of ours)
      await sfn.send(new StopExecutionCommand({ executionArn, cause: 'by hand' }));
    await undo();
    await until(
      async () => {
        await invoke('reconcile', { tick: 10 });
        return publishedAmis(client, 'stopped-by-hand');
      },
      (amis) => amis.length === 2,
      'the reconciler to finish both',
    );
  });
});

describe('a hole in what a template installs itself', () => {
  test('rebuilds it though its base did not move, once, and the reason says why', async () => {
    const text = templateText('with-hole', 'amazon-linux-2023', ['x86_64'], ['nginx']);
    await client.call('applyTemplates', { templates: [{ file: 'with-hole.yaml', text }] });
    await scan();
    await build('with-hole');
    const before = await untilPublished(client, 'with-hole', 2);
    const feeds = await feedsWithHoleIn('nginx');
    try {
      const mirrored = policyWithFeedsAt(feeds);
      await client.call('changePolicy', { text: mirrored, file: 'policy.yaml', reason: 'test' });
      const raised = REGIONS.map((region) => `with-hole/${region}/x86_64`).sort();
      expect(await invoke('check-packages', { tick: 1440 })).toMatchObject({ raised, unlisted: [] });
      const after = await until(
        () => publishedAmis(client, 'with-hole'),
        (amis) => amis.length === 2 && !amis.some(({ amiId }) => before.some((old) => old.amiId === amiId)),
        'new AMIs on the same base images',
      );
      expect(after.map(({ baseImageId }) => baseImageId).sort()).toEqual(
        before.map(({ baseImageId }) => baseImageId).sort(),
      );
      // The stand-in installs the same version again: what a rebuild has not closed is no reason for another.
      expect(await invoke('check-packages', { tick: 1440 })).toMatchObject({ raised: [] });
      const { builds } = await client.call('builds', { template: 'with-hole', limit: 5 });
      expect(builds.map(({ because }) => because)).toEqual([
        'its packages have holes that are fixed by now: ALAS2023-2026-9001 (critical: nginx; CVE-2026-4001); known to be exploited: CVE-2026-4001',
        'test',
      ]);
    } finally {
      await client.call('changePolicy', { text: POLICY, file: 'policy.yaml', reason: 'test' });
      await feeds.close();
    }
  });
});

describe('what fails', () => {
  test('fails alone, with the reason that Image Builder gave and the place of its log', async () => {
    const undo = await withFault({
      match: { tags: { 'auto-ami:template': 'broken-test' }, region: 'us-west-2' },
      fault: { failAt: 'TESTING', reason: 'the test "git is there" failed' },
    });
    await build('broken-test');
    const builds = await until(
      () => regionBuildsOf(client, 'broken-test'),
      (found) => found.length === 2 && found.every(({ finishedAt }) => finishedAt !== null),
      'both to end',
    );
    await undo();
    const byRegion = new Map(builds.map((each) => [each.region, each]));
    expect(byRegion.get('us-east-1')?.status).toBe('succeeded');
    const failed = byRegion.get('us-west-2');
    expect(failed).toMatchObject({ status: 'failed', attempts: 1 });
    expect(failed?.failure?.reason).toContain('the test "git is there" failed');
    expect(failed?.failure?.log).toContain('/aws/imagebuilder/');
    const { regions } = await client.call('queue', {});
    expect(regions.map(({ running }) => running)).toEqual([0, 0]);
  });

  test('for a passing reason is tried again as a new attempt', async () => {
    const undo = await withFault({
      match: { operation: 'CreateImage', region: 'us-west-2', count: 20 },
      fault: { answerWith: 'ServiceQuotaExceededException' },
    });
    await build('throttled');
    await until(
      () => regionBuildsOf(client, 'throttled'),
      (found) => found.some(({ failure }) => failure?.error === 'ServiceQuotaExceededException'),
      'the first attempt to fail',
    );
    await undo();
    const again = (await regionBuildsOf(client, 'throttled')).find(({ region }) => region === 'us-west-2');
    expect(again).toMatchObject({ status: 'queued', attempts: 1, reserved: null });
    expect(again?.failure).toMatchObject({ transient: true });
    await client.call('cancel', { id: again?.id ?? '', reason: 'its backoff is minutes' });
  });
});

describe('the control API', () => {
  const iam = new IAMClient({ region: HOME_REGION, endpoint: clients.endpoint, credentials: ROOT_KEY });

  const keysOf = async (role: string) => {
    const { Stacks = [] } = await clients.cloudFormation.send(
      new DescribeStacksCommand({ StackName: inject('deployment').stacks.hub }),
    );
    const PolicyArn = Stacks[0]?.Outputs?.find(
      ({ OutputKey }) => OutputKey === `${role}PolicyArn`,
    )?.OutputValue;
    const UserName = `a-${role}`;
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
  };

  let viewer: ApiClient;
  beforeAll(async () => {
    viewer = aClient(await keysOf('Viewer'));
  });

  test('a viewer sees, an operator acts, a stranger does neither', async () => {
    expect((await viewer.call('status', {})).mode).toBe('act');
    await expect(viewer.call('buildTemplate', { slug: 'plain', requestId: 'of-a-viewer' })).rejects.toThrow(
      /not allowed|not authorized|permission/i,
    );
    const operator = aClient(await keysOf('Operator'));
    const asked = await operator.call('buildTemplate', { slug: 'plain', requestId: 'of-an-operator' });
    expect(new Set(asked.regionBuilds.map(({ outcome }) => outcome))).toEqual(new Set(['up-to-date']));
    await expect(
      aClient({ accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'none' }).call('status', {}),
    ).rejects.toThrow();
  });

  test('a viewer sees whose instance runs on an older image, and what that is behind', async () => {
    const { images } = await client.call('images', { template: 'plain' });
    const here = images.filter(
      ({ region, architecture }) => region === HOME_REGION && architecture === 'x86_64',
    );
    const [old, active] = [
      here.find(({ state }) => state === 'superseded'),
      here.find(({ state }) => state === 'active'),
    ];
    const ec2 = new EC2Client({ region: HOME_REGION, endpoint: clients.endpoint, credentials: ROOT_KEY });
    const { Instances: [launched] = [] } = await ec2.send(
      new RunInstancesCommand({
        ImageId: old?.amiId,
        MinCount: 1,
        MaxCount: 1,
        TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Owner', Value: 'ada' }] }],
      }),
    );
    const { instances, problems } = await viewer.call('staleInstances', { template: 'plain' });
    expect(problems).toEqual([]);
    expect(instances).toMatchObject([
      {
        instanceId: launched?.InstanceId,
        owner: { name: 'ada', tag: 'Owner' },
        ami: { amiId: old?.amiId, baseRelease: FIRST },
        active: { amiId: active?.amiId, baseRelease: NEXT },
        promotions: 1,
      },
    ]);
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [launched?.InstanceId ?? ''] }));
    expect((await viewer.call('staleInstances', { template: 'plain' })).instances).toEqual([]);
  });

  test('the built command line talks to it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'auto-ami-cws-'));
    try {
      const cws = await buildCws(join(directory, 'dist'));
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [cws, 'templates', 'auto-ami', 'status', '--output', 'json'],
        { env: { ...process.env, ...environmentWith(ROOT_KEY) } },
      );
      const status = JSON.parse(stdout) as { templates: { slug: string }[]; scan: { succeeded: boolean } };
      expect(status.templates.map(({ slug }) => slug)).toContain('plain');
      expect(status.scan.succeeded).toBe(true);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

people(client, 'amazon-linux-2023');

retirement(client, 'amazon-linux-2023');

// They change the policy for everyone: one after the other, and after all that is not theirs.
scenarios(client, () => mailbox);

describe('the stacks', () => {
  const { endpoint, directory, stacks } = inject('deployment');
  const options = {
    endpoint,
    assembly: assemblyIn(directory),
    logFile: join(directory, 'log', 'again.log'),
  };

  test('a second deployment changes nothing', async () => {
    const { unchanged } = await deploy(options);
    expect([...unchanged].sort()).toEqual([stacks.hub, ...stacks.spokes].sort());
    expect(REGIONS).toHaveLength(1 + stacks.spokes.length);
  });

  test('destroyed, they leave the table, which holds what was decided and why', async () => {
    await destroy(options);
    const gone = clients.cloudFormation.send(new DescribeStacksCommand({ StackName: stacks.hub }));
    await expect(gone).rejects.toThrow(/does not exist/);
    const dynamodb = new DynamoDBClient({ region: HOME_REGION, endpoint, credentials: ROOT_KEY });
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: stacks.tableName }));
    expect(Table?.TableStatus).toBe('ACTIVE');
  });
});
