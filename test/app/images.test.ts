import { describe, expect, it } from 'vitest';
import { cancelRegionBuilds } from '../../src/app/control/cancelRegionBuilds.ts';
import { recordImage } from '../../src/app/recordImage.ts';
import { resumeBuild } from '../../src/app/resumeBuild.ts';
import { runningCost } from '../../src/core/money/estimate.ts';
import { HOUR, MINUTE } from '../../src/core/words.ts';
import { loopOf, type BusEvent, type LoopOptions } from './loop.ts';
import { expectAtRest, expectOneActiveEach } from './outcome.ts';
import { newWorld, type World } from './world.ts';

const ONE_REGION = { regions: ['us-east-1'] };

async function oneBuild(options: LoopOptions = {}) {
  const world = newWorld({ policy: ONE_REGION });
  await world.prepare();
  const { id } = await world.ask();
  const loop = loopOf(world, options);
  return { world, loop, id, execution: `${id}-1` };
}

/** The one image that was started. */
function theImage({ imageBuilder }: World): string {
  const [image] = imageBuilder.images();
  if (image === undefined) throw new Error('no image was started');
  return image.arn;
}

async function expectDone(world: World): Promise<void> {
  await expectAtRest(world);
  await expectOneActiveEach(world, ['us-east-1']);
  expect(world.imageBuilder.images()).toHaveLength(1);
}

const without =
  (...detailTypes: string[]) =>
  ({ detailType }: BusEvent) =>
    detailTypes.includes(detailType) ? 0 : 1;

describe('the end of an image', () => {
  it('is found by the wait’s own hint if its event came before the token was stored', async () => {
    const { world, loop, execution } = await oneBuild({ deliveries: without('image') });
    const { services, imageBuilder, stepFunctions, effects } = world;
    const started = effects.done.length;
    // Right after the image is noted: its whole life and its event pass before the execution begins to wait.
    const at = await effectNumber('imageBuilder.start');
    effects.after(at - started + 1, async () => {
      const arn = theImage(world);
      imageBuilder.finish(arn);
      await resumeBuild({ kind: 'changed', imageArn: arn, status: 'AVAILABLE' }, services);
    });
    await loop.pump();
    expect(stepFunctions.executions.get(execution)?.status).toBe('succeeded');
    await loop.reconcile();
    await expectDone(world);
  });

  it('is found by the wait’s own hint if its event came before anybody knew whose image it is', async () => {
    const { world, loop, execution } = await oneBuild({ deliveries: without('image') });
    const { services, imageBuilder, stepFunctions, effects } = world;
    effects.after((await effectNumber('imageBuilder.start')) - effects.done.length, async () => {
      const arn = theImage(world);
      imageBuilder.finish(arn);
      await resumeBuild({ kind: 'changed', imageArn: arn, status: 'AVAILABLE' }, services);
    });
    await loop.pump();
    expect(stepFunctions.executions.get(execution)?.status).toBe('succeeded');
    await loop.reconcile();
    await expectDone(world);
  });

  it('is found by the reconciler if its event was dropped', async () => {
    const { world, loop } = await oneBuild({ deliveries: without('image') });
    await loop.settle(undefined, 30);
    await expectDone(world);
  });

  it('is recorded and published by the reconciler if its execution was stopped by hand', async () => {
    const { world, loop, execution } = await oneBuild();
    await loop.minutes(2);
    expect(world.stepFunctions.executions.get(execution)?.state).toBe('AwaitImage');
    await world.stepFunctions.stop(execution, 'by hand');
    await loop.settle(undefined, 30);
    await expectDone(world);
    expect(world.stepFunctions.executions.size).toBe(1);
  });

  it.each([
    ['while its execution waits', false],
    ['and its execution was stopped by hand', true],
  ])('that somebody deleted %s is told as one: another attempt makes it', async (_when, stopped) => {
    const { world, loop, id, execution } = await oneBuild();
    await loop.minutes(2);
    expect(world.stepFunctions.executions.get(execution)?.state).toBe('AwaitImage');
    world.imageBuilder.forget(theImage(world));
    if (stopped) await world.stepFunctions.stop(execution, 'by hand');
    await loop.settle(undefined, 60);
    expect(loop.failures).toEqual([]);
    expect(await world.build(id)).toMatchObject({ status: 'succeeded', attempts: 2 });
    const [first] = await world.services.regionBuilds.attempts(id);
    expect(first).toMatchObject({ outcome: 'ImageGone' });
    await expectDone(world);
  });

  it('resumes an execution whose token was replaced while it was sent', async () => {
    const { world, loop, execution, id } = await oneBuild({ deliveries: without('image') });
    const { services, imageBuilder, stepFunctions, effects } = world;
    await loop.pump();
    imageBuilder.finish(theImage(world));
    // The status is noted first, then the token is sent.
    effects.before(2, () => stepFunctions.waitAgain(execution));
    await resumeBuild({ kind: 'changed', imageArn: theImage(world), status: 'AVAILABLE' }, services);
    await loop.pump();
    expect((await world.build(id)).status).toBe('succeeded');
    await loop.reconcile();
    await expectDone(world);
  });

  it('is what Image Builder says, not what an event claims', async () => {
    const { world, loop, id } = await oneBuild();
    await loop.pump();
    const news = { kind: 'changed', imageArn: theImage(world), status: 'AVAILABLE' } as const;
    await resumeBuild(news, world.services);
    await resumeBuild({ ...news, status: 'FAILED' }, world.services);
    await loop.pump();
    expect(await world.build(id)).toMatchObject({ status: 'running', image: { status: 'PENDING' } });
    await loop.settle();
    await expectDone(world);
  });

  it('costs what it ran, however late anybody books it', async () => {
    const { world, loop, id } = await oneBuild({ deliveries: without('image') });
    const { services, imageBuilder } = world;
    await loop.pump();
    world.advance(30 * MINUTE);
    imageBuilder.finish(theImage(world));
    // Its execution hears of the end, and then hangs for hours.
    world.stepFunctions.hang(`${id}-1`);
    await resumeBuild({ kind: 'changed', imageArn: theImage(world), status: 'AVAILABLE' }, services);
    world.advance(2 * HOUR);
    await recordImage({ id }, services);
    const { grant, cost } = await world.build(id);
    expect(cost).toBe(runningCost(grant!.hourlyCost, 30 * MINUTE));
  });
});

describe('events', () => {
  it.each([2, 3])('delivered %i times each build one image and publish one AMI', async (times) => {
    const { world, loop } = await oneBuild({ deliveries: () => times });
    await loop.settle();
    expect(loop.failures).toEqual([]);
    await expectDone(world);
  });

  it('read backwards from the stream change nothing', async () => {
    const { world, loop } = await oneBuild({
      order: (changes) => [...changes].reverse(),
      deliveries: () => 2,
    });
    await loop.settle();
    expect(loop.failures).toEqual([]);
    await expectDone(world);
  });

  it('that never come make it slow, and nothing else', async () => {
    const { world, loop } = await oneBuild({ deliveries: () => 0 });
    await loop.settle(undefined, 120);
    expect(loop.failures).toEqual([]);
    await expectDone(world);
  });

  it.each(['Build Queued', 'Turn Awaited', 'Image Awaited', 'Build Finished'])(
    'that never come, such as %s, are made up for',
    async (detailType) => {
      const { world, loop } = await oneBuild({ deliveries: without(detailType) });
      await loop.settle(undefined, 60);
      await expectDone(world);
    },
  );

  it('of an image that is none of ours are none of our business', async () => {
    const { world, loop, id } = await oneBuild();
    await loop.pump();
    const before = await world.build(id);
    await resumeBuild({ kind: 'changed', imageArn: 'arn:other', status: 'AVAILABLE' }, world.services);
    await resumeBuild({ kind: 'awaited', regionBuild: 'nobody' }, world.services);
    expect(await world.build(id)).toEqual(before);
  });
});

describe('a build that is cancelled', () => {
  it('while it waits leaves the queue, and its execution ends', async () => {
    const world = newWorld({ policy: { ...ONE_REGION, mode: 'propose' } });
    await world.prepare();
    const { id } = await world.ask();
    const loop = loopOf(world);
    await loop.minutes(2);
    await cancelRegionBuilds([id], 'by a test', world.services);
    await loop.settle(undefined, 20);
    expect((await world.build(id)).status).toBe('cancelled');
    expect(world.stepFunctions.executions.get(`${id}-1`)).toMatchObject({
      status: 'succeeded',
      path: ['AwaitTurn', 'NothingToDo'],
    });
    await expectAtRest(world);
  });

  it('before its execution has stored a turn ends it there', async () => {
    const { world, loop, id } = await oneBuild();
    await cancelRegionBuilds([id], 'by a test', world.services);
    await world.stepFunctions.start(`${id}-1`, id);
    await loop.settle();
    expect(world.stepFunctions.executions.get(`${id}-1`)?.path).toEqual(['AwaitTurn', 'NothingToDo']);
    await expectAtRest(world);
  });

  it('while its image runs stops the image, pays for what ran, and publishes nothing', async () => {
    const { world, loop, id } = await oneBuild();
    await loop.minutes(3);
    await cancelRegionBuilds([id], 'by a test', world.services);
    await loop.settle();
    const { cost, status } = await world.build(id);
    expect({ status, paid: cost > 0 }).toEqual({ status: 'cancelled', paid: true });
    expect(world.imageBuilder.images().map((image) => image.status)).toEqual(['CANCELLED']);
    expect(world.amiParameters.puts).toEqual([]);
    await expectAtRest(world);
  });

  it('while its image is being started stops that image too', async () => {
    const { world, loop, id } = await oneBuild();
    const { effects, services } = world;
    effects.before((await effectNumber('imageBuilder.start')) - effects.done.length, async () => {
      await cancelRegionBuilds([id], 'by a test', services);
    });
    await loop.settle();
    expect(world.imageBuilder.images().map(({ status }) => status)).toEqual(['CANCELLED']);
    await expectAtRest(world);
  });
});

/** Which effect of a world like these it is that does something first: they are deterministic. */
async function effectNumber(effect: string): Promise<number> {
  const { world, loop } = await oneBuild({ deliveries: without('image') });
  await loop.pump();
  return world.effects.done.indexOf(effect) + 1;
}
