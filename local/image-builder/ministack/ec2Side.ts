import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DeleteVolumeCommand,
  DescribeImagesCommand,
  ModifyImageAttributeCommand,
  RegisterImageCommand,
} from '@aws-sdk/client-ec2';
import type { EC2Client, TagSpecification } from '@aws-sdk/client-ec2';
import { DownstreamError } from '../sides.ts';
import type { Ec2Side, NewAmi, Place, Tags } from '../sides.ts';
import type { AwsClients } from './awsClients.ts';

const tagSpecification = (type: 'image' | 'snapshot', tags: Tags): TagSpecification => ({
  ResourceType: type,
  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});

/** A snapshot needs a volume to be taken from: as in a real build, it goes away afterwards. */
async function makeSnapshot(client: EC2Client, { region }: Place, ami: NewAmi): Promise<string> {
  const { VolumeId } = await client.send(
    new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: ami.volumeSize, VolumeType: 'gp3' }),
  );
  if (VolumeId === undefined) throw new DownstreamError('EC2 gave no volume for the snapshot.');
  try {
    const { SnapshotId } = await client.send(
      new CreateSnapshotCommand({
        VolumeId,
        Description: `Created by EC2 Image Builder for ${ami.name}`,
        TagSpecifications: [tagSpecification('snapshot', ami.snapshotTags)],
      }),
    );
    if (SnapshotId === undefined) throw new DownstreamError('EC2 gave no snapshot.');
    return SnapshotId;
  } finally {
    await client.send(new DeleteVolumeCommand({ VolumeId }));
  }
}

async function register(client: EC2Client, snapshotId: string, ami: NewAmi): Promise<string> {
  const { ImageId } = await client.send(
    new RegisterImageCommand({
      Name: ami.name,
      Description: ami.description,
      Architecture: ami.architecture === 'arm64' ? 'arm64' : 'x86_64',
      RootDeviceName: ami.rootDeviceName,
      VirtualizationType: 'hvm',
      BlockDeviceMappings: [
        {
          DeviceName: ami.rootDeviceName,
          Ebs: {
            SnapshotId: snapshotId,
            VolumeSize: ami.volumeSize,
            VolumeType: 'gp3',
            DeleteOnTermination: true,
          },
        },
      ],
      TagSpecifications: [tagSpecification('image', ami.tags)],
    }),
  );
  if (ImageId === undefined) throw new DownstreamError('EC2 gave no image id.');
  return ImageId;
}

export const ec2Side = (clients: AwsClients): Ec2Side => ({
  async describeAmi(place, imageId) {
    const { Images = [] } = await clients.ec2(place).send(new DescribeImagesCommand({ ImageIds: [imageId] }));
    const found = Images.find((image) => image.ImageId === imageId);
    if (found === undefined) return undefined;
    return {
      imageId,
      name: found.Name ?? imageId,
      architecture: found.Architecture ?? 'x86_64',
      platform: found.Platform?.toLowerCase() === 'windows' ? 'Windows' : 'Linux',
      rootDeviceName: found.RootDeviceName ?? '/dev/xvda',
    };
  },
  async registerAmi(place, ami) {
    const client = clients.ec2(place);
    const snapshotId = await makeSnapshot(client, place, ami);
    const imageId = await register(client, snapshotId, ami).catch(async (error: unknown) => {
      await client.send(new DeleteSnapshotCommand({ SnapshotId: snapshotId }));
      throw new DownstreamError(error instanceof Error ? error.message : String(error));
    });
    const permissions = [
      ...ami.sharedWith.map((UserId) => ({ UserId })),
      ...(ami.isPublic ? [{ Group: 'all' as const }] : []),
    ];
    if (permissions.length > 0) {
      await client.send(
        new ModifyImageAttributeCommand({ ImageId: imageId, LaunchPermission: { Add: permissions } }),
      );
    }
    return { imageId };
  },
});
