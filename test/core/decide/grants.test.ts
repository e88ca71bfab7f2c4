import { describe, expect, test } from 'vitest';
import { newsOfPlan } from '../../../src/core/announcements/newsOfPlan.ts';
import { plan } from '../../../src/core/decide/plan.ts';
import type { PlanInput } from '../../../src/core/decide/planInput.ts';
import { policyClocks } from '../../../src/core/decide/policyClocks.ts';
import { type Grant, WHOLE_SHARE } from '../../../src/core/policy/policy.ts';
import { aBalance, anInput, aPolicy, aRegionBuild, DOLLAR, TWO_PM } from './builders.ts';

const NSF: Grant = {
  id: 'nsf',
  limit: 10 * DOLLAR,
  start: '2026-01-01',
  end: '2026-12-31',
  startsAt: Date.UTC(2026, 0, 1, 5),
  endsAt: Date.UTC(2027, 0, 1, 5),
  owner: 'pi@example.edu',
  shares: { 'python-ml': WHOLE_SHARE },
};

/** One build that must start now, with a ceiling of a dollar. */
function inputWith(grants: readonly Grant[], changes: Partial<PlanInput> = {}): PlanInput {
  const policy = aPolicy({ grants });
  const queue = [aRegionBuild({ immediate: true })];
  return anInput({ policy, clocks: policyClocks(policy), queue, ...changes });
}

function outcomeOf(input: PlanInput) {
  const [outcome] = plan(input).reasons;
  if (outcome === undefined) throw new Error('the plan forgot its request');
  return outcome;
}

describe('a grant', () => {
  test('pays its share beside the pots', () =>
    expect(outcomeOf(inputWith([NSF]))).toMatchObject({
      kind: 'granted',
      holdings: [{}, {}, { key: 'grant:nsf', amount: DOLLAR, limit: 10 * DOLLAR }],
    }));

  test('of $0.00 is an empty one: its builds are parked, not refused', () =>
    expect(outcomeOf(inputWith([{ ...NSF, limit: 0 }]))).toMatchObject({
      kind: 'parked',
      until: null,
      lacking: ['grant:nsf'],
      line: {
        because:
          'parked: grant nsf cannot hold its ceiling of $1.00 now; it can run when somebody raises the limit',
      },
    }));

  test('of less than the build may cost altogether refuses it, as any pot does, with both numbers', () =>
    expect(outcomeOf(inputWith([{ ...NSF, limit: DOLLAR / 2 }]))).toMatchObject({
      kind: 'refused',
      line: { because: 'refused: its ceiling of $1.00 is above the limit of $0.50 of grant nsf' },
    }));
});

describe('what is said of a grant that does not pay', () => {
  const empty = { pots: [aBalance('grant:nsf', { settled: 10 * DOLLAR })] };
  const ended = { ...NSF, end: '2026-10-31', endsAt: Date.UTC(2026, 10, 1, 4) };
  const news = (grants: readonly Grant[], changes: Partial<PlanInput> = {}) => {
    const input = inputWith(grants, changes);
    const [first] = newsOfPlan(plan(input), input);
    if (first?.kind !== 'budget-exhausted') throw new Error('nothing is said');
    return first;
  };
  const keyOf = (...given: Parameters<typeof news>) => news(...given).key;

  test('names its owner, and whether it is empty or has ended', () => {
    expect(news([NSF], empty)).toMatchObject({ owner: 'pi@example.edu' });
    expect(news([NSF], empty)).not.toHaveProperty('endedOn');
    expect(news([ended])).toMatchObject({ endedOn: '2026-10-31', owner: 'pi@example.edu' });
  });

  test('names no owner for a pot that is empty beside it', () => {
    const pots = [...empty.pots, aBalance('daily#2026-11-24', { settled: 25 * DOLLAR })];
    const input = inputWith([NSF], { pots });
    expect(newsOfPlan(plan(input), input)).toEqual([
      expect.not.objectContaining({ owner: expect.anything() }),
      expect.objectContaining({ pot: 'grant:nsf', owner: 'pi@example.edu' }),
    ]);
  });

  test('is said once while nothing changes', () =>
    expect(keyOf([NSF], { ...empty, now: TWO_PM + 1 })).toBe(keyOf([NSF], empty)));

  test('is said again when it is empty after a raise', () => {
    const raised = { pots: [aBalance('grant:nsf', { settled: 20 * DOLLAR })] };
    expect(keyOf([{ ...NSF, limit: 20 * DOLLAR }], raised)).not.toBe(keyOf([NSF], empty));
  });

  test('is said again when it ends after it was empty, and when it ends anew after it was renewed', () => {
    const first = keyOf([ended]);
    expect(first).not.toBe(keyOf([NSF], empty));
    const renewed = { ...ended, end: '2026-11-15', endsAt: Date.UTC(2026, 10, 16, 5) };
    expect(keyOf([renewed])).not.toBe(first);
  });
});
