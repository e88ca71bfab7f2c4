import type { Ami, Distribution } from '@aws-sdk/client-imagebuilder';
import { amiName } from './amiName.ts';
import { distributionFailed } from './buildFailure.ts';
import type { BuildContext } from './imageBuild.ts';
import { amiAvailable } from './imageEvents.ts';
import { parseArn } from '../resources/names.ts';
import type { NewAmi, ParentAmi } from '../sides.ts';
import type { StoredImage } from '../resources/store.ts';

/** Without a distribution configuration the AMI is made where it was built. */
const distributionsOf = ({ image }: StoredImage, region: string): readonly Distribution[] =>
  image.distributionConfiguration?.distributions ?? [{ region }];

/** Gibibytes of the root volume if the recipe does not say. */
const DEFAULT_VOLUME_SIZE = 8;

function newAmi({ image, buildDate }: StoredImage, distribution: Distribution, parent: ParentAmi): NewAmi {
  const { imageRecipe } = image;
  const { name, description, amiTags, launchPermission } = distribution.amiDistributionConfiguration ?? {};
  const ownTags = { CreatedBy: 'EC2 Image Builder', Ec2ImageBuilderArn: image.arn };
  const root = imageRecipe.blockDeviceMappings?.find(
    ({ deviceName }) => deviceName === parent.rootDeviceName,
  );
  return {
    name: amiName(name, {
      recipeName: imageRecipe.name,
      buildVersion: parseArn(image.arn).build ?? 1,
      buildDate,
    }),
    ...(description === undefined ? {} : { description }),
    architecture: parent.architecture,
    rootDeviceName: parent.rootDeviceName,
    volumeSize: root?.ebs?.volumeSize ?? DEFAULT_VOLUME_SIZE,
    tags: { ...imageRecipe.amiTags, ...amiTags, ...ownTags },
    snapshotTags: { ...imageRecipe.amiTags, ...amiTags, ...ownTags },
    sharedWith: launchPermission?.userIds ?? [],
    isPublic: launchPermission?.userGroups?.includes('all') ?? false,
  };
}

/**
 * Makes the AMI in every region of the distribution, all at once, and tells each region's bus.
 * @throws BuildFailure if a region refuses; AMIs made in other regions stay, as on AWS
 */
export async function distributeImage(
  stored: StoredImage,
  parent: ParentAmi,
  { store, sides, report }: BuildContext,
): Promise<readonly Ami[]> {
  const { place } = store;
  const made = await Promise.allSettled(
    distributionsOf(stored, place.region).map(async (distribution): Promise<Ami> => {
      const region = distribution.region ?? place.region;
      const target = { account: place.account, region };
      const ami = newAmi(stored, distribution, parent);
      const { imageId } = await sides.ec2.registerAmi(target, ami).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        throw distributionFailed(
          'DISTRIBUTING',
          place.region,
          region,
          `Distribution to Region '${region}' failed: ${why}`,
        );
      });
      await sides.bus
        .put(target, amiAvailable(region, imageId))
        .catch((error: unknown) => report(`The event of AMI ${imageId} was not sent: ${String(error)}`));
      return {
        region,
        image: imageId,
        name: ami.name,
        description: ami.description,
        accountId: place.account,
      };
    }),
  );
  const refused = made.find((each) => each.status === 'rejected');
  if (refused !== undefined) throw refused.reason;
  return made.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}
