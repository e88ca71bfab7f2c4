import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import { mergeReasons } from '../../../src/core/decide/mergeReasons.ts';
import { plan } from '../../../src/core/decide/plan.ts';
import { policyClocks } from '../../../src/core/decide/policyClocks.ts';
import { requestOf, type Wanted } from '../../../src/core/decide/requestOf.ts';
import { standing } from '../../../src/core/decide/standing.ts';
import { underPolicy } from '../../../src/core/decide/underPolicy.ts';
import type { LevelAction, Policy, RatedLevel } from '../../../src/core/policy/policy.ts';
import { DAY, HOUR, MINUTE, SECURITY_LEVELS, TRIGGERS } from '../../../src/core/words.ts';
import { anInput, aPolicy, aRegionBuild, TWO_PM } from './builders.ts';
import { POLICIES } from './arbitraries.ts';

const TARGET = { template: 'python-ml', region: 'us-east-1', architecture: 'x86_64' } as const;

const wishOf = (wanted: Omit<Wanted, 'target'>, policy: Policy, at = TWO_PM) =>
  requestOf({ ...wanted, target: TARGET }, policy, 30 * MINUTE, at)?.wish;

/** All wishes in the queue as one, each asked for at its time. */
function queuedFor(
  wishes: readonly (readonly [at: number, wanted: Omit<Wanted, 'target'>])[],
  policy: Policy,
) {
  let queued: RegionBuild | undefined;
  for (const [at, wanted] of wishes) {
    const wish = wishOf(wanted, policy, at);
    if (wish === undefined) continue;
    queued =
      queued === undefined
        ? { ...aRegionBuild(), ...wish }
        : { ...queued, ...(mergeReasons(queued, wish, policy) ?? {}) };
  }
  return queued;
}

const anyAction = fc.constantFrom<LevelAction>('auto', 'approve', 'off');
const anyRules = fc.record({
  policy: fc.constantFrom(...POLICIES),
  actions: fc.record({ critical: anyAction, high: anyAction, medium: anyAction, low: anyAction }),
  unknown: anyAction,
  treatUnknownAs: fc.constantFrom('critical', 'high', 'medium', 'low'),
  approveEmergency: fc.boolean(),
  maxCost: fc.constantFrom(null, 1_000_000),
});

const anyRuledPolicy = anyRules.map(
  ({ policy, actions, unknown, treatUnknownAs, approveEmergency, maxCost }): Policy => {
    const { perLevel, budgets } = policy;
    const withAction = (level: RatedLevel, action: LevelAction) => ({
      [level]: { ...perLevel[level], action },
    });
    return {
      ...policy,
      perLevel: Object.assign(
        {},
        perLevel,
        ...Object.entries(actions).map(([level, action]) => withAction(level as RatedLevel, action)),
        withAction('unknown', unknown),
      ) as Policy['perLevel'],
      treatUnknownAs,
      budgets: { ...budgets, approveEmergency },
      maxCost,
    };
  },
);

const anyWish = fc.record({
  cause: fc.oneof(
    fc.record({
      trigger: fc.constantFrom('security' as const, 'dependency' as const),
      level: fc.constantFrom(...SECURITY_LEVELS),
    }),
    fc.record({ trigger: fc.constantFrom(...TRIGGERS), level: fc.constant('none' as const) }),
  ),
  later: fc.integer({ min: 0, max: DAY }),
  urgent: fc.boolean(),
  launches: fc.nat({ max: 12 }),
  deadline: fc.constantFrom(undefined, undefined, TWO_PM + 2 * DAY),
});

const anyWishes = fc.array(anyWish, { minLength: 1, maxLength: 4 }).map((wishes) => {
  let at = TWO_PM;
  return wishes.map(({ cause, later, urgent, launches, deadline }, number) => {
    at += later;
    const reason = { ...cause, at: at - HOUR, because: `cause ${number}` };
    const wanted = {
      reasons: [reason],
      launches,
      // Only people are urgent.
      urgent: urgent && cause.trigger === 'manual',
      ...(deadline === undefined ? {} : { deadline }),
    };
    return [at, wanted] as const;
  });
});

describe('a queued build under the policy it was asked for with', () => {
  test('is as it is, whatever reasons have joined it', () => {
    fc.assert(
      fc.property(anyRuledPolicy, anyWishes, (policy, wishes) => {
        const queued = queuedFor(wishes, policy);
        if (queued === undefined) return;
        expect(underPolicy(queued, policy, 30 * MINUTE)).toBeUndefined();
        expect(standing(queued, policy).kind).toBe(queued.approval === 'wanted' ? 'ask' : 'go');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a queued build under another policy', () => {
  test('is what it would have been, but for its pot; weighed once more it is the same', () => {
    fc.assert(
      fc.property(anyRuledPolicy, anyRuledPolicy, anyWishes, (before, after, wishes) => {
        const queued = queuedFor(wishes, before);
        if (queued === undefined) return;
        const weighed = underPolicy(queued, after, 30 * MINUTE);
        if (weighed === undefined) return;
        expect(underPolicy(weighed, after, 30 * MINUTE)).toBeUndefined();
        expect(weighed.pot).toBe(queued.pot);
        expect(weighed.reasons).toEqual(queued.reasons);
        const { reasons } = queued;
        const anew = wishOf({ reasons }, after, queued.requestedAt);
        const { urgency, deadline, priority, immediate, maxCost } = anew!;
        expect(weighed).toMatchObject({ urgency, deadline, priority, immediate });
        expect(weighed.maxCost).toBe(maxCost);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a plan grants nothing that it turned off or wants to be asked for, though the record does not say so yet', () => {
    fc.assert(
      fc.property(anyRuledPolicy, anyRuledPolicy, anyWishes, (before, after, wishes) => {
        const queued = queuedFor(wishes, before);
        if (queued === undefined) return;
        const { reasons } = plan(anInput({ policy: after, clocks: policyClocks(after), queue: [queued] }));
        const rule = reasons[0]?.line.rule;
        const verdict = standing(queued, after).kind;
        if (verdict === 'off') expect(rule).toBe('level-off');
        else if (verdict === 'ask') expect(['approval', 'max-cost', 'pot-limit']).toContain(rule);
        else expect(rule).not.toBe('level-off');
      }),
      { numRuns: 500 },
    );
  });
});

describe('why somebody must approve', () => {
  const { perLevel, budgets } = aPolicy();
  const asking = aPolicy({ perLevel: { ...perLevel, critical: { window: 4 * HOUR, action: 'approve' } } });
  const critical = { trigger: 'security', level: 'critical', at: TWO_PM, because: 'CVE' } as const;
  const lineUnder = (policy: Policy) => {
    const queue = [aRegionBuild(wishOf({ reasons: [critical] }, policy))];
    return plan(anInput({ policy, clocks: policyClocks(policy), queue })).reasons[0]?.line.because;
  };

  test('is its level, where that wants it and the urgent pot would pay', () => {
    expect(lineUnder(asking)).toBe('held: waits for approve, as critical updates do');
  });

  test('is the urgent pot, where its level does not want it', () => {
    const policy = aPolicy({ budgets: { ...budgets, approveEmergency: false } });
    expect(lineUnder(policy)).toBe(
      'held: waits for approve, since the urgent pot does not pay without asking',
    );
  });

  test('is the level that decides, not the worst one, which a person has asked for', () => {
    const policy = aPolicy({ perLevel: { ...perLevel, high: { window: DAY, action: 'approve' } } });
    const reasons = [
      { ...critical, level: 'high' as const },
      { ...critical, trigger: 'manual' as const, level: 'none' as const },
    ];
    expect(standing({ reasons, pot: 'daily' }, policy)).toEqual({ kind: 'ask', as: 'high' });
    const urgent = [reasons[0]!, { ...reasons[1]!, urgent: true as const }];
    expect(standing({ reasons: urgent, pot: 'urgent' }, policy)).toEqual({ kind: 'go' });
  });
});
