import { describe, expect, test } from 'vitest';
import { grantsOf } from '../../../src/core/money/grantShares.ts';
import { type Grant, WHOLE_SHARE } from '../../../src/core/policy/policy.ts';
import { aPolicy } from '../decide/builders.ts';

const day = (text: string): number => Date.parse(`${text}T00:00Z`);

/** Pays for python-ml from the first of these days until the start of the last. */
function aGrant(id: string, from: string, until: string, changes: Partial<Grant> = {}): Grant {
  return {
    id,
    limit: 100_000_000,
    start: from,
    end: until,
    startsAt: day(from),
    endsAt: day(until),
    owner: 'pi@example.edu',
    shares: { 'python-ml': WHOLE_SHARE },
    ...changes,
  };
}

function on(now: string, ...grants: readonly Grant[]) {
  const { paying, ended, changesAt } = grantsOf('python-ml', aPolicy({ grants }), day(now));
  return {
    paying: paying.map(({ grant }) => grant.id),
    ended: ended === null ? null : ended.grant.id,
    until: ended?.until ?? null,
    changesAt,
  };
}

describe('the grants of a template', () => {
  const old = aGrant('old', '2025-11-01', '2026-11-01');

  test('one that overlapped its successor has been taken over when it ends', () => {
    const successor = aGrant('new', '2026-10-01', '2027-10-01');
    expect(on('2026-11-25', old, successor)).toMatchObject({ paying: ['new'], ended: null });
    expect(on('2026-11-25', successor, old)).toMatchObject({ paying: ['new'], ended: null });
  });

  test('one that ended when its successor began has been taken over', () =>
    expect(on('2026-11-01', old, aGrant('new', '2026-11-01', '2027-11-01'))).toMatchObject({
      paying: ['new'],
      ended: null,
    }));

  test('of two that shared the cost the one that ends later pays on, its own share', () => {
    const half = { 'python-ml': WHOLE_SHARE / 2 };
    const a = aGrant('a', '2026-01-01', '2026-11-01', { shares: half });
    const b = aGrant('b', '2026-01-01', '2027-01-01', { shares: half });
    expect(on('2026-10-31', a, b)).toMatchObject({ paying: ['a', 'b'], ended: null });
    expect(on('2026-11-25', a, b)).toMatchObject({ paying: ['b'], ended: null });
  });

  test('one that ended with nobody after it parks until the next one begins', () => {
    expect(on('2026-11-25', old)).toMatchObject({ paying: [], ended: 'old', until: null });
    const next = aGrant('next', '2026-12-01', '2027-12-01');
    expect(on('2026-11-25', old, next)).toEqual({
      paying: [],
      ended: 'old',
      until: day('2026-12-01'),
      changesAt: day('2026-12-01'),
    });
  });

  test('of several that ended with nobody after them the last is named', () =>
    expect(on('2026-11-25', aGrant('older', '2024-11-01', '2025-11-01'), old)).toMatchObject({
      ended: 'old',
    }));

  test('one for other templates takes nothing over', () =>
    expect(
      on('2026-11-25', old, aGrant('new', '2026-10-01', '2027-10-01', { shares: { r: WHOLE_SHARE } })),
    ).toMatchObject({ ended: 'old' }));

  test('none pays where the policy books nothing on them', () => {
    const policy = aPolicy({ grants: [old], budgetTracking: false });
    expect(grantsOf('python-ml', policy, day('2026-11-25'))).toEqual({
      paying: [],
      ended: null,
      changesAt: null,
    });
  });
});
