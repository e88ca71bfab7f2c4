import {
  DeleteComponentCommand,
  DeleteImageCommand,
  DeleteImageRecipeCommand,
  GetComponentCommand,
  GetImageCommand,
  GetImageRecipeCommand,
  paginateListComponentBuildVersions,
  paginateListImageBuildVersions,
  type ImagebuilderClient,
} from '@aws-sdk/client-imagebuilder';
import { IMAGE_BUILDER_PREFIX, TAGS } from '../../contract.ts';
import { imageEnded } from '../../core/builds/image.ts';
import { inOneSentence, isNamed, unless } from '../awsError.ts';
import { parseImageArn } from './arns.ts';

const GONE = ['ResourceNotFoundException'];

const NEEDED = 'ResourceDependencyException';

/** What still serves somebody stays, and is no fault. */
const GONE_OR_NEEDED = [...GONE, NEEDED];

/** An image resource that we did not make. */
class NotOurImage extends Error {
  override readonly name = 'NotOurImage';
  constructor(arn: string) {
    super(`${arn} is not named as ours: it is left as it is.`);
  }
}

/** A recipe is gone, and with it the knowledge of its components: whoever calls again does not find these. */
class ComponentsLeft extends Error {
  override readonly name = 'ComponentsLeft';
}

/**
 * Removes an image that has ended, unless somebody's recipe stands on it; with it its recipe if no other image of this
 * account was made by it, and those of the recipe's components that are ours and serve no other recipe. What they are
 * is read before anything goes, and what is gone is passed over: whoever was interrupted calls again.
 * @throws NotOurImage, ComponentsLeft
 */
export async function removeImage(client: ImagebuilderClient, imageArn: string): Promise<void> {
  const parts = parseImageArn(imageArn);
  if (parts?.recipe.startsWith(IMAGE_BUILDER_PREFIX) !== true) throw new NotOurImage(imageArn);
  const imageVersionArn = imageArn.replace(/\/\d+$/, '');
  const imageRecipeArn = imageVersionArn.replace(':image/', ':image-recipe/');
  const components = await ownComponents(client, imageRecipeArn);
  if (!(await deleteImage(client, imageArn))) return;
  if (await hasImages(client, imageVersionArn)) return;
  await unless(GONE_OR_NEEDED, undefined, () =>
    client.send(new DeleteImageRecipeCommand({ imageRecipeArn })),
  );
  await deleteComponents(client, components);
}

/**
 * False if it stays because somebody's recipe stands on it.
 * @throws ResourceDependencyException if it stays because it has not ended
 */
async function deleteImage(client: ImagebuilderClient, imageBuildVersionArn: string): Promise<boolean> {
  try {
    await unless(GONE, undefined, () => client.send(new DeleteImageCommand({ imageBuildVersionArn })));
    return true;
  } catch (error) {
    if (!isNamed(error, NEEDED)) throw error;
    const { image } = await client.send(new GetImageCommand({ imageBuildVersionArn }));
    if (!imageEnded(image?.state?.status ?? '')) throw error;
    return false;
  }
}

/** The builds of a recipe's components that we made. A template may name others, whatever they are called. */
async function ownComponents(client: ImagebuilderClient, imageRecipeArn: string): Promise<string[]> {
  const answer = await unless(GONE, undefined, () =>
    client.send(new GetImageRecipeCommand({ imageRecipeArn })),
  );
  const named = imageRecipeArn.replace(/:image-recipe\/.*$/, `:component/${IMAGE_BUILDER_PREFIX}`);
  const builds: string[] = [];
  for (const { componentArn } of answer?.imageRecipe?.components ?? [])
    if (componentArn?.startsWith(named) === true)
      for (const build of await buildsOf(client, componentArn))
        if (await isOurs(client, build)) builds.push(build);
  return builds;
}

/** Recipes name a component without its build number, by which alone it is deleted. */
async function buildsOf(client: ImagebuilderClient, arn: string): Promise<string[]> {
  const componentVersionArn = arn.split('/').slice(0, 3).join('/');
  const builds: string[] = [];
  const pages = paginateListComponentBuildVersions({ client }, { componentVersionArn });
  for await (const { componentSummaryList = [] } of pages)
    builds.push(...componentSummaryList.flatMap((summary) => summary.arn ?? []));
  return builds;
}

async function isOurs(client: ImagebuilderClient, componentBuildVersionArn: string): Promise<boolean> {
  const answer = await unless(GONE, undefined, () =>
    client.send(new GetComponentCommand({ componentBuildVersionArn })),
  );
  return answer?.component?.tags?.[TAGS.TEMPLATE] !== undefined;
}

/**
 * Whether there are other images of this recipe. The list is up to two minutes behind, and still holds those that went
 * just now: each is looked at.
 */
async function hasImages(client: ImagebuilderClient, imageVersionArn: string): Promise<boolean> {
  const pages = paginateListImageBuildVersions({ client }, { imageVersionArn });
  for await (const { imageSummaryList = [] } of pages)
    for (const { arn } of imageSummaryList)
      if (arn !== undefined && (await isThere(client, arn))) return true;
  return false;
}

async function isThere(client: ImagebuilderClient, imageBuildVersionArn: string): Promise<boolean> {
  const answer = await unless(GONE, undefined, () =>
    client.send(new GetImageCommand({ imageBuildVersionArn })),
  );
  return answer?.image !== undefined && answer.image.state?.status !== 'DELETED';
}

/** One that fails keeps no other. */
async function deleteComponents(client: ImagebuilderClient, builds: readonly string[]): Promise<void> {
  const left: string[] = [];
  for (const componentBuildVersionArn of builds)
    try {
      await unless(GONE_OR_NEEDED, undefined, () =>
        client.send(new DeleteComponentCommand({ componentBuildVersionArn })),
      );
    } catch (error) {
      left.push(`${componentBuildVersionArn} (${inOneSentence(error)})`);
    }
  if (left.length > 0)
    throw new ComponentsLeft(`The recipe is deleted, but not all of its components: ${left.join(', ')}`);
}
