import { describe, expect, test } from 'vitest';
import { REGIONS } from '../world.ts';
import { ACT, ADA, ANOTHER_REQUEST, BOB, controlWorld, refusal, REQUEST } from './controlWorld.ts';

const slug = 'python-ml';
const PARAMETER = '/auto-ami/templates/python-ml/x86_64/ami-id';

/** The template built on release 1 everywhere, and, its base having moved, on release 2. */
async function built(policy = ACT) {
  const there = await controlWorld({ policy });
  const { call, loop, world, services } = there;
  await call('buildTemplate', { slug, requestId: REQUEST });
  await loop.settle();
  const before = await active(there);
  for (const region of REGIONS) world.publishUpstream(region, 2);
  await loop.scan();
  await loop.minutes(30);
  return { ...there, before, services };
}

async function active({ services }: Pick<Awaited<ReturnType<typeof controlWorld>>, 'services'>) {
  const targets = await services.targets.of(slug);
  return new Map(targets.map((target) => [target.region, target.active?.amiId]));
}

describe('a rollback', () => {
  test('goes back to the AMI before, in every place, and has it published at once', async () => {
    const there = await built();
    const { call, before, services } = there;
    const after = await active(there);
    const { places } = await call('rollback', { slug, reason: 'broken CUDA' }, BOB);
    expect(places).toEqual(
      REGIONS.map((region) => ({
        region,
        architecture: 'x86_64',
        amiId: before.get(region),
        left: after.get(region),
        because: `rolled back by ${BOB}: broken CUDA`,
        published: true,
      })),
    );
    expect(await active(there)).toEqual(before);
    for (const region of REGIONS)
      expect(await services.amiParameters.get(region, PARAMETER)).toBe(before.get(region));
    const { images } = await call('images', { template: slug, all: true });
    expect(
      images
        .filter(({ state }) => state === 'active')
        .map(({ amiId }) => amiId)
        .sort(),
    ).toEqual([...before.values()].sort());
  });

  test('stays: the image it left is not made again, until somebody asks for it', async () => {
    const there = await built();
    const { call, loop, before } = there;
    await call('rollback', { slug });
    await loop.minutes(60);
    expect(await active(there)).toEqual(before);
    expect((await call('queue', {})).total).toBe(0);
    const { notAsked } = await call('plan', {});
    expect(notAsked.map(({ rule }) => rule)).toEqual(['rolled-back', 'rolled-back']);
    await call('buildTemplate', { slug, requestId: ANOTHER_REQUEST });
    await loop.settle();
    expect([...(await active(there)).values()]).not.toEqual([...before.values()]);
  });

  test('gives way to the next release of the base', async () => {
    const there = await built();
    const { call, loop, world, services } = there;
    await call('rollback', { slug });
    for (const region of REGIONS) world.publishUpstream(region, 3);
    await loop.scan();
    await loop.minutes(30);
    expect((await services.targets.of(slug)).map((target) => target.active?.baseRelease)).toEqual(['3', '3']);
  });

  test('twice, or in a place that has nothing before, changes nothing', async () => {
    const { call } = await built();
    await call('rollback', { slug, regions: ['us-east-1'] });
    const { places } = await call('rollback', { slug });
    expect(places.map(({ region, amiId }) => [region, amiId === null])).toEqual([
      ['us-east-1', true],
      ['us-west-2', false],
    ]);
    expect(places[0]!.because).toMatch(/^there is no AMI before ami-/);
  });

  test('whose parameter AWS has not checked yet holds, and is published by the slow tick', async () => {
    const there = await built();
    const { call, loop, world, before, services } = there;
    world.amiParameters.delay();
    const { places } = await call('rollback', { slug });
    expect(places.map(({ published }) => published)).toEqual([false, false]);
    world.amiParameters.settle();
    await loop.reconcile();
    for (const region of REGIONS)
      expect(await services.amiParameters.get(region, PARAMETER)).toBe(before.get(region));
  });
});

describe('a promotion by hand', () => {
  test.each([
    ['that a policy wants', `${ACT}  promotion: manual\n`],
    ['before the soak ends', `${ACT}  soak: '2 days'\n`],
  ])('%s makes candidates the active AMIs', async (_, policy) => {
    const there = await controlWorld({ policy });
    const { call, loop, services } = there;
    await call('buildTemplate', { slug, requestId: REQUEST });
    await loop.minutes(30);
    expect([...(await active(there)).values()]).toEqual([undefined, undefined]);
    const { places } = await call('promote', { slug, reason: 'seen' });
    expect(places.map(({ left, published }) => [left, published])).toEqual([
      [null, true],
      [null, true],
    ]);
    expect([...(await active(there)).values()]).toEqual(places.map(({ amiId }) => amiId));
    const [ami] = await services.amis.of(slug);
    const story = await services.regionBuilds.explanation(ami!.regionBuild);
    expect(story).toContainEqual(
      expect.objectContaining({ rule: 'by-hand', because: `promoted by ${ADA}: seen` }),
    );
    const again = await call('promote', { slug });
    expect(again.places.map(({ amiId, because }) => [amiId, because])).toEqual([
      [null, 'no candidate waits'],
      [null, 'no candidate waits'],
    ]);
    await loop.settle();
    expect(loop.failures).toEqual([]);
  });
});

test('a template or region that nobody knows is said', async () => {
  const { call } = await built();
  expect((await refusal(call('rollback', { slug: 'pyton-ml' }))).message).toContain(
    'Did you mean python-ml?',
  );
  expect((await refusal(call('promote', { slug, regions: ['us-east-2'] }))).message).toContain(
    'There is no image of python-ml in "us-east-2"',
  );
});
