import { AutoScalingClient, CreateLaunchConfigurationCommand } from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeregisterImageCommand,
  DescribeImagesCommand,
  DescribeImageUsageReportsCommand,
  DescribeSnapshotsCommand,
  DisableImageCommand,
  EC2Client,
  ModifyImageAttributeCommand,
  RegisterImageCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { awsAmiLifecycle } from '../../src/aws/amiLifecycle.ts';
import { TAGS } from '../../src/contract.ts';
import { DAY } from '../../src/core/words.ts';
import { OurAmis } from '../../lib/ourAmis.ts';
import { aFunction, inAStack } from '../lib/support/deployment.ts';
import { statementsOf } from '../lib/support/statements.ts';
import { anAccount, aSession, clients } from '../local/aws/clients.ts';
import { amiLifecycleContract } from './amiLifecycle.ts';
import { grantedStatements } from './grantedStatements.ts';
import { localClients } from './localAws.ts';

const REGION = 'us-east-1';

/** Everything the stacks let a function do with AMIs, and nothing else. */
const STATEMENTS = statementsOf(
  inAStack((stack, house) => {
    const ourAmis = new OurAmis({ regions: [REGION] });
    const fn = aFunction(stack, house);
    ourAmis.grantRetire(fn);
    ourAmis.grantFindUsers(fn);
  }),
).filter(({ actions }) => /^(ec2|ssm|imagebuilder|autoscaling):/.test(actions[0] ?? ''));

async function aWorld() {
  const { id, root } = anAccount();
  const session = await aSession(
    root,
    'retire-images',
    grantedStatements(STATEMENTS, { 'AWS::AccountId': id }),
  );
  const clock = { ahead: 0 };
  const { ec2, ssm } = clients(root, REGION);
  const autoScaling = localClients(AutoScalingClient, root)(REGION);
  let made = 0;
  const registered = async (Tags: { Key: string; Value: string }[], SnapshotId?: string): Promise<string> => {
    const { ImageId = '' } = await ec2.send(
      new RegisterImageCommand({
        Name: `image ${(made += 1)}`,
        Architecture: 'x86_64',
        RootDeviceName: '/dev/xvda',
        TagSpecifications: [{ ResourceType: 'image', Tags }],
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId } }],
      }),
    );
    return ImageId;
  };
  const launch = async (ImageId: string): Promise<string> => {
    const { Instances } = await ec2.send(new RunInstancesCommand({ ImageId, MinCount: 1, MaxCount: 1 }));
    return Instances![0]!.InstanceId!;
  };
  return {
    root,
    session,
    clock,
    ec2,
    ssm,
    autoScaling,
    region: REGION,
    lifecycle: awsAmiLifecycle({
      now: () => Date.now() + clock.ahead,
      ec2: localClients(EC2Client, session),
      autoScaling: localClients(AutoScalingClient, session),
    }),
    anAmi: (snapshot?: string) => registered([{ Key: TAGS.TEMPLATE, Value: 'python-ml' }], snapshot),
    aForeignAmi: () => registered([{ Key: 'Name', Value: 'by hand' }]),
    launch,
    use: async (amiId: string) => `instance ${await launch(amiId)}`,
    remove: async (ImageId: string) => {
      await ec2.send(new DeregisterImageCommand({ ImageId }));
    },
    async state(amiId: string) {
      const { Images = [] } = await ec2.send(new DescribeImagesCommand({ ImageIds: [amiId] }));
      const [image] = Images;
      return image === undefined
        ? ('gone' as const)
        : { deprecated: image.DeprecationTime !== undefined, disabled: image.State === 'disabled' };
    },
    share: (ImageId: string, UserId: string) =>
      ec2.send(new ModifyImageAttributeCommand({ ImageId, LaunchPermission: { Add: [{ UserId }] } })),
  };
}

amiLifecycleContract(aWorld);

test('whoever can launch an AMI in this account is told by name', async () => {
  const { lifecycle, anAmi, launch, ec2, ssm, autoScaling, region } = await aWorld();
  const [ami, other] = [await anAmi(), await anAmi()];
  const instance = await launch(ami);
  const { LaunchTemplate: template } = await ec2.send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName: 'nodes', LaunchTemplateData: { ImageId: ami } }),
  );
  for (let versions = 0; versions < 12; versions += 1)
    await ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId: template!.LaunchTemplateId,
        LaunchTemplateData: { ImageId: other },
      }),
    );
  await ssm.send(
    new PutParameterCommand({ Name: '/team/ami', Value: ami, Type: 'String', DataType: 'aws:ec2:image' }),
  );
  await autoScaling.send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: 'old',
      ImageId: ami,
      InstanceType: 't3.micro',
    }),
  );
  await expect
    .poll(async () => (await lifecycle.uses(region, [ami])).get(ami))
    .toEqual({
      kind: 'known',
      by: [
        `instance ${instance}`,
        'launch configuration old',
        `launch template ${template?.LaunchTemplateId}`,
        'parameter /team/ami',
      ],
    });
  expect((await lifecycle.uses(region, [other])).get(other)).toEqual({
    kind: 'known',
    by: [`launch template ${template?.LaunchTemplateId}`],
  });
});

test('an instance that is terminated uses nothing', async () => {
  const { lifecycle, anAmi, launch, ec2, region } = await aWorld();
  const ami = await anAmi();
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [await launch(ami)] }));
  expect((await lifecycle.uses(region, [ami])).get(ami)).toEqual({ kind: 'known', by: [] });
});

test('of a shared AMI a report is asked for, once, and read when it is there; an old one is none', async () => {
  const { lifecycle, anAmi, share, ec2, clock, region } = await aWorld();
  const ami = await anAmi();
  const guest = anAccount();
  await share(ami, guest.id);
  await clients(guest.root, region).ec2.send(
    new RunInstancesCommand({ ImageId: ami, MinCount: 2, MaxCount: 2 }),
  );
  const use = async () => (await lifecycle.uses(region, [ami])).get(ami);
  const asked = { kind: 'not-known-yet', because: expect.stringContaining('EC2 was asked') as string };
  const reports = async () =>
    (await ec2.send(new DescribeImageUsageReportsCommand({ ImageIds: [ami] }))).ImageUsageReports;
  expect(await Promise.all([use(), use()])).toContainEqual(asked);
  expect(await use()).toMatchObject({ because: expect.stringContaining('still makes') as string });
  const told = { kind: 'known', by: [`account ${guest.id}, 2 times`] };
  await expect.poll(use, { timeout: 5_000 }).toEqual(told);
  expect(await reports()).toHaveLength(1);
  clock.ahead = 4 * DAY;
  expect(await use()).toEqual(asked);
  expect(await reports()).toHaveLength(2);
});

test('snapshots that could not be deleted with their AMI are named', async () => {
  const { ec2, anAmi, root, region, lifecycle } = await aWorld();
  const { VolumeId } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 8 }));
  const Tags = [{ Key: 'CreatedBy', Value: 'EC2 Image Builder' }];
  const { SnapshotId } = await ec2.send(
    new CreateSnapshotCommand({ VolumeId, TagSpecifications: [{ ResourceType: 'snapshot', Tags }] }),
  );
  const ami = await anAmi(SnapshotId);
  const session = await aSession(root, 'careless', [
    { Action: ['ec2:DescribeImages', 'ec2:DeregisterImage'], Resource: '*' },
  ]);
  const careless = awsAmiLifecycle({ now: Date.now, ec2: localClients(EC2Client, session) });
  await expect(careless.deregister(region, ami)).rejects.toMatchObject({
    name: 'SnapshotsLeft',
    message: expect.stringContaining(`${SnapshotId} (missing-permissions)`) as string,
  });
  const again = await anAmi(SnapshotId);
  await lifecycle.deregister(region, again);
  await expect(ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [SnapshotId!] }))).rejects.toMatchObject({
    name: 'InvalidSnapshot.NotFound',
  });
});

test('the stacks permit changes of our AMIs alone, also to who would not ask first', async () => {
  const { session, anAmi, aForeignAmi, region } = await aWorld();
  const { ec2 } = clients(session, region);
  await ec2.send(new DisableImageCommand({ ImageId: await anAmi() }));
  const foreign = await aForeignAmi();
  for (const change of [
    new DisableImageCommand({ ImageId: foreign }),
    new DeregisterImageCommand({ ImageId: foreign }),
  ])
    await expect(ec2.send(change)).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
});
