import { describe, expect, it } from 'vitest';
import { TryAgain } from '../../src/app/buildErrors.ts';
import { cancelRegionBuilds } from '../../src/app/control/cancelRegionBuilds.ts';
import { recordFailure } from '../../src/app/recordFailure.ts';
import { freeDeadSlots } from '../../src/app/reconcile/freeDeadSlots.ts';
import type { RegionBuild } from '../../src/core/builds/regionBuild.ts';
import type { Write } from '../../src/core/writes.ts';
import type { MemoryImage } from '../../src/memory/memoryImageBuilder.ts';
import { loopOf } from './loop.ts';
import { expectAtRest } from './outcome.ts';
import { newWorld, type World } from './world.ts';

const CAPACITY = 'InsufficientInstanceCapacity: there is none of m7i.large';
const STRANGER = 'r-research-us-east-1-x86_64-1';

/** A build whose image is under way, and then its slot's item is removed from the table. */
async function withoutItsSlot(failing: (image: MemoryImage) => string | undefined = () => undefined) {
  const world = newWorld({ policy: { regions: ['us-east-1'] } });
  await world.prepare();
  const { id } = await world.ask();
  const loop = loopOf(world, { failing });
  await loop.minutes(3);
  const build = await world.build(id);
  expect(build).toMatchObject({ status: 'running', image: { attempt: 1 } });
  await byHand(world, slotOf(build, 'free-slot'));
  return { world, loop, id, build };
}

const slotOf = (
  { id: regionBuild, region, grant }: RegionBuild,
  kind: 'free-slot' | 'take-slot',
  owner = regionBuild,
): Write => ({ kind, region, slot: grant!.slot, regionBuild: owner, attempt: grant!.attempt });

async function byHand({ services }: World, write: Write): Promise<void> {
  expect(await services.commits.commit([write])).toEqual({ committed: true });
}

async function losses({ services }: World, id: string): Promise<string[]> {
  const told = await services.regionBuilds.explanation(id);
  return told.filter(({ rule }) => rule === 'lost').map(({ because }) => because);
}

/** The first attempt fails for want of capacity. */
const firstFails = ({ spec }: MemoryImage) =>
  spec.image.tags['auto-ami:attempt'] === '1' ? CAPACITY : undefined;

describe('a build whose slot somebody took away by hand while its image was made', () => {
  it('succeeds, is paid, and says what it has lost', async () => {
    const { world, loop, id } = await withoutItsSlot();
    await loop.settle();
    expect(loop.failures).toEqual([]);
    expect(await world.build(id)).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect(await losses(world, id)).toEqual(['attempt 1 has lost its slot']);
    await expectAtRest(world);
  });

  it('fails', async () => {
    const { world, loop, id } = await withoutItsSlot(() => 'Component test failed');
    await loop.settle();
    expect(await world.build(id)).toMatchObject({ status: 'failed', failure: { error: 'ImageFailed' } });
    expect(await losses(world, id)).toEqual(['attempt 1 has lost its slot']);
    await expectAtRest(world);
  });

  it('is tried again, with a slot of its own', async () => {
    const { world, loop, id } = await withoutItsSlot(firstFails);
    await loop.settle();
    expect(await world.build(id)).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(await losses(world, id)).toEqual(['attempt 1 has lost its slot']);
    await expectAtRest(world);
  });

  it('gives way to a newer one that waits for its target', async () => {
    const { world, loop, id } = await withoutItsSlot(firstFails);
    const newer = await world.ask({}, { forced: true });
    await loop.settle();
    expect((await world.build(id)).status).toBe('cancelled');
    expect((await world.build(newer.id)).status).toBe('succeeded');
    await expectAtRest(world);
  });

  it('is cancelled', async () => {
    const { world, loop, id } = await withoutItsSlot();
    const [cancelled] = await cancelRegionBuilds([id], 'by ada', world.services);
    expect(cancelled).toMatchObject({ outcome: 'cancelled' });
    await loop.settle();
    expect(await losses(world, id)).toEqual(['attempt 1 has lost its slot']);
    await expectAtRest(world);
  });

  it('never frees it when it is another build’s by then', async () => {
    const { world, loop, id, build } = await withoutItsSlot();
    const { services } = world;
    await byHand(world, slotOf(build, 'take-slot', STRANGER));
    await loop.minutes(6);
    expect(await world.build(id)).toMatchObject({ status: 'succeeded' });
    expect(await services.slots.taken('us-east-1')).toMatchObject([{ regionBuild: STRANGER }]);
    // That it has no such build is found by the slow tick.
    await freeDeadSlots(services);
    await loop.settle();
    await expectAtRest(world);
  });

  it('is ended once by two that end it at once', async () => {
    const { world, loop, id, build } = await withoutItsSlot();
    const { services, effects, imageBuilder } = world;
    imageBuilder.failImage(build.image!.arn, 'Component test failed');
    effects.before(1, async () => {
      await cancelRegionBuilds([id], 'by ada', services);
    });
    const error = { Error: 'ImageFailed', Cause: 'Component test failed' };
    await expect(recordFailure({ id, execution: `${id}-1`, error }, services)).rejects.toThrow(TryAgain);
    await loop.settle();
    expect(await world.build(id)).toMatchObject({ status: 'cancelled' });
    expect(await losses(world, id)).toEqual(['attempt 1 has lost its slot']);
    await expectAtRest(world);
  });
});

describe('a build whose attempt somebody took away by hand', () => {
  it('ends all the same; the money is left to them', async () => {
    const { world, loop, id, build } = await withoutItsSlot();
    await byHand(world, slotOf(build, 'take-slot'));
    const [held] = await world.services.regionBuilds.attempts(id);
    await byHand(world, { kind: 'attempt', after: { ...held!, state: 'released' }, expects: 'held' });
    await loop.settle();
    expect((await world.build(id)).status).toBe('succeeded');
    expect(await losses(world, id)).toEqual(['attempt 1 has lost its reservation']);
    expect(await world.services.slots.taken('us-east-1')).toEqual([]);
  });
});
