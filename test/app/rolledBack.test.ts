import { describe, expect, it } from 'vitest';
import { operations } from '../../src/app/control/operations.ts';
import { dispatchBuilds } from '../../src/app/dispatchBuilds.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { HOUR } from '../../src/core/words.ts';
import { loopOf, type Loop } from './loop.ts';
import { expectAtRest } from './outcome.ts';
import { aTemplate, newWorld, START, TEMPLATE, type World } from './world.ts';

const HERE = ['us-east-1'];
const ADA = { actor: 'ada', requestId: 'request-1' };
const AGAIN = /^nothing to build: it would make the image of ami-\w+2 again, which was rolled back by ada: /u;

/** The AMI of release 1 has given way to that of release 2; only the test and the clock dispatch. */
async function twoReleases(): Promise<{ world: World; loop: Loop }> {
  const world = newWorld({ policy: { regions: HERE } });
  await world.prepare();
  const loop = loopOf(world, { deliveries: ({ detailType }) => (detailType === 'Turn Awaited' ? 0 : 1) });
  await world.ask();
  await loop.settle();
  world.advance(24 * HOUR);
  await world.publishBase('us-east-1', 2);
  await world.ask();
  await loop.settle();
  expect(await statesOf(world)).toEqual(['1 superseded', '2 active']);
  return { world, loop };
}

/** The same image once more, wanted before anybody rolls it back. */
async function onceMore(world: World, loop: Loop): Promise<string> {
  const { id } = await world.ask({}, { forced: true });
  await loop.pump();
  world.advance(1);
  return id;
}

async function rollBack({ services }: World): Promise<void> {
  const { places } = await operations(services).rollback({ slug: TEMPLATE, reason: 'broken CUDA' }, ADA);
  expect(places).toMatchObject([{ amiId: expect.stringMatching(/1$/u), published: true }]);
}

async function statesOf({ services }: World): Promise<string[]> {
  const amis = await services.amis.of(TEMPLATE);
  return amis
    .sort((a, b) => a.createdAt - b.createdAt)
    .map(({ amiId, state }) => `${amiId.slice(-1)} ${state}`);
}

async function lastLine({ services }: World, id: string) {
  return (await services.regionBuilds.explanation(id)).at(-1);
}

async function expectNotMadeAgain(world: World, id: string): Promise<void> {
  expect(await world.build(id)).toMatchObject({ status: 'cancelled', cost: 0 });
  expect(await lastLine(world, id)).toMatchObject({
    rule: 'cancelled',
    because: expect.stringMatching(AGAIN),
  });
  expect(await statesOf(world)).toEqual(['1 active', '2 superseded']);
  await expectAtRest(world);
}

describe('a rollback meets a build of the very image it takes out of use', () => {
  it('that was queued before it: when its turn comes it ends, and nothing is spent', async () => {
    const { world, loop } = await twoReleases();
    const id = await onceMore(world, loop);
    await rollBack(world);
    await loop.settle();
    await expectNotMadeAgain(world, id);
  });

  it('that is granted while it happens: its image is not started, and its money comes back', async () => {
    const { world, loop } = await twoReleases();
    const id = await onceMore(world, loop);
    await dispatchBuilds({}, world.services);
    expect((await world.build(id)).status).toBe('granted');
    await rollBack(world);
    await loop.settle();
    expect(world.imageBuilder.images()).toHaveLength(2);
    await expectNotMadeAgain(world, id);
  });

  it('that is granted by a dispatcher who has read everything before it', async () => {
    const { world, loop } = await twoReleases();
    const id = await onceMore(world, loop);
    world.effects.before(1, () => rollBack(world));
    await dispatchBuilds({}, world.services);
    expect((await world.build(id)).status).toBe('granted');
    await loop.settle();
    await expectNotMadeAgain(world, id);
  });

  it.each([
    ['runs', {}, 3],
    ['has ended, and its AMI soaks', { soak: 6 * HOUR }, 15],
  ] satisfies [string, Partial<Policy>, number][])(
    'that %s: its AMI stays a candidate until a person promotes it',
    async (_, policy, minutes) => {
      const { world, loop } = await twoReleases();
      const id = await onceMore(world, loop);
      await world.setPolicy({ regions: HERE, ...policy });
      await loop.minutes(minutes);
      expect((await world.build(id)).image).toBeDefined();
      await rollBack(world);
      await loop.minutes(8 * 60);
      expect(await statesOf(world)).toEqual(['1 active', '2 superseded', '3 candidate']);
      expect(await lastLine(world, id)).toMatchObject({ rule: 'rolled-back' });
      const { promotions } = await operations(world.services).plan({ limit: 10 }, ADA);
      expect(promotions).toMatchObject([
        { at: null, because: expect.stringContaining('which was rolled back by ada: broken CUDA') },
      ]);
      await operations(world.services).promote({ slug: TEMPLATE }, ADA);
      expect(await statesOf(world)).toEqual(['1 superseded', '2 superseded', '3 active']);
    },
  );

  it('that somebody asks for by hand after it: it is made and promoted, also in the place of one that waited', async () => {
    for (const waited of [false, true]) {
      const { world, loop } = await twoReleases();
      if (waited) await onceMore(world, loop);
      await rollBack(world);
      world.advance(1);
      const asked = { slug: TEMPLATE, urgent: true, force: false, requestId: 'request-2' };
      await operations(world.services).buildTemplate(asked, ADA);
      await loop.settle();
      expect(await statesOf(world)).toEqual(['1 superseded', '2 superseded', '3 active']);
    }
  });

  it('that runs and that somebody asks for by hand after it: another one is made for them', async () => {
    const { world, loop } = await twoReleases();
    await onceMore(world, loop);
    await loop.minutes(3);
    await rollBack(world);
    world.advance(1);
    const asked = { slug: TEMPLATE, urgent: true, force: false, requestId: 'request-2' };
    const { regionBuilds } = await operations(world.services).buildTemplate(asked, ADA);
    expect(regionBuilds).toMatchObject([{ outcome: 'queued' }]);
    await loop.settle();
    expect(await statesOf(world)).toEqual(['1 superseded', '2 superseded', '3 superseded', '4 active']);
  });

  it('twice asked in the same words, once before it and once after it: it is made', async () => {
    const { world, loop } = await twoReleases();
    const asked = { slug: TEMPLATE, urgent: true, force: true, reason: 'try', requestId: 'request-2' };
    await operations(world.services).buildTemplate(asked, ADA);
    await loop.pump();
    world.advance(1);
    await rollBack(world);
    world.advance(1);
    await operations(world.services).buildTemplate({ ...asked, requestId: 'request-3' }, ADA);
    await loop.settle();
    expect(await statesOf(world)).toEqual(['1 superseded', '2 superseded', '3 active']);
  });
});

describe('what was passed over', () => {
  it('is asked for anew by the same reason when another image would be made', async () => {
    const world = newWorld({ policy: { regions: HERE } });
    await world.prepare([]);
    await world.saveTemplate(aTemplate(), { kept: { since: START, because: 'a test keeps it' } });
    const loop = loopOf(world);
    await loop.reconcile();
    await loop.settle();
    await world.publishBase('us-east-1', 2);
    await loop.reconcile();
    const [queued] = (await world.services.regionBuilds.open()).builds;
    // Upstream takes it back while the build waits, and then does not.
    await world.publishBase('us-east-1', 1);
    await loop.settle();
    expect(await world.build(queued!.id)).toMatchObject({ status: 'cancelled' });
    await world.publishBase('us-east-1', 2);
    await loop.reconcile();
    await loop.settle();
    expect(await statesOf(world)).toEqual(['1 superseded', '2 active']);
  });
});
