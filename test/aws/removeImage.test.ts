import { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { expect, test } from 'vitest';
import { removeImage } from '../../src/aws/image-builder/removeImage.ts';
import { TAGS } from '../../src/contract.ts';
import { aRestService, SOME_KEYS, type Answer } from './localServer.ts';

const HERE = 'arn:aws:imagebuilder:us-east-1:123456789012';
const RECIPE = 'auto-ami-ml-x86-64/1.2.3';
const IMAGE = `${HERE}:image/${RECIPE}/1`;
const ANOTHER = `${HERE}:image/${RECIPE}/2`;
const OURS = `${HERE}:component/auto-ami-ml-packages/1.0.0`;
const BY_HAND = `${HERE}:component/auto-ami-hardening/1.0.0`;

const refusal = (status: number, name: string): Answer => ({ status, body: { __type: name, message: 'no' } });
const GONE = refusal(404, 'ResourceNotFoundException');
const THROTTLED = refusal(429, 'TooManyRequestsException');

/** Image Builder with one recipe. Its list of images is behind: it holds all that there ever were. */
async function aWorkshop({
  images = [IMAGE],
  components = { [OURS]: { [TAGS.TEMPLATE]: 'ml' } },
}: {
  readonly images?: readonly string[];
  readonly components?: Readonly<Record<string, Readonly<Record<string, string>>>>;
} = {}) {
  const there = { images: new Set(images), recipe: true, components: new Set(Object.keys(components)) };
  const faults = new Map<string, Answer>();
  const answers: Readonly<Record<string, (asked: Readonly<Record<string, unknown>>) => unknown>> = {
    GetImageRecipe: () =>
      there.recipe && {
        imageRecipe: { components: Object.keys(components).map((componentArn) => ({ componentArn })) },
      },
    ListComponentBuildVersions: ({ componentVersionArn: arn }) => ({
      componentSummaryList: [{ arn: `${String(arn)}/1` }],
    }),
    GetComponent: ({ componentBuildVersionArn: arn }) => ({
      component: { arn, tags: components[String(arn).replace(/\/1$/, '')] },
    }),
    DeleteImage: ({ imageBuildVersionArn: arn }) => there.images.delete(String(arn)) && {},
    ListImageBuildVersions: () => ({ imageSummaryList: images.map((arn) => ({ arn })) }),
    GetImage: ({ imageBuildVersionArn: arn }) =>
      there.images.has(String(arn)) && { image: { arn, state: { status: 'AVAILABLE' } } },
    DeleteImageRecipe: () => {
      const deleted = there.recipe;
      there.recipe = false;
      return deleted && {};
    },
    DeleteComponent: ({ componentBuildVersionArn: arn }) =>
      there.components.delete(String(arn).replace(/\/1$/, '')) && {},
  };
  const endpoint = await aRestService((operation, asked) => {
    const fault = faults.get(operation);
    faults.delete(operation);
    if (fault !== undefined) return fault;
    const body = answers[operation]?.(asked);
    return body === undefined || body === false ? GONE : { body };
  });
  const client = new ImagebuilderClient({
    ...{ region: 'us-east-1', endpoint, credentials: SOME_KEYS, maxAttempts: 1 },
  });
  return {
    there,
    failOnce: (operation: string, answer: Answer) => void faults.set(operation, answer),
    remove: (arn: string) => removeImage(client, arn),
  };
}

test('where the components cannot be read nothing goes, and the next call removes all of it', async () => {
  for (const operation of ['GetImageRecipe', 'ListComponentBuildVersions', 'GetComponent']) {
    const { there, failOnce, remove } = await aWorkshop();
    failOnce(operation, THROTTLED);
    await expect(remove(IMAGE)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    expect(there).toMatchObject({ images: new Set([IMAGE]), recipe: true });
    await remove(IMAGE);
    expect(there).toEqual({ images: new Set(), recipe: false, components: new Set() });
  }
});

test('two images of one recipe that go within minutes take it with them, though the list shows both', async () => {
  for (const atOnce of [false, true]) {
    const { there, remove } = await aWorkshop({ images: [IMAGE, ANOTHER] });
    if (atOnce) await Promise.all([remove(IMAGE), remove(ANOTHER)]);
    else {
      await remove(IMAGE);
      expect(there.recipe).toBe(true);
      await remove(ANOTHER);
    }
    expect(there).toEqual({ images: new Set(), recipe: false, components: new Set() });
  }
});

test('a component that a person made stays, though it is called like ours', async () => {
  const { there, remove } = await aWorkshop({
    components: { [OURS]: { [TAGS.TEMPLATE]: 'ml' }, [BY_HAND]: { Owner: 'ada' } },
  });
  await remove(IMAGE);
  expect(there).toEqual({ images: new Set(), recipe: false, components: new Set([BY_HAND]) });
});

test('one component that cannot be deleted is named, and keeps no other', async () => {
  const other = OURS.replace('packages', 'scripts');
  const tags = { [TAGS.TEMPLATE]: 'ml' };
  const { there, failOnce, remove } = await aWorkshop({ components: { [OURS]: tags, [other]: tags } });
  failOnce('DeleteComponent', THROTTLED);
  await expect(remove(IMAGE)).rejects.toMatchObject({
    name: 'ComponentsLeft',
    message: expect.stringContaining(`${OURS}/1 (TooManyRequestsException`) as string,
  });
  expect(there.components).toEqual(new Set([OURS]));
});
