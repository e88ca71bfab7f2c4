import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { ParentImages } from '../ports.ts';
import { unless } from './awsError.ts';
import { perRegion, type ForRegion } from './clients.ts';

export interface ParentImagesOptions {
  readonly ec2?: ForRegion<EC2Client>;
}

/** EC2's words for an image that is gone, or was never there. */
const GONE = ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable', 'InvalidAMIID.Malformed'];

/**
 * Images as EC2 describes them. One that is not available cannot be built on, and counts as gone.
 *
 * Action: ec2:DescribeImages.
 */
export function awsParentImages({ ec2 = perRegion(EC2Client) }: ParentImagesOptions = {}): ParentImages {
  return {
    async describe(region, imageId) {
      const answer = await unless(GONE, undefined, () =>
        // A vendor deprecates an image long before it takes it away.
        ec2(region).send(new DescribeImagesCommand({ ImageIds: [imageId], IncludeDeprecated: true })),
      );
      const image = answer?.Images?.find(({ ImageId }) => ImageId === imageId);
      if (image?.State !== 'available') return undefined;
      const { RootDeviceName: rootDeviceName, BlockDeviceMappings: devices = [] } = image;
      const root = devices.find(({ DeviceName }) => DeviceName === rootDeviceName)?.Ebs;
      return {
        id: imageId,
        ...(rootDeviceName === undefined ? {} : { rootDeviceName }),
        ...(root?.VolumeSize === undefined ? {} : { volumeGb: root.VolumeSize }),
      };
    },
  };
}
