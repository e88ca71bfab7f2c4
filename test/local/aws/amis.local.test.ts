import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeregisterImageCommand,
  DescribeImageReferencesCommand,
  DescribeImagesCommand,
  DisableImageCommand,
  DisableImageDeprecationCommand,
  EnableImageCommand,
  EnableImageDeprecationCommand,
  ModifyImageAttributeCommand,
  RegisterImageCommand,
  RunInstancesCommand,
  type DescribeImagesCommandInput,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { aSession, anAccount, clients, listen } from './clients.ts';

const REGION = 'us-east-1';

function aWorld() {
  const { id, root } = anAccount();
  const { ec2 } = clients(root, REGION);
  let made = 0;
  return {
    id,
    root,
    ec2,
    anImage: async (Tags: { Key: string; Value: string }[] = [], SnapshotId?: string): Promise<string> => {
      const { ImageId = '' } = await ec2.send(
        new RegisterImageCommand({
          Name: `image ${(made += 1)}`,
          RootDeviceName: '/dev/xvda',
          BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId } }],
          TagSpecifications: [{ ResourceType: 'image', Tags }],
        }),
      );
      return ImageId;
    },
    aSnapshot: async (): Promise<string> => {
      const { VolumeId } = await ec2.send(
        new CreateVolumeCommand({ AvailabilityZone: `${REGION}a`, Size: 8 }),
      );
      return (await ec2.send(new CreateSnapshotCommand({ VolumeId }))).SnapshotId!;
    },
    shown: async (
      query: Partial<DescribeImagesCommandInput>,
      keys = root,
    ): Promise<(string | undefined)[]> => {
      const { Images = [] } = await clients(keys, REGION).ec2.send(new DescribeImagesCommand(query));
      return Images.map(({ ImageId }) => ImageId);
    },
  };
}

test('a disabled image is shown to those who ask for it, is shared with nobody, launches nothing, and can be enabled', async () => {
  const { ec2, id, root, anImage, shown } = aWorld();
  const [image, other] = [await anImage(), await anImage()];
  const friend = anAccount();
  const LaunchPermission = { Add: [{ UserId: friend.id }] };
  await ec2.send(new ModifyImageAttributeCommand({ ImageId: image, LaunchPermission }));
  const events = await listen(root, { source: ['aws.ec2'], 'detail-type': ['EC2 AMI State Change'] });
  await ec2.send(new DisableImageCommand({ ImageId: image }));
  expect(await events.next()).toMatchObject({
    account: id,
    resources: [`arn:aws:ec2:${REGION}::image/${image}`],
    detail: { ImageId: image, State: 'disabled' },
  });
  expect(await shown({ Owners: ['self'] })).toEqual([other]);
  expect(await shown({ Owners: ['self'], IncludeDisabled: true })).toEqual([image, other]);
  const Filters = [{ Name: 'state', Values: ['disabled'] }];
  expect(await shown({ Filters, IncludeDisabled: true })).toEqual([image]);
  expect(await shown({ ImageIds: [image] })).toEqual([image]);
  expect(await shown({ ImageIds: [image] }, friend.root)).toEqual([]);
  const launch = new RunInstancesCommand({ ImageId: image, MinCount: 1, MaxCount: 1 });
  await expect(ec2.send(launch)).rejects.toMatchObject({ name: 'InvalidAMIID.Unavailable' });
  await ec2.send(new EnableImageCommand({ ImageId: image }));
  expect((await ec2.send(launch)).Instances).toHaveLength(1);
  expect(await shown({ Owners: ['self'] })).toEqual([image, other]);
});

test('a deprecation must be to come, is rounded to the minute, and can be taken back', async () => {
  const { ec2, anImage, shown } = aWorld();
  const image = await anImage();
  const past = new EnableImageDeprecationCommand({ ImageId: image, DeprecateAt: new Date(0) });
  await expect(ec2.send(past)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  const DeprecateAt = new Date(Date.now() + 90_000);
  await ec2.send(new EnableImageDeprecationCommand({ ImageId: image, DeprecateAt }));
  const time = async () =>
    (await ec2.send(new DescribeImagesCommand({ ImageIds: [image] }))).Images?.[0]?.DeprecationTime;
  expect(await time()).toMatch(/:00\.000Z$/);
  expect(Math.abs(Date.parse((await time())!) - DeprecateAt.getTime())).toBeLessThanOrEqual(30_000);
  expect(await shown({ Owners: ['self'] })).toEqual([image]);
  await ec2.send(new DisableImageDeprecationCommand({ ImageId: image }));
  expect(await time()).toBeUndefined();
});

test('images are changed by their owner alone', async () => {
  const { ec2, anImage } = aWorld();
  const image = await anImage();
  const stranger = clients(anAccount().root, REGION).ec2;
  for (const change of [
    new DisableImageCommand({ ImageId: image }),
    new DeregisterImageCommand({ ImageId: image }),
  ])
    await expect(stranger.send(change)).rejects.toMatchObject({ name: 'AuthFailure' });
  const gone = new DisableImageDeprecationCommand({ ImageId: 'ami-0123456789abcdef0' });
  await expect(ec2.send(gone)).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
});

test('snapshots are deleted with their image, but for those that another image shares', async () => {
  const { ec2, anImage, aSnapshot } = aWorld();
  const snapshot = await aSnapshot();
  const [first, second] = [await anImage([], snapshot), await anImage([], snapshot)];
  const deregister = async (ImageId: string) =>
    (await ec2.send(new DeregisterImageCommand({ ImageId, DeleteAssociatedSnapshots: true })))
      .DeleteSnapshotResults;
  expect(await deregister(first)).toEqual([{ SnapshotId: snapshot, ReturnCode: 'skipped' }]);
  expect(await deregister(second)).toEqual([{ SnapshotId: snapshot, ReturnCode: 'success' }]);
});

test('permissions on images can be bound to their tags', async () => {
  const { root, anImage } = aWorld();
  const [ours, foreign] = [
    await anImage([{ Key: 'auto-ami:template', Value: 'python-ml' }]),
    await anImage(),
  ];
  const { ec2 } = clients(
    await aSession(root, 'gardener', [
      {
        Action: 'ec2:DisableImage',
        Resource: 'arn:aws:ec2:*::image/*',
        Condition: { StringLike: { 'aws:ResourceTag/auto-ami:template': '*' } },
      },
    ]),
    REGION,
  );
  await ec2.send(new DisableImageCommand({ ImageId: ours }));
  await expect(ec2.send(new DisableImageCommand({ ImageId: foreign }))).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
  });
});

test('references are looked for with the permissions of who asks, and with no others', async () => {
  const { root, anImage } = aWorld();
  const ImageIds = [await anImage()];
  const asks = { Action: 'ec2:DescribeImageReferences', Resource: '*' };
  const byEc2 = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['ec2-images.amazonaws.com'] } };
  const looks = { Action: 'ec2:DescribeInstances', Resource: '*', Condition: byEc2 };
  const { ec2 } = clients(await aSession(root, 'auditor', [asks, looks]), REGION);
  const ResourceTypes = [{ ResourceType: 'ec2:Instance' as const }];
  expect(
    (await ec2.send(new DescribeImageReferencesCommand({ ImageIds, ResourceTypes }))).ImageReferences,
  ).toEqual([]);
  const all = new DescribeImageReferencesCommand({ ImageIds, IncludeAllResourceTypes: true });
  await expect(ec2.send(all)).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
});
