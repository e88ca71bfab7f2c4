import { EC2Client, RegisterImageCommand } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { awsAmiParameters } from '../../src/aws/amiParameters.ts';
import { awsBaseImageSource } from '../../src/aws/baseImageSource.ts';
import { awsEvents } from '../../src/aws/events.ts';
import { awsExecutions } from '../../src/aws/executions.ts';
import { awsFirstPolicy } from '../../src/aws/firstPolicy.ts';
import { awsNotices } from '../../src/aws/notices.ts';
import { awsParentImages } from '../../src/aws/parentImages.ts';
import { awsScans } from '../../src/aws/scans.ts';
import { DEFAULT_AMI_PARAMETER } from '../../src/contract.ts';
import { EVENTS } from '../../src/core/events.ts';
import { amiParameterName } from '../../src/settings.ts';
import { hubTemplate } from '../lib/support/deployment.ts';
import { statementsOf } from '../lib/support/statements.ts';
import { anAccount, aRole, aSession, clients, type Credentials } from '../local/aws/clients.ts';
import { aFunction } from '../local/aws/functions.ts';
import { amazonLinux, anImageId, GOLDEN, named } from './baseImageSource.ts';
import { grantedStatements } from './grantedStatements.ts';
import { localClients, publishVendorImages } from './localAws.ts';
import { aNotice } from './notices.ts';
import { aWaitingMachine } from './waitingMachine.ts';

/** What each function may do is written in the stacks; here each does it with exactly that. */
const TEMPLATE = hubTemplate(undefined, 'auto_ami_policy: {}');
const homeRegion = 'us-east-1';
const AMI_PARAMETER = amiParameterName(DEFAULT_AMI_PARAMETER, 'python-ml', 'x86_64');

interface Limited {
  readonly id: string;
  readonly root: Credentials;
  /** Keys of a session that may do what the function may. */
  readonly session: Credentials;
}

/**
 * Somebody with the permissions of a function, as far as they are of these services.
 * @param references what the stacks make, by the beginning of its logical id
 */
async function as(
  role: string,
  services: readonly string[],
  references: (account: string) => Readonly<Record<string, string>> = () => ({}),
  account = anAccount(),
): Promise<Limited> {
  const { id, root } = account;
  const statements = statementsOf(TEMPLATE).filter(
    ({ policy, actions }) =>
      policy.startsWith(role) && services.includes((actions[0] ?? '').split(':')[0] ?? ''),
  );
  expect(statements).not.toEqual([]);
  const granted = grantedStatements(statements, { 'AWS::AccountId': id, ...references(id) });
  return { id, root, session: await aSession(root, role, granted) };
}

async function anImage(root: Credentials): Promise<string> {
  const { ImageId = '' } = await clients(root, homeRegion).ec2.send(
    new RegisterImageCommand({ Name: 'ours', Architecture: 'x86_64', RootDeviceName: '/dev/xvda' }),
  );
  return ImageId;
}

test('check-base-images reads public parameters, those of the configuration, and images', async () => {
  const { root, session } = await as('BaseImagesCheckBaseImagesRole', ['ssm', 'ec2']);
  const own = '/auto-ami/base-images/golden';
  const open = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
  const [imageId, ownerId] = [anImageId(), '137112412989'];
  await publishVendorImages({ imageId, ownerId, region: homeRegion, ...amazonLinux('2023.12.20260727') });
  for (const Name of [own, open, '/secret'])
    await clients(root, homeRegion).ssm.send(
      new PutParameterCommand({ Name, Value: imageId, Type: 'String', Overwrite: true }),
    );
  const source = awsBaseImageSource({
    now: () => Date.UTC(2026, 10, 24),
    ssm: localClients(SSMClient, session),
    ec2: localClients(EC2Client, session),
  });
  const at = (name: string, parameter: string) => ({
    ...GOLDEN,
    name,
    source: { kind: 'parameter' as const, names: { x86_64: parameter } },
  });
  const { sightings, problems } = await source.sightings(homeRegion, [
    at('open', open),
    at('own', own),
    at('secret', '/secret'),
    named(ownerId),
  ]);
  expect(sightings.map(({ base }) => base)).toEqual(['open', 'own']);
  expect(problems.map(({ base, problem }) => [base, problem])).toEqual([
    ['secret', expect.stringContaining('AccessDenied')],
    ['rocky-9', expect.stringContaining('No image')],
  ]);
});

test.each(['StepsPublishImageRole', 'ReconcilerReconcileRole'])('%s publishes AMI ids', async (role) => {
  const { root, session } = await as(role, ['ssm', 'ec2'], () => ({
    FirstPolicyParameter: 'first-policy',
  }));
  const image = await anImage(root);
  const parameters = awsAmiParameters({ ssm: localClients(SSMClient, session) });
  await parameters.put(homeRegion, AMI_PARAMETER, image);
  await expect.poll(() => parameters.get(homeRegion, AMI_PARAMETER)).toBe(image);
  await expect(parameters.put(homeRegion, '/other', image)).rejects.toThrow('not authorized');
});

test('reconcile compares what is published, and reads no other parameters', async () => {
  const { root, session } = await as('ReconcilerReconcileRole', ['ssm', 'ec2'], () => ({
    FirstPolicyParameter: 'first-policy',
  }));
  const image = await anImage(root);
  const parameters = awsAmiParameters({ ssm: localClients(SSMClient, session) });
  await parameters.put(homeRegion, AMI_PARAMETER, image);
  expect(await parameters.several(homeRegion, [AMI_PARAMETER])).toEqual(new Map([[AMI_PARAMETER, image]]));
  await expect(parameters.several(homeRegion, ['/other'])).rejects.toThrow('not authorized');
});

test.each(['ReconcilerReconcileRole', 'ControlApiFunctionRole'])(
  '%s reads the first policy',
  async (role) => {
    const { root, session } = await as(role, ['ssm'], () => ({ FirstPolicyParameter: 'first-policy' }));
    await clients(root, homeRegion).ssm.send(
      new PutParameterCommand({ Name: 'first-policy', Value: 'auto_ami_policy: {}', Type: 'String' }),
    );
    const ssm = localClients(SSMClient, session)(homeRegion);
    const settings = { homeRegion, firstPolicyParameter: 'first-policy' };
    expect(await awsFirstPolicy({ settings, ssm }).read()).toBe('auto_ami_policy: {}');
  },
);

test('start-image describes base images', async () => {
  const { root, session } = await as('StepsStartImageRole', ['ec2']);
  const image = await anImage(root);
  const parentImages = awsParentImages({ ec2: localClients(EC2Client, session) });
  expect(await parentImages.describe(homeRegion, image)).toMatchObject({ id: image });
});

test('publish-changes puts our events', async () => {
  const { session } = await as('ChangesPublishChangesRole', ['events']);
  const events = awsEvents({
    homeRegion,
    busName: 'default',
    events: localClients(EventBridgeClient, session)(homeRegion),
  });
  const event = { detailType: EVENTS.BUILD_QUEUED, version: '1' as const, detail: {} };
  expect(await events.publish([event])).toEqual({ failed: [] });
});

test('notify sends notices to every audience', async () => {
  const account = anAccount();
  const { TopicArn = '' } = await localClients(
    SNSClient,
    account.root,
  )(homeRegion).send(new CreateTopicCommand({ Name: 'admins' }));
  const { session } = await as('NotificationsNotifyRole', ['sns'], () => ({ Audiences: TopicArn }), account);
  const sns = localClients(SNSClient, session)(homeRegion);
  await awsNotices({ homeRegion, topicArns: { admins: TopicArn }, sns }).send('admins', aNotice());
});

test('the control API starts a scan', async () => {
  const account = anAccount();
  const role = await aRole(account.root, 'scanner', [{ Action: 'logs:*', Resource: '*' }]);
  const arn = await aFunction(account.root, {
    name: 'check-base-images',
    role,
    code: 'exports.handler = async () => {};',
  });
  const { session } = await as(
    'ControlApiFunctionRole',
    ['lambda'],
    () => ({ BaseImagesCheckBaseImages: arn }),
    account,
  );
  const lambda = localClients(LambdaClient, session)(homeRegion);
  await awsScans({ homeRegion, functionName: 'check-base-images', lambda }).start();
});

describe('executions', () => {
  async function executionsAs(role: string) {
    const account = anAccount();
    const machine = await aWaitingMachine(account.root);
    const { stateMachineArn } = machine;
    const { session } = await as(
      role,
      ['states'],
      () => ({
        // The longer beginning first: the name is a reference of its own.
        [`${machineId()}.Name`]: 'compile-template',
        [machineId()]: stateMachineArn,
      }),
      account,
    );
    return {
      ...machine,
      asRoot: awsExecutions({ homeRegion, ...machine }),
      executions: awsExecutions({
        homeRegion,
        stateMachineArn,
        sfn: localClients(SFNClient, session)(homeRegion),
      }),
    };
  }

  /** Logical id of the state machine, as statements refer to it. */
  function machineId(): string {
    const [id = ''] = Object.keys(TEMPLATE.findResources('AWS::StepFunctions::StateMachine'));
    return id;
  }

  test('start-execution starts them, and sees what became of one', async () => {
    const { executions } = await executionsAs('BuildStarterStartExecutionRole');
    await executions.start('a-1', 'a');
    await executions.start('a-1', 'a');
    expect(await executions.state('a-1')).toMatchObject({ state: 'running' });
    await expect(executions.stop('a-1', 'why')).rejects.toThrow('not authorized');
  });

  test('reconcile mends them', async () => {
    const { executions } = await executionsAs('ReconcilerReconcileRole');
    await executions.start('a-1', 'a');
    expect(await executions.definedAt()).toBeGreaterThan(0);
    await executions.stop('a-1', 'why');
    expect(await executions.state('a-1')).toMatchObject({ state: 'closed' });
  });

  test.each(['ImageWatcherResumeBuildRole', 'DispatcherDispatchBuildsRole', 'ControlApiFunctionRole'])(
    '%s may send tokens, and start nothing',
    async (role) => {
      const { executions, asRoot, token } = await executionsAs(role);
      await asRoot.start('a-1', 'a');
      const own = await token('a-1');
      expect(await executions.succeed(own, {})).toBe('sent');
      // Once the execution has gone on, its token is worth nothing.
      await expect.poll(() => executions.fail(own, 'Cancelled', 'by ann')).toBe('stale');
      await expect(executions.start('b-1', 'b')).rejects.toThrow('not authorized');
    },
  );
});
