import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfLife } from '../../../src/core/base-images/endOfLife.ts';

const base = { endOfLife: '2026-06-30' };
const at = (text: string) => Date.parse(text);

describe('endOfLife', () => {
  test.each([
    ['2026-01-01T23:59:59Z', { state: 'supported', on: '2026-06-30', daysLeft: 180 }],
    ['2026-01-02T00:00:00Z', { state: 'ending', on: '2026-06-30', daysLeft: 180, warning: 180 }],
    ['2026-04-02T00:00:00Z', { state: 'ending', on: '2026-06-30', daysLeft: 90, warning: 90 }],
    ['2026-06-01T00:00:00Z', { state: 'ending', on: '2026-06-30', daysLeft: 30, warning: 30 }],
    ['2026-06-30T23:59:59Z', { state: 'ending', on: '2026-06-30', daysLeft: 0, warning: 30 }],
    ['2026-07-01T00:00:00Z', { state: 'ended', on: '2026-06-30', daysAgo: 0 }],
    ['2026-07-11T12:00:00Z', { state: 'ended', on: '2026-06-30', daysAgo: 10 }],
  ])('at %s', (now, expected) => {
    expect(endOfLife(base, at(now))).toEqual(expected);
  });

  test('no date, or one that cannot be read, is not announced', () => {
    expect(endOfLife({}, at('2026-01-01T00:00:00Z'))).toEqual({ state: 'not-announced' });
    expect(endOfLife({ endOfLife: 'never' }, 0)).toEqual({ state: 'not-announced' });
  });

  test('time only brings the end nearer', () => {
    const rank = { 'not-announced': 0, supported: 0, ending: 1, ended: 2 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.nat(1e11), (now, later) => {
        expect(rank[endOfLife(base, now).state]).toBeLessThanOrEqual(
          rank[endOfLife(base, now + later).state],
        );
      }),
    );
  });
});
