import { describe, expect, it } from 'vitest';
import { dispatchBuilds } from '../../src/app/dispatchBuilds.ts';
import { cancelRegionBuilds } from '../../src/app/control/cancelRegionBuilds.ts';
import { potKeys } from '../../src/core/money/potKeys.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { DEFAULT_POLICY } from '../../src/core/policy/policy.ts';
import { zoneCalendar } from '../../src/core/time/calendar.ts';
import { die } from '../../src/memory/table/faults.ts';
import { loopOf, type Loop, type LoopOptions } from './loop.ts';
import { aTemplate, newWorld, START, TEMPLATE, type World } from './world.ts';

const OTHER = 'r-research';
/** The ceiling of a build: three hours of an m7i.large and its volume. */
const CEILING = 308_976;

/** Nobody dispatches but the test and the clock. */
const WITHOUT_HINTS: LoopOptions = {
  deliveries: ({ detailType }) => (detailType === 'Turn Awaited' ? 0 : 1),
};

async function oneThatWaits(policy: Partial<Policy> = {}): Promise<{ world: World; loop: Loop }> {
  const world = newWorld({ policy: { ...policy, regions: ['us-east-1'] } });
  await world.prepare([aTemplate(), aTemplate({ slug: OTHER })]);
  await world.ask();
  const loop = loopOf(world, WITHOUT_HINTS);
  await loop.pump();
  return { world, loop };
}

/** Two builds of one region that have stored their turns: whoever dispatches next decides. */
async function twoThatWait(policy: Partial<Policy> = {}): Promise<{ world: World; loop: Loop }> {
  const world = newWorld({ policy: { ...policy, regions: ['us-east-1'] } });
  await world.prepare([aTemplate(), aTemplate({ slug: OTHER })]);
  await world.ask();
  await world.ask({ template: OTHER });
  const loop = loopOf(world, WITHOUT_HINTS);
  await loop.pump();
  return { world, loop };
}

async function statuses({ services }: World): Promise<string[]> {
  return (await services.regionBuilds.open()).builds.map(({ status }) => status).sort();
}

/** While the first dispatcher is about to grant, something more urgent comes, and a second one serves it. */
async function overtake(world: World, loop: Loop, region = 'us-east-1'): Promise<void> {
  const { services, effects } = world;
  const [mine] = (await services.regionBuilds.open()).builds;
  effects.before(1, async () => {
    const { id } = await world.ask({ template: OTHER, region }, { urgency: 'critical' });
    await loop.pump();
    await dispatchBuilds({}, services);
    expect((await world.build(id)).status).toBe('granted');
  });
  await dispatchBuilds({}, services);
  expect((await world.build(mine!.id)).status).toBe('queued');
}

describe('two dispatchers at once', () => {
  it('on the last slot: only one of them gets it', async () => {
    const { world, loop } = await oneThatWaits({ slotsPerRegion: 1 });
    await overtake(world, loop);
    expect(await world.services.slots.taken('us-east-1')).toHaveLength(1);
  });

  it('on the last dollar: no pot is reserved beyond its limit', async () => {
    const budgets = { ...DEFAULT_POLICY.budgets, daily: 1.5 * CEILING, semesterPrepDaily: 1.5 * CEILING };
    const { world, loop } = await oneThatWaits({ budgets });
    // In another region, so that it is the money alone that both want.
    await overtake(world, loop, 'us-west-2');
    const pots = await world.services.pots.balances(potKeys('daily', START, zoneCalendar('UTC')));
    expect(pots.map(({ reserved }) => reserved)).toEqual([CEILING, CEILING]);
  });

  it('that grant the same build: it is granted once', async () => {
    const { world } = await twoThatWait({ slotsPerRegion: 1 });
    const { services, effects } = world;
    effects.before(1, async () => {
      await dispatchBuilds({}, services);
    });
    await dispatchBuilds({}, services);
    expect(await statuses(world)).toEqual(['granted', 'queued']);
    expect(await services.slots.taken('us-east-1')).toHaveLength(1);
  });

  it('that race for everything grant each build once', async () => {
    const { world, loop } = await twoThatWait();
    await Promise.all([1, 2, 3].map(() => dispatchBuilds({}, world.services)));
    expect(await world.services.slots.taken('us-east-1')).toHaveLength(2);
    await loop.settle();
    expect(world.imageBuilder.images()).toHaveLength(2);
  });
});

describe('a dispatcher', () => {
  it('returns at once when nothing is open', async () => {
    const world = newWorld();
    await world.prepare();
    expect(await dispatchBuilds({}, world.services)).toEqual({
      open: 0,
      granted: 0,
      refused: 0,
      sentAgain: 0,
    });
  });

  it('sends again what another one granted before it died', async () => {
    const { world, loop } = await twoThatWait();
    const { services, effects, stepFunctions } = world;
    // The grant is its first effect, the token its second.
    effects.before(2, die);
    await effects.handle(() => dispatchBuilds({}, services)).catch(() => undefined);
    expect(await statuses(world)).toEqual(['granted', 'queued']);
    expect(stepFunctions.running().map(({ state }) => state)).toEqual(['AwaitTurn', 'AwaitTurn']);
    await loop.dispatch();
    await loop.pump();
    expect(stepFunctions.running().map(({ state }) => state)).toEqual(['AwaitImage', 'AwaitImage']);
  });

  it('serves those behind a build for which it fails, and tells of the failure at the end', async () => {
    const { world, loop } = await twoThatWait();
    const { services, effects, stepFunctions } = world;
    // The first grant is its first effect, the first token its second.
    effects.before(2, () => {
      throw new Error('Step Functions is away');
    });
    await expect(dispatchBuilds({}, services)).rejects.toThrow('Step Functions is away');
    expect(await statuses(world)).toEqual(['granted', 'granted']);
    await loop.dispatch();
    await loop.pump();
    expect(stepFunctions.running().map(({ state }) => state)).toEqual(['AwaitImage', 'AwaitImage']);
  });

  it('does no harm with a token that went stale in its hands: the newer one is sent next time', async () => {
    const { world, loop } = await twoThatWait();
    const { services, effects, stepFunctions } = world;
    effects.before(2, () => stepFunctions.waitAgain(stepFunctions.running()[0]!.name));
    await dispatchBuilds({}, services);
    await loop.pump();
    expect(
      stepFunctions
        .running()
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['AwaitImage', 'AwaitTurn']);
    await loop.dispatch();
    await loop.pump();
    expect(stepFunctions.running().map(({ state }) => state)).toEqual(['AwaitImage', 'AwaitImage']);
  });

  it('grants nothing that was cancelled under its hands', async () => {
    const { world, loop } = await twoThatWait();
    const { services, effects, stepFunctions } = world;
    const [first] = (await services.regionBuilds.open()).builds;
    effects.before(1, async () => {
      await cancelRegionBuilds([first!.id], 'by a test', services);
    });
    await dispatchBuilds({}, services);
    expect((await world.build(first!.id)).status).toBe('cancelled');
    expect(await services.slots.taken('us-east-1')).toHaveLength(1);
    await loop.settle();
    expect(stepFunctions.executions.get(`${first!.id}-1`)).toMatchObject({
      status: 'succeeded',
      state: 'NothingToDo',
    });
  });

  it('holds a build whose execution has not stored its turn yet', async () => {
    const world = newWorld();
    await world.prepare();
    const { id } = await world.ask();
    await dispatchBuilds({}, world.services);
    const open = await world.services.regionBuilds.open();
    expect(open.builds.map(({ status }) => status)).toEqual(['queued']);
    expect(open.waiting.get(id)).toMatchObject({ rule: 'turn' });
  });

  it('holds a build whose instance type nobody knows the price of', async () => {
    const { world } = await twoThatWait();
    world.prices.set('us-east-1', 'm7i.large', undefined);
    await dispatchBuilds({}, world.services);
    const { waiting } = await world.services.regionBuilds.open();
    expect([...waiting.values()].map(({ rule }) => rule)).toEqual(['price', 'price']);
  });

  it('says why a build waits once, not at every look', async () => {
    const { world, loop } = await twoThatWait({ slotsPerRegion: 1 });
    await loop.dispatch();
    const writes = world.effects.done.length;
    const { waiting } = await world.services.regionBuilds.open();
    expect([...waiting.values()].map(({ rule }) => rule).sort()).toEqual(['granted', 'slots']);
    await dispatchBuilds({}, world.services);
    expect(world.effects.done.slice(writes).filter((effect) => effect === 'commits.commit')).toEqual([]);
  });

  it('decides and explains in mode observe, and grants nothing', async () => {
    const { world } = await twoThatWait({ mode: 'observe' });
    expect(await dispatchBuilds({}, world.services)).toMatchObject({ open: 2, granted: 0 });
    const { waiting } = await world.services.regionBuilds.open();
    expect([...waiting.values()].map(({ because }) => because)[0]).toContain(
      'in mode act it would start now',
    );
  });

  it('refuses what no pot can ever pay, with both numbers, and ends its execution', async () => {
    const world = newWorld();
    await world.prepare();
    const { id } = await world.ask({}, { maxCost: 100_000 });
    const loop = loopOf(world);
    await loop.pump();
    const { status, failure } = await world.build(id);
    expect(status).toBe('refused');
    expect(failure?.reason).toBe('refused: its ceiling of $0.3090 is above its own limit of $0.10');
    expect(world.stepFunctions.running()).toEqual([]);
  });

  it('ends a build that would only make the active image again', async () => {
    const world = newWorld({ policy: { regions: ['us-east-1'] } });
    await world.prepare();
    const loop = loopOf(world);
    await world.ask();
    await loop.settle();
    const again = await world.ask();
    await loop.settle();
    expect(await world.build(again.id)).toMatchObject({ status: 'cancelled', cost: 0 });
    const forced = await world.ask({}, { forced: true });
    await loop.settle();
    expect((await world.build(forced.id)).status).toBe('succeeded');
    expect((await world.services.amis.of(TEMPLATE)).map(({ state }) => state).sort()).toEqual([
      'active',
      'superseded',
    ]);
  });
});
