import { describe, expect, it, vi } from 'vitest';
import { operations } from '../../src/app/control/operations.ts';
import { retireImages } from '../../src/app/retireImages.ts';
import { without } from '../../src/core/builds/compose.ts';
import type { Ami } from '../../src/core/builds/target.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/words.ts';
import { namedError } from '../../src/memory/nextFaults.ts';
import { loopOf } from './loop.ts';
import { aWorldWithOldAmis, HERE, retention, statesIn } from './oldAmis.ts';
import { REGIONS, TEMPLATE, type World } from './world.ts';

const retire = ({ services }: World) => retireImages({}, services);

/** A run on each of so many days. */
async function daily(world: World, days: number): Promise<void> {
  for (let day = 0; day < days; day++) {
    world.advance(DAY);
    await retire(world);
  }
}

const amiIn = async ({ services }: World, n: number): Promise<Ami> => {
  const ami = (await services.amis.of(TEMPLATE)).find(({ amiId }) => amiId.endsWith(String(n)));
  if (ami === undefined) throw new Error(`there is no AMI ${n}`);
  return ami;
};

async function byHand(name: 'promote' | 'rollback', { services }: World): Promise<void> {
  await operations(services)[name]({ slug: TEMPLATE }, { actor: 'ada', requestId: 'request-1' });
}

describe('an AMI that gave way', () => {
  it('is deprecated, disabled and deregistered at its ages, with all that Image Builder kept for it', async () => {
    const world = await aWorldWithOldAmis(3);
    const { amiLifecycle, imageBuilder, services } = world;
    expect(await retire(world)).toEqual({ deprecated: [], disabled: [], deregistered: [] });
    await daily(world, 1);
    expect(await statesIn(world)).toEqual(['1 deprecated', '2 deprecated', '3 active']);
    await daily(world, 13);
    expect(await statesIn(world)).toEqual(['1 disabled', '2 deprecated', '3 active']);
    await daily(world, 15);
    expect(await statesIn(world)).toEqual(['1 disabled', '2 deprecated', '3 active']);
    await daily(world, 1);
    expect(await statesIn(world)).toEqual(['1 deregistered', '2 deprecated', '3 active']);
    expect(amiLifecycle.changes.map(({ change, amiId }) => `${change} ${amiId.slice(-1)}`)).toEqual([
      'deprecate 1',
      'deprecate 2',
      'disable 1',
      'deregister 1',
    ]);
    expect(imageBuilder.images().map(({ amiId }) => amiId?.slice(-1))).toEqual(['2', '3']);
    expect(await services.amis.retiring()).toEqual([]);
  });

  it('has its end told in the story of its build, and what went among what happened lately', async () => {
    const world = await aWorldWithOldAmis(3);
    await daily(world, 30);
    const { regionBuild, amiId } = await amiIn(world, 1);
    const story = await world.services.regionBuilds.explanation(regionBuild);
    expect(story.slice(-3).map(({ rule, because }) => [rule, because])).toEqual([
      ['deprecated', `${amiId} is deprecated, 24 hours after it gave way`],
      ['disabled', `${amiId} is disabled, 14 days after it gave way`],
      ['deregistered', `${amiId} is deregistered, with its snapshots, 30 days after it gave way`],
    ]);
    const [last] = await world.services.activity.recent(1);
    expect(last).toMatchObject({ kind: 'amis-removed', text: '1 AMI was deregistered: python-ml 1' });
  });

  it('goes one step a day, however old it is, and however often a run that fails is repeated', async () => {
    const world = await aWorldWithOldAmis(3, retention({ keepPrevious: 0 }));
    world.advance(90 * DAY);
    const states: string[] = [];
    for (let day = 0; day < 4; day++) {
      for (let run = 0; run < 3; run++) {
        await retire(world);
        states.push((await statesIn(world))[0] ?? '');
        world.advance(MINUTE);
      }
      world.advance(DAY - 4 * MINUTE);
    }
    const each = (state: string) => Array.from({ length: 3 }, () => `1 ${state}`);
    expect(states).toEqual(['deprecated', 'disabled', 'deregistered', 'deregistered'].flatMap(each));
  });

  it('before that was written down has its time from the first look', async () => {
    const world = await aWorldWithOldAmis(3);
    const old = await amiIn(world, 1);
    const undated = without(old, 'supersededAt');
    await world.services.commits.commit([{ kind: 'ami', after: undated, expects: 'superseded' }]);
    world.advance(90 * DAY);
    await retire(world);
    expect(await amiIn(world, 1)).toMatchObject({ state: 'superseded', supersededAt: world.services.now() });
    await daily(world, 1);
    expect(await amiIn(world, 1)).toMatchObject({ state: 'deprecated' });
  });

  it.each([
    [['1 superseded', '2 superseded', '3 active'], { mode: 'stopped' }],
    [['1 superseded', '2 superseded', '3 active'], { mode: 'observe' }],
    [['1 superseded', '2 superseded', '3 active'], { mode: 'propose' }],
    [['1 superseded', '2 superseded', '3 active'], { templates: { [TEMPLATE]: { mode: 'observe' } } }],
    [
      ['1 deprecated', '2 deprecated', '3 active'],
      { mode: 'observe', templates: { [TEMPLATE]: { mode: 'act' } } },
    ],
  ] as const satisfies [string[], Partial<Policy>][])('leaves %j in mode %j', async (states, policy) => {
    const world = await aWorldWithOldAmis(3);
    await world.setPolicy({ regions: HERE, ...policy });
    await daily(world, 2);
    expect(await statesIn(world)).toEqual(states);
    expect(world.amiLifecycle.changes.length).toBe(states[0].endsWith('deprecated') ? 2 : 0);
  });

  it.each(['stopped', 'observe', 'propose'] as const)(
    'stays when the mode becomes %s while a run is under way',
    async (mode) => {
      const world = await aWorldWithOldAmis(9, retention({ keepPrevious: 0 }));
      world.advance(90 * DAY);
      await retire(world);
      world.advance(DAY);
      const before = world.amiLifecycle.changes.length;
      world.effects.before(1, () => world.setPolicy({ regions: HERE, mode }));
      await retire(world);
      // What was begun before: no more than are changed at once.
      expect(world.amiLifecycle.changes.length - before).toBeLessThanOrEqual(4);
      expect((await statesIn(world)).filter((state) => state.endsWith('disabled')).length).toBeLessThan(5);
    },
  );

  it('of a template that is disabled or paused goes all the same', async () => {
    const world = await aWorldWithOldAmis(3);
    const kept = await world.services.templates.get(TEMPLATE);
    await world.saveTemplate(kept!.definition, { disabled: { at: 0, by: 'ada', reason: 'no need' } });
    await daily(world, 30);
    expect(await statesIn(world)).toEqual(['1 deregistered', '2 deprecated', '3 active']);
  });
});

describe('an AMI that somebody uses', () => {
  it('is kept for as long as they do, which is told once', async () => {
    const world = await aWorldWithOldAmis(3);
    const { amiLifecycle, services } = world;
    const { amiId, regionBuild } = await amiIn(world, 1);
    amiLifecycle.use(amiId, 'instance i-0abc');
    await daily(world, 40);
    expect(await amiIn(world, 1)).toMatchObject({
      state: 'deprecated',
      heldBack: { because: 'it is still used by instance i-0abc' },
    });
    const story = await services.regionBuilds.explanation(regionBuild);
    expect(story.filter(({ rule }) => rule === 'in-use').map(({ because }) => because)).toEqual([
      `${amiId} is not disabled: it is still used by instance i-0abc`,
    ]);
    amiLifecycle.use(amiId);
    await daily(world, 1);
    expect(await amiIn(world, 1)).toMatchObject({ state: 'disabled' });
    expect(await amiIn(world, 1)).not.toHaveProperty('heldBack');
  });

  it('since it was disabled is not deregistered', async () => {
    const world = await aWorldWithOldAmis(3);
    await daily(world, 20);
    const { amiId } = await amiIn(world, 1);
    world.amiLifecycle.use(amiId, 'launch template lt-0abc');
    await daily(world, 20);
    expect(await amiIn(world, 1)).toMatchObject({ state: 'disabled' });
  });

  it('as far as anybody knows waits', async () => {
    const world = await aWorldWithOldAmis(3);
    const { amiId } = await amiIn(world, 1);
    world.amiLifecycle.hideUse(amiId, 'a report is being made');
    await daily(world, 40);
    expect(await amiIn(world, 1)).toMatchObject({
      state: 'deprecated',
      heldBack: { because: 'nobody knows yet who uses it: a report is being made' },
    });
  });

  it('is asked about only where nothing else holds it back', async () => {
    const world = await aWorldWithOldAmis(3);
    await daily(world, 13);
    expect(world.amiLifecycle.asked).toEqual([]);
    await daily(world, 1);
    const { amiId } = await amiIn(world, 1);
    expect(world.amiLifecycle.asked).toEqual([{ region: 'us-east-1', amiIds: [amiId] }]);
  });

  it('or that EC2 does not know any more: its record goes its way', async () => {
    const world = await aWorldWithOldAmis(3);
    const { amiId } = await amiIn(world, 1);
    world.amiLifecycle.remove('us-east-1', amiId);
    await daily(world, 30);
    expect(await amiIn(world, 1)).toMatchObject({ state: 'deregistered' });
    expect(world.imageBuilder.images()).toHaveLength(2);
  });
});

describe('the most that go on a day', () => {
  it('holds for all templates and regions together, also when two runs meet', async () => {
    const world = await aWorldWithOldAmis(6, retention({ keepPrevious: 0, maximumRemovalsPerDay: 2 }));
    await daily(world, 29);
    expect((await statesIn(world)).slice(0, 4)).toEqual([1, 2, 3, 4].map((n) => `${n} disabled`));
    world.advance(DAY);
    await Promise.all([retire(world), retire(world)]);
    await retire(world);
    expect((await statesIn(world)).slice(0, 4)).toEqual([
      '1 deregistered',
      '2 deregistered',
      '3 disabled',
      '4 disabled',
    ]);
    await daily(world, 1);
    expect((await statesIn(world)).slice(2, 4)).toEqual(['3 deregistered', '4 deregistered']);
    const changes = world.amiLifecycle.changes.map(({ change, amiId }) => `${change} ${amiId}`);
    expect(changes).toEqual([...new Set(changes)]);
  });
});

describe('a region', () => {
  it('that fails stops no other, and its AMIs are finished later', async () => {
    const world = await aWorldWithOldAmis(2, { regions: [...REGIONS] }, REGIONS);
    world.advance(DAY);
    world.amiLifecycle.failNext(namedError('RequestLimitExceeded'));
    await expect(retire(world)).rejects.toThrow('RequestLimitExceeded');
    expect(world.amiLifecycle.changes).toHaveLength(1);
    expect(await world.services.amis.retiring()).toHaveLength(1);
    await retire(world);
    expect(world.amiLifecycle.changes.map(({ region }) => region).sort()).toEqual([...REGIONS]);
    expect(await world.services.amis.retiring()).toEqual([]);
  });

  it('that does not say who uses its AMIs keeps them, and that is a failure', async () => {
    const world = await aWorldWithOldAmis(3, { regions: [...REGIONS] }, REGIONS);
    await daily(world, 13);
    world.advance(DAY);
    world.amiLifecycle.failNext(namedError('UnauthorizedOperation'));
    await expect(retire(world)).rejects.toThrow('UnauthorizedOperation');
    const disabled = (await world.services.amis.of(TEMPLATE)).filter(({ state }) => state === 'disabled');
    expect(disabled).toHaveLength(1);
  });

  it('that takes its time to say so holds up no other', async () => {
    const world = await aWorldWithOldAmis(3, { regions: [...REGIONS] }, REGIONS);
    await daily(world, 13);
    world.advance(DAY);
    const { amiLifecycle } = world.services;
    let answer = () => {};
    const answers = new Promise<void>((resolve) => (answer = resolve));
    const slow = {
      ...amiLifecycle,
      uses: async (region: string, amiIds: readonly string[]) => {
        if (region === REGIONS[0]) await answers;
        return amiLifecycle.uses(region, amiIds);
      },
    };
    const disabled = async () =>
      (await world.services.amis.of(TEMPLATE))
        .filter(({ state }) => state === 'disabled')
        .map(({ region }) => region);
    const run = retireImages({}, { ...world.services, amiLifecycle: slow });
    await vi.waitFor(async () => expect(await disabled()).toEqual([REGIONS[1]]));
    answer();
    await run;
    expect((await disabled()).sort()).toEqual([...REGIONS]);
  });

  it('that is no longer configured keeps its AMIs', async () => {
    const world = await aWorldWithOldAmis(3);
    const { settings } = world.services;
    const elsewhere = settings.regions.filter(({ name }) => name !== 'us-east-1');
    world.advance(90 * DAY);
    await retireImages({}, { ...world.services, settings: { ...settings, regions: elsewhere } });
    expect(await statesIn(world)).toEqual(['1 superseded', '2 superseded', '3 active']);
  });
});

describe('a rollback', () => {
  it('comes back to a deprecated AMI, which is offered again before it is published', async () => {
    const world = await aWorldWithOldAmis(3);
    await daily(world, 2);
    const { amiId } = await amiIn(world, 2);
    expect(world.amiLifecycle.ami('us-east-1', amiId)).toMatchObject({ deprecated: true });
    await byHand('rollback', world);
    expect(await statesIn(world)).toEqual(['1 deprecated', '2 active', '3 superseded']);
    expect(world.amiLifecycle.ami('us-east-1', amiId)).toMatchObject({ deprecated: false });
    expect(world.amiParameters.puts.at(-1)?.amiId).toBe(amiId);
  });

  it('takes the bad one out of use, and it leaves by its age', async () => {
    const world = await aWorldWithOldAmis(3);
    await byHand('rollback', world);
    await daily(world, 1);
    expect(await statesIn(world)).toEqual(['1 deprecated', '2 active', '3 deprecated']);
    await daily(world, 30);
    // Nothing better than the first is there to go back to.
    expect(await statesIn(world)).toEqual(['1 deprecated', '2 active', '3 deregistered']);
  });

  it.each(['before the table says so', 'before EC2 is told', 'after EC2 was told'] as const)(
    'that comes %s wins over a deprecation',
    async (when) => {
      const world = await aWorldWithOldAmis(2);
      const { amiId } = await amiIn(world, 1);
      world.advance(DAY);
      const { done } = world.effects;
      const rollback = () => byHand('rollback', world);
      if (when === 'before the table says so') world.effects.before(1, rollback);
      if (when === 'before EC2 is told') world.effects.before(2, rollback);
      if (when === 'after EC2 was told') world.effects.after(2, rollback);
      const before = done.length;
      await retire(world);
      expect(done[before]).toBe('commits.commit');
      expect(await statesIn(world)).toEqual(['1 active', '2 superseded']);
      expect(world.amiLifecycle.ami('us-east-1', amiId)).toMatchObject({ deprecated: false });
      expect(await world.services.amis.retiring()).toEqual([]);
      expect(await amiIn(world, 1)).not.toHaveProperty('supersededAt');
    },
  );

  it('that meets a deprecation whose run dies is made good by the next run', async () => {
    const world = await aWorldWithOldAmis(2);
    const { amiId } = await amiIn(world, 1);
    await daily(world, 1);
    await byHand('rollback', world);
    // Somebody died between the call and the look at what became of it.
    await world.services.amiLifecycle.deprecate('us-east-1', amiId);
    world.advance(HOUR);
    await retire(world);
    expect(world.amiLifecycle.ami('us-east-1', amiId)).toMatchObject({ deprecated: false });
    expect(await statesIn(world)).toEqual(['1 active', '2 superseded']);
  });

  it('does not find one that was disabled: the one it returns to never is', async () => {
    const world = await aWorldWithOldAmis(3, retention({ keepPrevious: 0 }));
    await daily(world, 60);
    expect(await statesIn(world)).toEqual(['1 deregistered', '2 deprecated', '3 active']);
    await byHand('rollback', world);
    expect(await statesIn(world)).toEqual(['1 deregistered', '2 active', '3 superseded']);
  });
});

describe('the image of an attempt that ended badly', () => {
  it('is removed when a superseded AMI would be', async () => {
    const world = await aWorldWithOldAmis(1);
    const { imageBuilder, services } = world;
    const { id } = await world.ask({}, { forced: true });
    const loop = loopOf(world, { failing: () => 'a test failed' });
    await loop.settle();
    expect((await world.build(id)).status).toBe('failed');
    await loop.minutes(20);
    expect(await services.regionBuilds.untidy()).toEqual([]);
    expect(await services.regionBuilds.leftovers()).toHaveLength(1);
    await daily(world, 29);
    expect(imageBuilder.images()).toHaveLength(2);
    await daily(world, 1);
    expect(imageBuilder.images().map(({ status }) => status)).toEqual(['AVAILABLE']);
    expect(await services.regionBuilds.leftovers()).toEqual([]);
  });

  it('stays where an AMI came of it after all: nobody knows whose that is', async () => {
    const world = await aWorldWithOldAmis(1);
    const { imageBuilder, log } = world;
    await world.ask({}, { forced: true });
    const loop = loopOf(world, { failing: () => 'a test failed' });
    await loop.settle();
    await loop.minutes(20);
    const failed = imageBuilder.images().find(({ status }) => status === 'FAILED');
    imageBuilder.finish(failed!.arn);
    await daily(world, 31);
    expect(imageBuilder.images()).toHaveLength(2);
    expect(log.lines.map(({ message }) => message)).toContain(
      'the image of an attempt that ended badly has an AMI, and is left',
    );
  });
});
