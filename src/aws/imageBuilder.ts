import {
  CancelImageCreationCommand,
  DeleteDistributionConfigurationCommand,
  DeleteInfrastructureConfigurationCommand,
  GetImageCommand,
  ImagebuilderClient,
} from '@aws-sdk/client-imagebuilder';
import { imageEnded } from '../core/builds/image.ts';
import type { ImageBuilder, ImageReport } from '../ports.ts';
import { callerAccount, type Account } from './account.ts';
import { unless } from './awsError.ts';
import { perRegion, type ForRegion } from './clients.ts';
import { imageBuilderArn } from './image-builder/arns.ts';
import { imageReport } from './image-builder/imageReport.ts';
import { listPackages } from './image-builder/listPackages.ts';
import { removeImage } from './image-builder/removeImage.ts';
import { startImage } from './image-builder/startImage.ts';

export interface ImageBuilderOptions {
  readonly imageBuilder?: ForRegion<ImagebuilderClient>;
  readonly account?: Account;
}

const GONE = ['ResourceNotFoundException'];

/**
 * EC2 Image Builder. Its errors leave as they are, by AWS's names: which of them pass by themselves is said by
 * src/core/builds/transientErrors.ts.
 *
 * Actions: imagebuilder:CreateComponent, CreateImageRecipe, GetImageRecipe, CreateInfrastructureConfiguration,
 * CreateDistributionConfiguration, CreateImage, ListImageBuildVersions to start; GetImage to look;
 * ListImagePackages for the packages; CancelImageCreation and GetImage to cancel; DeleteInfrastructureConfiguration and
 * DeleteDistributionConfiguration to tidy; GetImageRecipe, ListComponentBuildVersions, GetComponent, DeleteImage,
 * GetImage, ListImageBuildVersions, DeleteImageRecipe and DeleteComponent to remove.
 */
export function awsImageBuilder({
  imageBuilder = patientClients(),
  account = callerAccount(),
}: ImageBuilderOptions = {}): ImageBuilder {
  const placeOf = async (region: string) => ({ region, account: await account(region) });

  const look = async (region: string, arn: string): Promise<ImageReport | undefined> => {
    const answer = await unless(GONE, undefined, () =>
      imageBuilder(region).send(new GetImageCommand({ imageBuildVersionArn: arn })),
    );
    return answer?.image === undefined ? undefined : imageReport(region, arn, answer.image);
  };

  return {
    async start(region, spec) {
      const workshop = { client: imageBuilder(region), place: () => placeOf(region) };
      return { imageArn: await startImage(workshop, spec) };
    },
    look,
    packages: (region, arn) => listPackages(imageBuilder(region), arn),
    async cancel(region, arn) {
      try {
        await imageBuilder(region).send(new CancelImageCreationCommand({ imageBuildVersionArn: arn }));
      } catch (error) {
        // Only an image that has not ended can be cancelled; which error that is, the API does not say.
        const report = await look(region, arn);
        if (report !== undefined && !imageEnded(report.status)) throw error;
      }
    },
    async tidy(region, { infrastructure, distribution }) {
      const place = await placeOf(region);
      const client = imageBuilder(region);
      await Promise.all([
        unless(GONE, undefined, () =>
          client.send(
            new DeleteInfrastructureConfigurationCommand({
              infrastructureConfigurationArn: imageBuilderArn(
                place,
                'infrastructure-configuration',
                infrastructure,
              ),
            }),
          ),
        ),
        unless(GONE, undefined, () =>
          client.send(
            new DeleteDistributionConfigurationCommand({
              distributionConfigurationArn: imageBuilderArn(
                place,
                'distribution-configuration',
                distribution,
              ),
            }),
          ),
        ),
      ]);
    },
    remove: (region, arn) => removeImage(imageBuilder(region), arn),
  };
}

/** Image Builder's request rate is low and unpublished; many builds begin at once after an update. */
function patientClients(): ForRegion<ImagebuilderClient> {
  return perRegion(ImagebuilderClient, { maxAttempts: 6 });
}
