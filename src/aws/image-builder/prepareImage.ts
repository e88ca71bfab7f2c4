import {
  CreateComponentCommand,
  CreateDistributionConfigurationCommand,
  CreateImageRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  GetImageRecipeCommand,
  type ImagebuilderClient,
} from '@aws-sdk/client-imagebuilder';
import type { ImageSpec } from '../../core/template/imageSpecTypes.ts';
import { imageBuilderArn, type ImageBuilderPlace } from './arns.ts';
import { createOnce, type Created } from './createOnce.ts';
import { mutable } from './mutable.ts';

/** Where things are made, and whose they are: the account is only asked for if something is there already. */
export interface Workshop {
  readonly client: ImagebuilderClient;
  readonly place: () => Promise<ImageBuilderPlace>;
}

/** A step of a template is so long that its document needs a bucket, which this deployment does not have. */
export class ComponentTooLong extends Error {
  override readonly name = 'ComponentTooLong';
  constructor(component: string, characters: number) {
    super(
      `The component ${component} has ${characters} characters; Image Builder takes 16,000. Split the longest script of the template into several.`,
    );
  }
}

/** @throws ComponentTooLong before anything is made */
export function refuseLongComponents({ components }: ImageSpec): void {
  const long = components.find(({ inline }) => !inline);
  if (long !== undefined) throw new ComponentTooLong(long.name, long.data.length);
}

/**
 * A component's version is made of its document: what is there under this name and version is the same. Recipes name
 * it without its build number, which Image Builder counts.
 */
export async function makeComponent(
  { client, place }: Workshop,
  { name, semanticVersion, platform, description, data, tags }: ImageSpec['components'][number],
): Promise<Created> {
  return createOnce(
    async () => {
      const { componentBuildVersionArn } = await client.send(
        new CreateComponentCommand({
          name,
          semanticVersion,
          platform,
          description,
          data,
          tags: mutable(tags),
        }),
      );
      return componentBuildVersionArn?.replace(/\/\d+$/, '');
    },
    async () => imageBuilderArn(await place(), 'component', name, semanticVersion),
  );
}

/**
 * A recipe's version is made of its content, so that one that is there is the one that is meant: its base image is
 * looked at all the same, since everything stands on it.
 * @throws Error if it is built on another base image
 */
export async function makeRecipe(
  { client, place }: Workshop,
  recipe: ImageSpec['recipe'],
  componentArns: readonly string[],
): Promise<Created> {
  const { name, semanticVersion, parentImage } = recipe;
  const components = componentArns.map((componentArn) => ({ componentArn }));
  const made = await createOnce(
    async () =>
      (await client.send(new CreateImageRecipeCommand({ ...mutable(recipe), components }))).imageRecipeArn,
    async () => imageBuilderArn(await place(), 'image-recipe', name, semanticVersion),
  );
  if (!made.existed) return made;
  const { imageRecipe } = await client.send(new GetImageRecipeCommand({ imageRecipeArn: made.arn }));
  if (imageRecipe?.parentImage !== parentImage)
    throw new Error(
      `The recipe ${made.arn} is built on ${String(imageRecipe?.parentImage)}, not on ${parentImage}: somebody else made it. Delete it.`,
    );
  return made;
}

/** Of one attempt alone, and named after it. */
export async function makeInfrastructure(
  { client, place }: Workshop,
  infrastructure: ImageSpec['infrastructure'],
): Promise<Created> {
  return createOnce(
    async () =>
      (await client.send(new CreateInfrastructureConfigurationCommand(mutable(infrastructure))))
        .infrastructureConfigurationArn,
    async () => imageBuilderArn(await place(), 'infrastructure-configuration', infrastructure.name),
  );
}

/** Of one attempt alone, as well: its tags are those of the AMI. */
export async function makeDistribution(
  { client, place }: Workshop,
  distribution: ImageSpec['distribution'],
): Promise<Created> {
  return createOnce(
    async () =>
      (await client.send(new CreateDistributionConfigurationCommand(mutable(distribution))))
        .distributionConfigurationArn,
    async () => imageBuilderArn(await place(), 'distribution-configuration', distribution.name),
  );
}
