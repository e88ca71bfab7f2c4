import {
  DeleteComponentCommand,
  DeleteImageCommand,
  DeleteImageRecipeCommand,
  GetImageCommand,
  GetImageRecipeCommand,
  paginateListComponentBuildVersions,
  paginateListImageBuildVersions,
  type ImagebuilderClient,
} from '@aws-sdk/client-imagebuilder';
import { IMAGE_BUILDER_PREFIX } from '../../contract.ts';
import { imageEnded } from '../../core/builds/image.ts';
import { isNamed, unless } from '../awsError.ts';
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

/**
 * Removes an image that has ended, unless somebody's recipe stands on it; with it its recipe if no other image of this account was made by it, and those of the
 * recipe's components that are ours and serve no other recipe. What they are is read before anything goes, and what is
 * gone is passed over: whoever was interrupted calls again.
 * @throws NotOurImage
 */
export async function removeImage(client: ImagebuilderClient, imageArn: string): Promise<void> {
  const parts = parseImageArn(imageArn);
  if (parts?.recipe.startsWith(IMAGE_BUILDER_PREFIX) !== true) throw new NotOurImage(imageArn);
  const imageVersionArn = imageArn.replace(/\/\d+$/, '');
  const imageRecipeArn = imageVersionArn.replace(':image/', ':image-recipe/');
  const components = await ownComponents(client, imageRecipeArn);
  if (!(await deleteImage(client, imageArn))) return;
  if (await hasImages(client, imageVersionArn, imageArn)) return;
  await unless(GONE_OR_NEEDED, undefined, () =>
    client.send(new DeleteImageRecipeCommand({ imageRecipeArn })),
  );
  for (const component of components) await removeComponent(client, component);
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

/** ARNs of the components of a recipe that are of this account and named as ours, without their build numbers. */
async function ownComponents(client: ImagebuilderClient, imageRecipeArn: string): Promise<string[]> {
  const answer = await unless(GONE, undefined, () =>
    client.send(new GetImageRecipeCommand({ imageRecipeArn })),
  );
  const ours = imageRecipeArn.replace(/:image-recipe\/.*$/, `:component/${IMAGE_BUILDER_PREFIX}`);
  return (answer?.imageRecipe?.components ?? []).flatMap(({ componentArn }) =>
    componentArn?.startsWith(ours) === true ? [componentArn] : [],
  );
}

/** Whether there are other images of this recipe. The list is up to two minutes behind: it may still hold this one. */
async function hasImages(
  client: ImagebuilderClient,
  imageVersionArn: string,
  removed: string,
): Promise<boolean> {
  const pages = paginateListImageBuildVersions({ client }, { imageVersionArn });
  for await (const { imageSummaryList = [] } of pages)
    if (imageSummaryList.some(({ arn }) => arn !== removed)) return true;
  return false;
}

/** Recipes name a component without its build number, by which alone it is deleted. */
async function removeComponent(client: ImagebuilderClient, arn: string): Promise<void> {
  const componentVersionArn = arn.split('/').slice(0, 3).join('/');
  const builds: string[] = [];
  const pages = paginateListComponentBuildVersions({ client }, { componentVersionArn });
  for await (const { componentSummaryList = [] } of pages)
    builds.push(...componentSummaryList.flatMap((summary) => summary.arn ?? []));
  for (const componentBuildVersionArn of builds)
    await unless(GONE_OR_NEEDED, undefined, () =>
      client.send(new DeleteComponentCommand({ componentBuildVersionArn })),
    );
}
