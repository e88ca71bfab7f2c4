import { describe, expect, it } from 'vitest';
import { operations } from '../../src/app/control/operations.ts';
import { checkBaseImages } from '../../src/app/checkBaseImages.ts';
import { reconcile } from '../../src/app/reconcile.ts';
import { anyway, SeveralFailed } from '../../src/app/anyway.ts';
import { freeDeadSlots } from '../../src/app/reconcile/freeDeadSlots.ts';
import { NotPublishedYet } from '../../src/app/buildErrors.ts';
import { grant } from '../../src/core/builds/grant.ts';
import { HOUR, MINUTE } from '../../src/core/words.ts';
import { memoryLog } from '../../src/memory/memoryLog.ts';
import { loopOf } from './loop.ts';
import { expectAtRest, expectOneActiveEach } from './outcome.ts';
import { baseImageId, newWorld, TEMPLATE, type World } from './world.ts';

const HERE = ['us-east-1'];

async function oneBuild() {
  const world = newWorld({ policy: { regions: HERE } });
  await world.prepare();
  const { id } = await world.ask();
  return { world, id, name: `${id}-1` };
}

async function expectDone(world: World): Promise<void> {
  await expectAtRest(world);
  await expectOneActiveEach(world, HERE);
}

describe('an execution', () => {
  it('that was never started is started by the reconciler, after its event has had its time', async () => {
    const { world, id, name } = await oneBuild();
    const { services, stepFunctions } = world;
    await reconcile(undefined, services);
    expect(stepFunctions.executions.size).toBe(0);
    world.advance(6 * MINUTE);
    await reconcile(undefined, services);
    expect([...stepFunctions.executions.keys()]).toEqual([name]);
    await loopOf(world).settle();
    expect((await world.build(id)).executionNumber).toBe(1);
    await expectDone(world);
  });

  it.each(['AwaitTurn', 'CheckBudget', 'StartImage', 'AwaitImage'])(
    'that was stopped by hand in %s is replaced or no longer needed',
    async (state) => {
      const { world, name } = await oneBuild();
      const loop = loopOf(world);
      const { stepFunctions, services } = world;
      await stepFunctions.start(name, name.slice(0, -2));
      const execution = stepFunctions.executions.get(name)!;
      await until(world, () => execution.state === state);
      await stepFunctions.stop(name, 'by hand');
      await loop.settle(undefined, 60);
      expect(loop.failures).toEqual([]);
      expect(await services.slots.taken('us-east-1')).toEqual([]);
      expect(world.imageBuilder.images()).toHaveLength(1);
      await expectDone(world);
    },
  );

  it('that hangs before it has stored its turn is stopped and started anew', async () => {
    const { world, id, name } = await oneBuild();
    await world.stepFunctions.start(name, id);
    world.stepFunctions.hang(name);
    const loop = loopOf(world);
    await loop.settle(undefined, 60);
    expect(world.stepFunctions.executions.get(name)?.status).toBe('stopped');
    expect((await world.build(id)).executionNumber).toBe(2);
    await expectDone(world);
  });

  it('that hangs while it starts its image is stopped; the image it started is found again', async () => {
    const { world, id, name } = await oneBuild();
    const { effects, stepFunctions } = world;
    const loop = loopOf(world);
    let hung = false;
    const { imageBuilder } = world.services;
    const start = imageBuilder.start.bind(imageBuilder);
    Object.assign(imageBuilder, {
      start: async (...args: Parameters<typeof start>) => {
        const answer = await start(...args);
        if (hung) return answer;
        hung = true;
        stepFunctions.hang(name);
        throw new NotPublishedYet('an error that Step Functions never hears of');
      },
    });
    await loop.settle(undefined, 90);
    expect(effects.done).toContain('executions.stop');
    expect(world.imageBuilder.images()).toHaveLength(1);
    expect(await world.build(id)).toMatchObject({ executionNumber: 2, attempts: 1 });
    await expectDone(world);
  });

  it('of an older definition is started anew while it waits, and let be while it builds', async () => {
    const world = newWorld({ policy: { regions: HERE, mode: 'propose' } });
    await world.prepare();
    const { id } = await world.ask();
    const loop = loopOf(world);
    await loop.minutes(8);
    world.stepFunctions.redefine();
    await loop.minutes(3);
    expect((await world.build(id)).executionNumber).toBe(2);
    await world.setPolicy({ regions: HERE });
    await loop.minutes(2);
    world.stepFunctions.redefine();
    await loop.settle();
    expect((await world.build(id)).executionNumber).toBe(2);
    await expectDone(world);
  });

  it('that waits as it should is left alone, tick after tick', async () => {
    const world = newWorld({ policy: { regions: HERE, mode: 'propose' } });
    await world.prepare();
    const { id } = await world.ask();
    const loop = loopOf(world);
    await loop.minutes(35);
    expect((await world.build(id)).executionNumber).toBe(1);
    expect(world.stepFunctions.tokens).toHaveLength(1);
  });
});

describe('a slot', () => {
  const SLOT = { region: 'us-east-1', slot: 4, regionBuild: 'ghost-us-east-1-x86_64-1', attempt: 1 };

  it('of an owner that does not exist comes free', async () => {
    const { world } = await oneBuild();
    await world.services.commits.commit([{ kind: 'take-slot', ...SLOT }]);
    await freeDeadSlots(world.services);
    expect(await world.services.slots.taken('us-east-1')).toEqual([]);
  });

  it('of an attempt that is over comes free, and its money with it', async () => {
    const { world, id } = await oneBuild();
    const { services } = world;
    const build = await world.build(id);
    const key = 'daily#2026-11-24';
    const { writes } = grant(
      build,
      {
        slot: 4,
        amount: 1_000,
        holdings: [{ key, amount: 1_000, share: 10_000, limit: 10_000 }],
        baseImageId: baseImageId('us-east-1', 1),
        baseImageName: 'al2023-1',
        baseRelease: '1',
        fingerprint: 'f',
        instanceType: 'm7i.large',
        maximumDuration: MINUTE,
        hourlyCost: 1,
      },
      services.now(),
    );
    // Only a hand could do this: slot, money and attempt without the region build.
    const stray = writes.filter(({ kind }) => ['take-slot', 'reserve', 'attempt'].includes(kind));
    await services.commits.commit(stray);
    expect((await services.pots.balances([key]))[0]?.reserved).toBe(1_000);
    await freeDeadSlots(services);
    expect(await services.slots.taken('us-east-1')).toEqual([]);
    expect((await services.pots.balances([key]))[0]).toMatchObject({ reserved: 0, settled: 0 });
    expect((await services.regionBuilds.attempts(id))[0]).toMatchObject({ state: 'released' });
  });

  it('that somebody took away before the budget was checked sends the build back to its queue', async () => {
    const { world, id } = await oneBuild();
    const { services, effects } = world;
    const loop = loopOf(world, { deliveries: ({ detailType }) => (detailType === 'Turn Awaited' ? 0 : 1) });
    await loop.pump();
    effects.after(1, async () => {
      const { slot, attempt } = (await world.build(id)).grant!;
      await services.commits.commit([
        { kind: 'free-slot', region: 'us-east-1', slot, regionBuild: id, attempt },
      ]);
    });
    await loop.settle();
    expect((await world.build(id)).attempts).toBe(2);
    const told = await services.regionBuilds.explanation(id);
    expect(told.map(({ because }) => because)).toContain('attempt 1 has lost its slot');
    await expectDone(world);
  });
});

describe('the slow tick', () => {
  it('twice at once, at every tick, changes nothing but what one would', async () => {
    const { world } = await oneBuild();
    const loop = loopOf(world, { deliveries: () => 0 });
    for (let minute = 0; minute < 60; minute++) {
      await loop.minute();
      await Promise.all([reconcile(undefined, world.services), reconcile(undefined, world.services)]);
    }
    expect(loop.failures).toEqual([]);
    expect(world.imageBuilder.images()).toHaveLength(1);
    await expectDone(world);
  });

  it('does its other duties when one fails, and throws what failed at the end', async () => {
    const { world, name } = await oneBuild();
    world.advance(6 * MINUTE);
    const broken = {
      ...world.services,
      baseImages: {
        ...world.services.baseImages,
        unassessed: () => Promise.reject(new Error('the index is gone')),
      },
    };
    await expect(reconcile(undefined, broken)).rejects.toThrow(
      'assess what is pending: Error: the index is gone',
    );
    expect([...world.stepFunctions.executions.keys()]).toEqual([name]);
  });

  it('mends and publishes before it looks at feeds, and leaves what slow ones have no time for to the next tick', async () => {
    const { world, name } = await oneBuild();
    const { services } = world;
    for (const release of ['2', '3']) {
      world.publishUpstream('us-east-1', Number(release));
      await checkBaseImages({}, services);
    }
    world.advance(6 * MINUTE);
    const startedAtFirstLook: boolean[] = [];
    const assess = services.evidence.assess.bind(services.evidence);
    Object.assign(services.evidence, {
      async assess(...args: Parameters<typeof assess>) {
        startedAtFirstLook.push(world.stepFunctions.executions.has(name));
        world.advance(4 * MINUTE);
        return assess(...args);
      },
    });
    const waiting = (await services.baseImages.unassessed()).length;
    expect(waiting).toBeGreaterThan(1);
    await reconcile(undefined, services);
    expect(startedAtFirstLook).toEqual([true]);
    expect(await services.baseImages.unassessed()).toHaveLength(waiting - 1);
    await reconcile(undefined, services);
    expect(await services.baseImages.unassessed()).toHaveLength(waiting - 2);
  });

  it('tells everything that failed at once, and not what only has to wait', async () => {
    const log = memoryLog();
    const work = async (n: number) => {
      if (n === 2) throw new NotPublishedYet('later');
      if (n > 2) throw new TypeError(`broken ${n}`);
    };
    const failed = anyway([1, 2, 3, 4], (n) => `number ${n}`, work, log);
    await expect(failed).rejects.toThrow(SeveralFailed);
    await expect(failed).rejects.toThrow('number 3: TypeError: broken 3; number 4: TypeError: broken 4');
    expect(log.messages('warn')).toEqual(['left to the next tick']);
    expect(log.messages('error')).toEqual(['failed', 'failed']);
  });
});

describe('a region that is taken out of the configuration', () => {
  /** From now on AWS denies every call there. */
  function takeOut(world: World, region: string) {
    const { services } = world;
    const calls: string[] = [];
    const denied = async (at: string): Promise<never> => {
      calls.push(at);
      throw new Error(`AccessDenied in ${at}`);
    };
    const { imageBuilder, amiParameters } = services;
    const closed = <A extends readonly unknown[], R>(call: (at: string, ...rest: A) => Promise<R>) => {
      return (at: string, ...rest: A): Promise<R> => (at === region ? denied(at) : call(at, ...rest));
    };
    Object.assign(imageBuilder, {
      start: closed(imageBuilder.start.bind(imageBuilder)),
      look: closed(imageBuilder.look.bind(imageBuilder)),
      cancel: closed(imageBuilder.cancel.bind(imageBuilder)),
      tidy: closed(imageBuilder.tidy.bind(imageBuilder)),
    });
    Object.assign(amiParameters, {
      get: closed(amiParameters.get.bind(amiParameters)),
      put: closed(amiParameters.put.bind(amiParameters)),
      several: closed(amiParameters.several.bind(amiParameters)),
    });
    const regions = services.settings.regions.filter(({ name }) => name !== region);
    Object.assign(services, { settings: { ...services.settings, regions } });
    return { calls };
  }

  async function everythingIsFree({ services }: World): Promise<void> {
    expect(await services.slots.taken('us-east-1')).toEqual([]);
    expect(await services.regionBuilds.untidy()).toEqual([]);
    expect(await services.amis.unpublished()).toEqual([]);
    expect((await services.regionBuilds.open()).builds).toEqual([]);
    const [pot] = await services.pots.balances(['daily#2026-11-24']);
    expect(pot?.reserved ?? 0).toBe(0);
  }

  it.each([
    ['waits in its queue', 0],
    ['builds its image', 3],
  ])('while a build %s ends it as failed, with no call there, and frees what it held', async (_, minutes) => {
    const { world, id } = await oneBuild();
    const loop = loopOf(world);
    await loop.minutes(minutes);
    expect((await world.build(id)).status).toBe(minutes === 0 ? 'queued' : 'running');
    const [before] = await world.services.pots.balances(['daily#2026-11-24']);
    expect((before?.reserved ?? 0) > 0).toBe(minutes > 0);
    const { calls } = takeOut(world, 'us-east-1');
    await reconcile(undefined, world.services);
    expect(await world.build(id)).toMatchObject({
      status: 'failed',
      failure: { error: 'RegionNotConfigured', reason: 'region us-east-1 is no longer configured' },
    });
    await everythingIsFree(world);
    await loop.pump();
    expect(world.stepFunctions.running()).toEqual([]);
    expect([...calls, ...loop.failures]).toEqual([]);
    const [target] = await world.services.targets.of(TEMPLATE);
    expect(target).toMatchObject({ failuresInARow: 0 });
  });

  it('between a cancellation and its tidying, leaves nothing pending', async () => {
    const { world, id } = await oneBuild();
    await loopOf(world).minutes(3);
    const { calls } = takeOut(world, 'us-east-1');
    const caller = { actor: 'ada', requestId: 'request-1' };
    const { regionBuilds } = await operations(world.services).cancel({ id }, caller);
    expect(regionBuilds.map(({ outcome }) => outcome)).toEqual(['cancelled']);
    await reconcile(undefined, world.services);
    await everythingIsFree(world);
    expect(calls).toEqual([]);
    expect(world.log.messages('warn')).toEqual([]);
  });

  it.each([
    ['a candidate soaks', { soak: HOUR }, 'superseded'],
    ['a promoted AMI is not published yet', {}, 'active'],
  ] as const)('while %s drops its mark', async (_, policy, state) => {
    const world = newWorld({ policy: { regions: HERE, ...policy } });
    await world.prepare();
    const { id } = await world.ask();
    world.amiParameters.delay();
    await loopOf(world).minutes(9);
    const { calls } = takeOut(world, 'us-east-1');
    await reconcile(undefined, world.services);
    await everythingIsFree(world);
    const { amiId } = await world.build(id);
    expect(await world.services.amis.get(TEMPLATE, amiId!)).toMatchObject({ state });
    const told = await world.services.regionBuilds.explanation(id);
    expect(told.at(-1)?.because).toBe(`${amiId} is not published: region us-east-1 is no longer configured`);
    expect(calls).toEqual([]);
  });
});

/** Runs dispatcher and executions, no further than until something holds. */
async function until({ stepFunctions, ...world }: World, holds: () => boolean): Promise<void> {
  const loop = loopOf({ stepFunctions, ...world });
  for (let step = 0; step < 20 && !holds(); step++) {
    await stepFunctions.step();
    if (!holds()) await loop.dispatch();
  }
  expect(holds()).toBe(true);
}
