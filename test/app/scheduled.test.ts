import { describe, expect, it } from 'vitest';
import { cancelRegionBuilds } from '../../src/app/control/cancelRegionBuilds.ts';
import { requestBuilds } from '../../src/app/requestBuilds.ts';
import type { RegionBuild } from '../../src/core/builds/regionBuild.ts';
import { DEFAULT_POLICY } from '../../src/core/policy/policy.ts';
import { DAY, HOUR } from '../../src/core/words.ts';
import { loopOf } from './loop.ts';
import { aTemplate, newWorld, START, TEMPLATE, type World } from './world.ts';

const TERM = {
  name: 'winter term',
  start: '2026-12-01',
  end: '2027-02-01',
  startsAt: START + 7 * DAY,
  endsAt: START + 60 * DAY,
};
const IN_SEASON = {
  seasonal: { ...DEFAULT_POLICY.seasonal, enabled: true, templates: [TEMPLATE], terms: [TERM] },
  preferOffPeak: false,
};

async function openBuilds({ services }: World): Promise<readonly RegionBuild[]> {
  return (await services.regionBuilds.open()).builds;
}

describe('a template in season', () => {
  it('is built though nobody asked for it, by the start of the term', async () => {
    const world = newWorld({ policy: IN_SEASON });
    await world.prepare();
    await requestBuilds({}, world.services);
    const builds = await openBuilds(world);
    expect(builds.map(({ region }) => region)).toEqual(['us-east-1', 'us-west-2']);
    for (const build of builds)
      expect(build).toMatchObject({
        triggers: ['scheduled'],
        deadline: TERM.startsAt,
        deadlineBinds: true,
        pot: 'daily',
        reasons: [{ because: `${TEMPLATE} is to be ready for winter term, which starts on 2026-12-01` }],
      });
  });

  it('is asked for once, while it waits and when it is built', async () => {
    const world = newWorld({ policy: IN_SEASON });
    await world.prepare();
    await requestBuilds({}, world.services);
    expect(await requestBuilds({}, world.services)).toMatchObject({ requested: [], joined: [] });
    await loopOf(world).settle();
    world.advance(DAY);
    expect(await requestBuilds({}, world.services)).toMatchObject({ requested: [], joined: [] });
  });

  it('gives its deadline to the build that waits already', async () => {
    const world = newWorld({ policy: IN_SEASON });
    await world.prepare();
    const { id } = await world.ask();
    const { joined } = await requestBuilds({}, world.services);
    expect(joined).toEqual([id]);
    expect(await world.build(id)).toMatchObject({
      triggers: ['scheduled', 'manual'],
      deadline: TERM.startsAt,
      deadlineBinds: true,
    });
  });

  it('is not asked for again when its build was cancelled', async () => {
    const world = newWorld({ policy: IN_SEASON });
    await world.prepare();
    await requestBuilds({}, world.services);
    const ids = (await openBuilds(world)).map(({ id }) => id);
    await cancelRegionBuilds(ids, 'not this year', world.services);
    expect(await requestBuilds({}, world.services)).toMatchObject({ requested: [], joined: [] });
  });

  it('out of season nothing is asked for', async () => {
    const world = newWorld({ policy: { seasonal: { ...IN_SEASON.seasonal, lead: DAY } } });
    await world.prepare();
    expect(await requestBuilds({}, world.services)).toMatchObject({ requested: [] });
  });
});

describe('an image older than the policy’s maximum', () => {
  async function built(policy: Parameters<World['setPolicy']>[0] = {}): Promise<World> {
    const world = newWorld({ policy: { regions: ['us-east-1'], preferOffPeak: false, ...policy } });
    await world.prepare();
    await world.ask();
    await loopOf(world).settle();
    return world;
  }

  it('is built again on the same base, once, and its age begins anew', async () => {
    const world = await built();
    const [first] = await world.services.amis.of(TEMPLATE);
    world.advance(7 * DAY - 2 * HOUR);
    await requestBuilds({}, world.services);
    expect(await openBuilds(world)).toEqual([]);
    world.advance(2 * HOUR);
    // Two at once, and one that comes later: the epoch is raised by one.
    await Promise.all([1, 2].map(() => requestBuilds({}, world.services)));
    await requestBuilds({}, world.services);
    const builds = await openBuilds(world);
    expect(builds).toMatchObject([
      {
        triggers: ['scheduled'],
        level: 'none',
        deadlineBinds: false,
        reasons: [
          {
            because: `the image ${first?.amiId ?? ''} has been in use for 7 days, the longest the policy allows`,
          },
        ],
      },
    ]);
    await loopOf(world).settle();
    const [target] = await world.services.targets.of(TEMPLATE);
    expect(target).toMatchObject({
      packageEpoch: 1,
      active: { packageEpoch: 1 },
      previous: { amiId: first?.amiId },
    });
    expect(target?.active?.baseImageId).toBe(first?.baseImageId);
    expect(await requestBuilds({}, world.services)).toMatchObject({ requested: [] });
  });

  it('is left alone where the policy has none, and where nothing may be built', async () => {
    const ageless = await built({ securityWindow: null });
    const disabled = await built();
    await disabled.saveTemplate(aTemplate(), { disabled: { at: START, by: 'ada', reason: 'fresh builds' } });
    for (const world of [ageless, disabled]) {
      world.advance(100 * DAY);
      await requestBuilds({}, world.services);
      expect(await world.services.targets.of(TEMPLATE)).toMatchObject([{ packageEpoch: 0 }]);
    }
  });
});
