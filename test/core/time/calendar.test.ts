import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dayOf,
  endOfDay,
  isDate,
  monthOf,
  startOfDay,
  startOfNextDay,
  startOfNextMonth,
  zoneCalendar,
} from '../../../src/core/time/calendar.ts';
import { DAY, HOUR } from '../../../src/core/words.ts';

const at = (iso: string): number => Date.parse(iso);

describe('days and months of a zone', () => {
  test.each([
    [
      '2026-11-01T03:59Z',
      'America/New_York',
      '2026-10-31',
      '2026-10',
      '2026-11-01T04:00Z',
      '2026-11-01T04:00Z',
    ],
    // The day on which the clocks go back has 25 hours.
    [
      '2026-11-01T04:00Z',
      'America/New_York',
      '2026-11-01',
      '2026-11',
      '2026-11-02T05:00Z',
      '2026-12-01T05:00Z',
    ],
    [
      '2026-03-08T12:00Z',
      'America/New_York',
      '2026-03-08',
      '2026-03',
      '2026-03-09T04:00Z',
      '2026-04-01T04:00Z',
    ],
    ['2026-12-31T18:29Z', 'Asia/Kolkata', '2026-12-31', '2026-12', '2026-12-31T18:30Z', '2026-12-31T18:30Z'],
    ['2026-12-31T18:30Z', 'Asia/Kolkata', '2027-01-01', '2027-01', '2027-01-01T18:30Z', '2027-01-31T18:30Z'],
    ['2026-10-25T00:00Z', 'Europe/London', '2026-10-25', '2026-10', '2026-10-26T00:00Z', '2026-11-01T00:00Z'],
    // Apia had no 30 December 2011.
    ['2011-12-30T09:59Z', 'Pacific/Apia', '2011-12-29', '2011-12', '2011-12-30T10:00Z', '2011-12-31T10:00Z'],
    ['2011-12-30T10:00Z', 'Pacific/Apia', '2011-12-31', '2011-12', '2011-12-31T10:00Z', '2011-12-31T10:00Z'],
    // In São Paulo the clocks skipped midnight: the day began at one.
    [
      '2018-11-04T02:59Z',
      'America/Sao_Paulo',
      '2018-11-03',
      '2018-11',
      '2018-11-04T03:00Z',
      '2018-12-01T02:00Z',
    ],
    ['2028-02-29T12:00Z', 'UTC', '2028-02-29', '2028-02', '2028-03-01T00:00Z', '2028-03-01T00:00Z'],
  ])('%s in %s is %s', (iso, zone, day, month, nextDay, nextMonth) => {
    const t = at(iso);
    expect([dayOf(t, zone), monthOf(t, zone)]).toEqual([day, month]);
    expect([startOfNextDay(t, zone), startOfNextMonth(t, zone)]).toEqual([at(nextDay), at(nextMonth)]);
  });

  test('a date as a stretch of time', () => {
    expect(startOfDay('2026-11-01', 'America/New_York')).toBe(at('2026-11-01T04:00Z'));
    expect(endOfDay('2026-11-01', 'America/New_York')).toBe(at('2026-11-02T05:00Z'));
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).toBe(endOfDay('2011-12-30', 'Pacific/Apia'));
  });

  test.each([
    ['2026-11-01', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['2026-11-01T00:00', false],
    ['', false],
  ])('%s is a date: %s', (text, expected) => {
    expect(isDate(text)).toBe(expected);
  });
});

test('a calendar that remembers answers like one that does not', () => {
  const zone = fc.constantFrom('America/New_York', 'Pacific/Apia', 'Australia/Lord_Howe', 'UTC');
  const offsets = fc.array(fc.integer({ min: -90 * DAY, max: 90 * DAY }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(
      zone,
      fc.constantFrom(at('2011-12-30T10:00Z'), at('2026-03-08T07:00Z')),
      offsets,
      (name, near, all) => {
        const calendar = zoneCalendar(name);
        for (const offset of all) {
          const t = near + offset;
          expect(calendar.dayOf(t)).toBe(dayOf(t, name));
          expect(calendar.monthOf(t)).toBe(monthOf(t, name));
          expect(calendar.startOfNextDay(t)).toBe(startOfNextDay(t, name));
          expect(calendar.startOfNextMonth(t)).toBe(startOfNextMonth(t, name));
          expect(calendar.dayOf(calendar.startOfNextDay(t) - 1)).toBe(calendar.dayOf(t));
          expect(calendar.startOfNextDay(t) - t).toBeLessThanOrEqual(DAY + HOUR);
        }
      },
    ),
    { numRuns: 300 },
  );
});
