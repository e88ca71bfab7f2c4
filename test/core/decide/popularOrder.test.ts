import { describe, expect, test } from 'vitest';
import { plan } from '../../../src/core/decide/plan.ts';
import { priorityOf } from '../../../src/core/decide/priorityOf.ts';
import { DEFAULT_POLICY } from '../../../src/core/policy/policy.ts';
import { aPolicy, aRegionBuild, anInput } from './builders.ts';

const LAUNCHES = new Map([
  ['quiet', 9],
  ['busy', 500],
]);

/** Asked for in this order, the quiet one in the region that goes first. */
function popularBuilds(priorities: { readonly quiet: number; readonly busy: number }) {
  return (['quiet', 'busy'] as const).map((template, index) =>
    aRegionBuild({
      id: `${template}-1`,
      template,
      region: index === 0 ? 'us-east-1' : 'us-west-2',
      requestedAt: index,
      triggers: ['popularity'],
      priority: priorities[template],
    }),
  );
}

const inOrder = (queue: ReturnType<typeof popularBuilds>) =>
  plan(anInput({ queue, launches: LAUNCHES, regions: ['us-east-1', 'us-west-2'] })).reasons.map(
    ({ regionBuild }) => regionBuild.template,
  );

describe('between two popular templates', () => {
  test('9 launches and 500 add as much to the priority, and the 500 go first', () => {
    const [quiet, busy] = [9, 500].map((launches) => priorityOf('popularity', launches, DEFAULT_POLICY));
    expect([quiet, busy]).toEqual([59, 59]);
    expect(inOrder(popularBuilds({ quiet: 59, busy: 59 }))).toEqual(['busy', 'quiet']);
  });

  test('what was asked for by its fifth launch counts all that came since', () => {
    expect(inOrder(popularBuilds({ quiet: 59, busy: 55 }))).toEqual(['busy', 'quiet']);
  });

  test('a higher priority goes before launches', () => {
    expect(inOrder(popularBuilds({ quiet: 60, busy: 59 }))).toEqual(['quiet', 'busy']);
  });

  test('and so does the priority that a person gave', () => {
    const [quiet, busy] = popularBuilds({ quiet: 59, busy: 10 });
    expect(inOrder([quiet!, { ...busy!, prioritized: true }])).toEqual(['quiet', 'busy']);
  });

  test('how much launches add, and at most, is for the policy to say', () => {
    const popularity = { ...DEFAULT_POLICY.popularity, priorityPerLaunch: 3, mostPriority: 200 };
    const policy = aPolicy({ popularity });
    expect([0, 5, 500].map((launches) => priorityOf('popularity', launches, policy))).toEqual([50, 65, 250]);
  });
});
