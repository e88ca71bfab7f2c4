import { describe, expect, it } from 'vitest';
import { dispatchBuilds } from '../../src/app/dispatchBuilds.ts';
import { requestBuilds } from '../../src/app/requestBuilds.ts';
import { prioritize } from '../../src/core/builds/prioritize.ts';
import { DEFAULT_POLICY, type LevelAction, type Policy } from '../../src/core/policy/policy.ts';
import { DAY, HOUR, MINUTE, type SecurityLevel } from '../../src/core/words.ts';
import { movedBase } from './movedBase.ts';
import { aTemplate } from './world.ts';

function withAction(level: Exclude<SecurityLevel, 'none'>, action: LevelAction): Partial<Policy> {
  const { perLevel } = DEFAULT_POLICY;
  return { perLevel: { ...perLevel, [level]: { ...perLevel[level], action } } };
}

const NO_MONEY_WITHOUT_ASKING = { budgets: { ...DEFAULT_POLICY.budgets, approveEmergency: false } };

describe('what the policy says now holds for what is queued', () => {
  it('a level that was turned off is held, also by a look that comes before any other, and goes on when it is back', async () => {
    const { world, loop, open, why, setPolicy, activeRelease } = await movedBase('medium');
    expect(await open()).toMatchObject({ level: 'medium', approval: 'not-needed' });
    // The dispatcher alone: nobody has looked at the queue with the new policy yet.
    await world.setPolicy({ regions: ['us-east-1'], preferOffPeak: false, ...withAction('medium', 'off') });
    expect(await dispatchBuilds({}, world.services)).toMatchObject({ granted: 0 });
    expect(await why()).toBe('held: the policy leaves medium updates alone now');
    await loop.minutes(30);
    expect(await open()).toMatchObject({ status: 'queued', revision: expect.any(Number) });
    expect(await why()).toBe('held: the policy leaves medium updates alone now');
    await setPolicy({ preferOffPeak: false });
    await loop.settle();
    expect(await activeRelease()).toBe('2');
  });

  it('the urgent pot that does not pay without asking any more waits for approve before anything else is weighed', async () => {
    const { world, loop, open, why, setPolicy } = await movedBase('critical', { slotsPerRegion: 0 });
    await world.setPolicy({ regions: ['us-east-1'], ...NO_MONEY_WITHOUT_ASKING });
    expect(await dispatchBuilds({}, world.services)).toMatchObject({ granted: 0 });
    expect(await why()).toBe('held: waits for approve, since the urgent pot does not pay without asking');
    await requestBuilds({}, world.services);
    const { id, approval, pot } = (await open())!;
    expect({ approval, pot }).toEqual({ approval: 'wanted', pot: 'urgent' });
    const story = await world.services.regionBuilds.explanation(id);
    expect(story).toContainEqual({
      at: world.services.now(),
      rule: 'policy-changed',
      because: 'the policy was changed: it waits for approve',
    });
    await setPolicy({});
    await loop.settle();
    expect((await world.build(id)).status).toBe('succeeded');
  });

  it('a level that need not be approved any more goes on', async () => {
    const { loop, open, why, setPolicy, activeRelease } = await movedBase('low');
    await loop.minutes(1);
    expect(await why()).toBe('held: waits for approve, as low updates do');
    await setPolicy({ ...withAction('low', 'auto'), preferOffPeak: false });
    expect(await open()).toMatchObject({ approval: 'not-needed' });
    await loop.settle();
    expect(await activeRelease()).toBe('2');
  });

  it('a shorter window is a nearer deadline, a longer one a later', async () => {
    const { world, open, setPolicy } = await movedBase('high');
    const { deadline } = (await open())!;
    const withWindow = (window: number) => {
      const { perLevel } = DEFAULT_POLICY;
      return { perLevel: { ...perLevel, high: { window, action: 'auto' as const } } };
    };
    await setPolicy(withWindow(12 * HOUR));
    expect((await open())!.deadline).toBe(deadline! - 12 * HOUR);
    await setPolicy(withWindow(2 * DAY));
    const later = (await open())!;
    expect(later.deadline).toBe(deadline! + DAY);
    const story = await world.services.regionBuilds.explanation(later.id);
    expect(story.filter(({ rule }) => rule === 'policy-changed').map(({ because }) => because)).toEqual([
      expect.stringMatching(/^the policy was changed: due .* instead of /),
      expect.stringMatching(/^the policy was changed: due .* instead of /),
    ]);
  });

  it('a limit of cost refuses what is queued', async () => {
    const { world, loop, open, setPolicy } = await movedBase('medium');
    const { id } = (await open())!;
    await setPolicy({ maxCost: 1 });
    await loop.minutes(1);
    expect(await world.build(id)).toMatchObject({ status: 'refused', maxCost: 1 });
  });

  it('what people said stays: an approval, and a priority', async () => {
    const { world, open, setPolicy } = await movedBase('medium');
    const build = (await open())!;
    const { commits, now } = world.services;
    const made = prioritize(build, 3, 'by ada', now());
    if (made.kind !== 'change') throw new Error('the test could not prioritize');
    await commits.commit(made.writes);
    await setPolicy({ priorities: { ...DEFAULT_POLICY.priorities, security: 99 } });
    expect((await open())!.priority).toBe(3);
    const before = (await open())!;
    await commits.commit([
      {
        kind: 'region-build',
        after: { ...before, approval: 'given', revision: before.revision + 1 },
        expects: before.revision,
      },
    ]);
    await setPolicy(withAction('medium', 'approve'));
    expect((await open())!.approval).toBe('given');
  });

  it('looked at again, nothing is written a second time', async () => {
    const { world, open, setPolicy } = await movedBase('medium');
    await setPolicy(withAction('medium', 'approve'));
    const { revision } = (await open())!;
    await requestBuilds({}, world.services);
    await requestBuilds({}, world.services);
    expect((await open())!.revision).toBe(revision);
    // Another policy that says the same of it.
    await setPolicy({ ...withAction('medium', 'approve'), maxAttempts: 7 });
    expect((await open())!.revision).toBe(revision);
  });

  it('a reason that joins later is weighed with the others', async () => {
    const { world, loop, open, setPolicy } = await movedBase('low', { startMargin: MINUTE });
    await setPolicy(withAction('low', 'auto'));
    await world.saveTemplate(
      aTemplate({ packages: { ...aTemplate().packages, system: ['python3', 'git'] } }),
    );
    await loop.pump();
    expect(await open()).toMatchObject({ approval: 'not-needed', triggers: ['security', 'manual'] });
  });
});
