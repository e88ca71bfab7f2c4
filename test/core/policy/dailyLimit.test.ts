import { expect, test } from 'vitest';
import { dailyLimit } from '../../../src/core/policy/dailyLimit.ts';
import { acceptedKeys } from './accepted.ts';

const prep = acceptedKeys(
  'daily_budget: 25\nsemester_prep_daily_budget: 100\nsemester_prep_window: summer',
).policy;

test.each([
  ['2027-05-31', 25e6],
  ['2027-06-01', 100e6],
  ['2027-08-31', 100e6],
  ['2027-09-01', 25e6],
])('on %s: %s', (date, limit) => {
  expect(dailyLimit(prep, date)).toBe(limit);
});

test('without a season, or a budget of its own, every day is the same', () => {
  expect(dailyLimit(acceptedKeys('daily_budget: 30').policy, '2027-07-01')).toBe(30e6);
  expect(
    dailyLimit(acceptedKeys('daily_budget: 30\nsemester_prep_window: summer').policy, '2027-07-01'),
  ).toBe(30e6);
});
