import {
  CreateImageCommand,
  paginateListImageBuildVersions,
  type ImagebuilderClient,
} from '@aws-sdk/client-imagebuilder';
import { TAGS } from '../../contract.ts';
import type { ComponentReference, ImageSpec } from '../../core/template/imageSpecTypes.ts';
import { isNamed } from '../awsError.ts';
import { imageBuilderArn } from './arns.ts';
import { mutable } from './mutable.ts';
import {
  makeComponent,
  makeDistribution,
  makeInfrastructure,
  makeRecipe,
  refuseLongComponents,
  type Workshop,
} from './prepareImage.ts';

/**
 * Makes what is missing and starts the image of one attempt; the ARN of the image. Whoever repeats it, because an
 * answer was lost or a function died, gets the same image: by its client token, and where Image Builder has forgotten
 * that, by its tags among the images of this recipe version. There is only such an earlier one if the attempt's own
 * configuration is there already, so that the first try need not look for it.
 */
export async function startImage(workshop: Workshop, spec: ImageSpec): Promise<string> {
  refuseLongComponents(spec);
  const own = new Map<string, string>();
  for (const component of spec.components)
    own.set(nameOf(component), (await makeComponent(workshop, component)).arn);
  const recipe = await makeRecipe(
    workshop,
    spec.recipe,
    spec.recipe.components.map((reference) => arnOf(reference, own)),
  );
  const [infrastructure, distribution] = await Promise.all([
    makeInfrastructure(workshop, spec.infrastructure),
    makeDistribution(workshop, spec.distribution),
  ]);
  const earlier = infrastructure.existed ? await findEarlier(workshop, spec) : undefined;
  if (earlier !== undefined) return earlier;
  try {
    return await createImage(workshop.client, spec, {
      imageRecipeArn: recipe.arn,
      infrastructureConfigurationArn: infrastructure.arn,
      distributionConfigurationArn: distribution.arn,
    });
  } catch (error) {
    // The token was used for this attempt, with what is different now, such as a tag of the deployment.
    const started = isNamed(error, 'IdempotentParameterMismatchException')
      ? await findEarlier(workshop, spec)
      : undefined;
    if (started === undefined) throw error;
    return started;
  }
}

const nameOf = ({ name, semanticVersion }: { readonly name: string; readonly semanticVersion: string }) =>
  `${name}/${semanticVersion}`;

function arnOf(reference: ComponentReference, own: ReadonlyMap<string, string>): string {
  if (reference.kind === 'existing') return reference.arn;
  const arn = own.get(nameOf(reference));
  if (arn === undefined)
    throw new Error(`The recipe names ${nameOf(reference)}, which is none of its components.`);
  return arn;
}

async function createImage(
  client: ImagebuilderClient,
  { image }: ImageSpec,
  made: {
    readonly imageRecipeArn: string;
    readonly infrastructureConfigurationArn: string;
    readonly distributionConfigurationArn: string;
  },
): Promise<string> {
  const { imageBuildVersionArn } = await client.send(new CreateImageCommand({ ...mutable(image), ...made }));
  if (imageBuildVersionArn === undefined) throw new Error('Image Builder started an image without an ARN.');
  return imageBuildVersionArn;
}

/** The image of this attempt among those of its recipe version. Lists are up to two minutes behind. */
async function findEarlier({ client, place }: Workshop, spec: ImageSpec): Promise<string | undefined> {
  const { name, semanticVersion } = spec.recipe;
  const query = { imageVersionArn: imageBuilderArn(await place(), 'image', name, semanticVersion) };
  const isOfAttempt = (tags: Readonly<Record<string, string>> = {}): boolean =>
    [TAGS.REGION_BUILD, TAGS.ATTEMPT].every((key) => tags[key] === spec.image.tags[key]);
  for await (const { imageSummaryList = [] } of paginateListImageBuildVersions({ client }, query)) {
    const found = imageSummaryList.find(({ tags }) => isOfAttempt(tags));
    if (found?.arn !== undefined) return found.arn;
  }
  return undefined;
}
