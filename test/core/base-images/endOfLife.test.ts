import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfLife } from '../../../src/core/base-images/endOfLife.ts';
import { DAY } from '../../../src/core/words.ts';

const POLICY = { endOfLifeWarnings: [180 * DAY, 90 * DAY, 30 * DAY] };
const base = { endOfLife: '2026-06-30' };
const at = (text: string) => Date.parse(text);

describe('endOfLife', () => {
  test.each([
    ['2026-01-01T23:59:59Z', { state: 'supported', on: '2026-06-30', daysLeft: 180 }],
    ['2026-01-02T00:00:00Z', { state: 'ending', on: '2026-06-30', daysLeft: 180, warning: 180 * DAY }],
    ['2026-04-02T00:00:00Z', { state: 'ending', on: '2026-06-30', daysLeft: 90, warning: 90 * DAY }],
    ['2026-06-01T00:00:00Z', { state: 'ending', on: '2026-06-30', daysLeft: 30, warning: 30 * DAY }],
    ['2026-06-30T23:59:59Z', { state: 'ending', on: '2026-06-30', daysLeft: 0, warning: 30 * DAY }],
    ['2026-07-01T00:00:00Z', { state: 'ended', on: '2026-06-30', daysAgo: 0 }],
    ['2026-07-11T12:00:00Z', { state: 'ended', on: '2026-06-30', daysAgo: 10 }],
  ])('at %s', (now, expected) => {
    expect(endOfLife(base, POLICY, at(now))).toEqual(expected);
  });

  test('warnings are those of the policy, in any order; none are none', () => {
    const now = at('2026-06-01T00:00:00Z');
    const endOfLifeWarnings = [40 * DAY, 365 * DAY];
    expect(endOfLife(base, { endOfLifeWarnings }, now)).toMatchObject({ warning: 40 * DAY });
    expect(endOfLife(base, { endOfLifeWarnings: [] }, now)).toMatchObject({ state: 'supported' });
  });

  test('no date, or one that cannot be read, is not announced', () => {
    expect(endOfLife({}, POLICY, at('2026-01-01T00:00:00Z'))).toEqual({ state: 'not-announced' });
    expect(endOfLife({ endOfLife: 'never' }, POLICY, 0)).toEqual({ state: 'not-announced' });
  });

  test('time only brings the end nearer', () => {
    const rank = { 'not-announced': 0, supported: 0, ending: 1, ended: 2 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.nat(1e11), (now, later) => {
        expect(rank[endOfLife(base, POLICY, now).state]).toBeLessThanOrEqual(
          rank[endOfLife(base, POLICY, now + later).state],
        );
      }),
    );
  });
});
