import { describe, expect, test } from 'vitest';
import { inSeason, isDayOfYear, lastDayOf } from '../../../src/core/time/season.ts';

describe('seasons', () => {
  const summer = { from: '06-01', to: '08-31' };
  const winter = { from: '12-01', to: '02-29' };

  test.each([
    [summer, '2026-05-31', false],
    [summer, '2026-06-01', true],
    [summer, '2026-08-31', true],
    [summer, '2026-09-01', false],
    [winter, '2026-11-30', false],
    [winter, '2026-12-01', true],
    [winter, '2027-02-28', true],
    [winter, '2028-02-29', true],
    [winter, '2027-03-01', false],
    [{ from: '02-29', to: '02-29' }, '2028-02-29', true],
  ])('%o has %s: %s', (season, date, expected) => {
    expect(inSeason(season, date)).toBe(expected);
  });

  test.each([
    ['02-29', true],
    ['02-30', false],
    ['04-31', false],
    ['12-31', true],
    ['13-01', false],
    ['00-10', false],
    ['06-00', false],
    ['6-1', false],
  ])('%s is a day of the year: %s', (day, expected) => {
    expect(isDayOfYear(day)).toBe(expected);
  });

  test('the last days of months', () => {
    expect([2, 4, 8, 12].map(lastDayOf)).toEqual(['02-29', '04-30', '08-31', '12-31']);
  });
});
