import { describe, expect, it } from 'vitest';
import { queue } from '../../src/app/control/queue.ts';
import { heedHint } from '../../src/app/heedHint.ts';
import { requestBuilds } from '../../src/app/requestBuilds.ts';
import { DEFAULT_POLICY } from '../../src/core/policy/policy.ts';
import { DAY, HOUR } from '../../src/core/words.ts';
import { loopOf } from './loop.ts';
import { aTemplate, newWorld, REGIONS, START, TEMPLATE, type World } from './world.ts';

/** Launches of this minute, each with an id of its own unless `ids` says otherwise. */
async function launched(world: World, times: number, ids = (n: number) => `${world.services.now()}-${n}`) {
  const heeded = [];
  for (let n = 0; n < times; n += 1) {
    const launch = { id: ids(n), template: TEMPLATE, at: world.services.now() };
    heeded.push(await heedHint({ launch }, world.services));
  }
  return heeded;
}

const openBuilds = async ({ services }: World) => (await services.regionBuilds.open()).builds;

async function applied(policy: Parameters<World['setPolicy']>[0] = {}): Promise<World> {
  const world = newWorld({ policy });
  await world.prepare();
  return world;
}

describe('a template that is launched often', () => {
  it('gets its first image without being asked for, off-peak and from the daily pot', async () => {
    const world = await applied();
    const heeded = await launched(world, 5);
    expect(heeded.map(({ looked }) => looked?.requested.length ?? 0)).toEqual([0, 0, 0, 0, 2]);
    for (const build of await openBuilds(world))
      expect(build).toMatchObject({
        triggers: ['popularity'],
        pot: 'daily',
        // Its launches add to the priority of popular builds.
        priority: DEFAULT_POLICY.priorities.popularity + 5,
        deadlineBinds: false,
        reasons: [
          {
            because: `${TEMPLATE} is popular: launched at least 5 times in the last 7 days (UTC), today included`,
          },
        ],
      });
    await loopOf(world).minutes(5);
    const { waiting } = await world.services.regionBuilds.open();
    expect([...waiting.values()].map(({ rule }) => rule)).toEqual(['off-peak-window', 'off-peak-window']);
  });

  it('is asked for once, however often it is launched', async () => {
    const world = await applied();
    await launched(world, 20);
    expect(await requestBuilds({}, world.services)).toMatchObject({ requested: [], joined: [] });
    expect(await openBuilds(world)).toHaveLength(REGIONS.length);
  });

  it('is not popular by one launch that is told five times', async () => {
    const world = await applied();
    await launched(world, 5, () => 'the same');
    expect(await openBuilds(world)).toEqual([]);
  });

  it('is not popular by launches of long ago', async () => {
    const world = await applied();
    await launched(world, 4);
    world.advance(8 * DAY);
    await launched(world, 4);
    await requestBuilds({}, world.services);
    expect(await openBuilds(world)).toEqual([]);
  });

  it('is found by the slow tick where no launch saw that it was the one', async () => {
    const world = await applied();
    for (let n = 0; n < 6; n += 1)
      await world.services.launches.note({ id: `${n}`, template: TEMPLATE, at: START });
    await requestBuilds({}, world.services);
    expect(await openBuilds(world)).toHaveLength(REGIONS.length);
  });

  it.each([
    ['popularity is off', { popularity: { ...DEFAULT_POLICY.popularity, enabled: false } }],
    ['the template asks for more', { templates: { [TEMPLATE]: { popularityThreshold: 30 } } }],
    ['the mode is stopped', { mode: 'stopped' as const }],
  ])('but not where %s', async (_, policy) => {
    const world = await applied(policy);
    await launched(world, 20);
    expect(await openBuilds(world)).toEqual([]);
  });

  it('with an image it is rebuilt for reasons of its own only', async () => {
    const world = await applied({ preferOffPeak: false, securityWindow: null });
    await world.ask();
    await world.ask({ region: 'us-west-2' });
    await loopOf(world).settle();
    await launched(world, 9);
    expect(await openBuilds(world)).toEqual([]);
  });

  // docs/adr/0010: what the policy says of a level holds for popular templates too.
  it.each(['off', 'approve'] as const)('with an image, a level that is %s stays so', async (action) => {
    const { perLevel } = DEFAULT_POLICY;
    const world = await applied({
      preferOffPeak: false,
      perLevel: { ...perLevel, critical: { ...perLevel.critical, action } },
    });
    await world.ask();
    await world.ask({ region: 'us-west-2' });
    const loop = loopOf(world);
    await loop.settle();
    await launched(world, 9);
    for (const region of REGIONS) world.publishUpstream(region, 2);
    await loop.scan();
    await loop.minutes(30);
    const open = await openBuilds(world);
    expect(open.map(({ status, approval }) => [status, approval])).toEqual(
      action === 'off' ? [] : REGIONS.map(() => ['queued', 'wanted']),
    );
  });

  it('launches of an unknown template are nothing to count', async () => {
    const world = await applied();
    const launch = { id: 'a', template: 'nobody-knows', at: START };
    expect(await heedHint({ launch }, world.services)).toEqual({ counted: false, looked: null });
    expect(await heedHint({ launch: null }, world.services)).toEqual({ counted: false, looked: null });
    expect(await world.services.launches.since(0)).toEqual([]);
  });
});

describe('a dormant template', () => {
  /** It has an image, and its base moves for no stated reason. */
  async function follows(launches: number, fewest = 3): Promise<World> {
    const dormancy = { launches: fewest, window: 30 * DAY };
    const world = newWorld({ policy: { dormancy, preferOffPeak: false, regions: ['us-east-1'] } });
    await world.prepare([aTemplate()]);
    await world.ask();
    await loopOf(world).settle();
    await launched(world, launches);
    // Nobody recorded this step: the base is another one, and that is all that is known.
    await world.publishBase('us-east-1', 2);
    await requestBuilds({}, world.services);
    return world;
  }

  it('does not follow its base for that alone', async () => {
    expect(await openBuilds(await follows(2))).toEqual([]);
  });

  it('does as soon as it is launched often enough', async () => {
    expect(await openBuilds(await follows(3))).toMatchObject([{ triggers: ['dependency'] }]);
  });

  it('is none that is popular, though the policy would have it launched more', async () => {
    expect(await openBuilds(await follows(4, 100))).toEqual([]);
    expect(await openBuilds(await follows(5, 100))).toMatchObject([{ triggers: ['dependency'] }]);
  });
});

describe('launches', () => {
  it('count by whole days: those of a day that the window reaches only in part do not', async () => {
    const world = await applied({ popularity: { ...DEFAULT_POLICY.popularity, window: DAY } });
    // Half past midnight, and the evening of the same day; then the next day.
    world.advance(Date.parse('2026-12-01T00:30:00Z') - START);
    await launched(world, 4);
    world.advance(DAY);
    await launched(world, 4);
    expect(await openBuilds(world)).toEqual([]);
    world.advance(23 * HOUR - HOUR / 2);
    await launched(world, 1);
    expect(await openBuilds(world)).toMatchObject(
      REGIONS.map(() => ({
        reasons: [{ because: `${TEMPLATE} is popular: launched at least 5 times today (UTC)` }],
      })),
    );
  });

  it('decide at every plan which of two builds of one priority goes first', async () => {
    const world = newWorld();
    await world.prepare([aTemplate(), aTemplate({ slug: 'r-research', name: 'R Research' })]);
    for (const template of [TEMPLATE, 'r-research'])
      for (let n = 0; n < 5; n += 1)
        await heedHint({ launch: { id: `${template}-${n}`, template, at: START } }, world.services);
    const queued = async () =>
      (await queue({ limit: 10 }, world.services)).regionBuilds.map(({ template }) => template);
    expect((await queued())[0]).toBe(TEMPLATE);
    await heedHint({ launch: { id: 'one more', template: 'r-research', at: START } }, world.services);
    expect((await queued())[0]).toBe('r-research');
  });
});
