import { describe, expect, test } from 'vitest';
import { seasonalWish } from '../../../src/core/desired/season.ts';
import { DEFAULT_POLICY, type SeasonalPolicy, type Term } from '../../../src/core/policy/policy.ts';
import { DAY } from '../../../src/core/words.ts';

const term = (name: string, start: string, end: string): Term => ({
  name,
  start,
  end,
  startsAt: Date.parse(start),
  endsAt: Date.parse(end) + DAY,
});
const SPRING = term('spring 2027', '2027-01-18', '2027-05-14');
const SUMMER = term('summer 2027', '2027-05-24', '2027-08-06');
const SEASONAL: SeasonalPolicy = {
  ...DEFAULT_POLICY.seasonal,
  enabled: true,
  templates: ['python-basic', 'r-stats'],
  terms: [SPRING, SUMMER],
};

const wishAt = (date: string, changes: Partial<SeasonalPolicy> = {}, template = 'python-basic') =>
  seasonalWish(template, { seasonal: { ...SEASONAL, ...changes } }, Date.parse(date));

describe('two weeks before semester start', () => {
  test.each<[string, string, string | undefined]>([
    ['the day before', '2027-01-03T23:59:59.999Z', undefined],
    ['from the first moment on', '2027-01-04T00:00:00Z', 'spring 2027'],
    ['until the term starts', '2027-01-17T23:59:59.999Z', 'spring 2027'],
    ['not from then on', '2027-01-18T00:00:00Z', undefined],
    ['for the next term while one lasts', '2027-05-12T12:00:00Z', 'summer 2027'],
  ])('%s', (_, date, name) => {
    const wish = wishAt(date);
    expect(wish?.cause).toBe(name === undefined ? undefined : `preparation of ${name} (${startOf(name)})`);
  });

  test('the reason is the same at every look, and the term’s start is the deadline', () => {
    const wish = wishAt('2027-01-05T08:00:00Z');
    expect(wish).toEqual(wishAt('2027-01-15T20:00:00Z'));
    expect(wish).toEqual({
      reason: {
        trigger: 'scheduled',
        at: Date.parse('2027-01-04'),
        level: 'none',
        because: 'python-basic is to be ready for spring 2027, which starts on 2027-01-18',
      },
      cause: 'preparation of spring 2027 (2027-01-18)',
      deadline: Date.parse('2027-01-18'),
    });
  });

  test('only templates that the policy lists, only if it is on, only with a calendar', () => {
    expect(wishAt('2027-01-05', {}, 'deep-learning-gpu')).toBeUndefined();
    expect(wishAt('2027-01-05', { enabled: false })).toBeUndefined();
    expect(wishAt('2027-01-05', { terms: [] })).toBeUndefined();
  });
});

function startOf(name: string): string {
  return [SPRING, SUMMER].find((each) => each.name === name)?.start ?? '';
}
