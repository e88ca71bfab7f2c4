import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationInWords, LONGEST_DURATION, parseDuration } from '../../../src/core/time/duration.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/core/words.ts';

describe('durations as people write them', () => {
  test.each([
    ['4 hours', 4 * HOUR],
    ['1 hour', HOUR],
    ['30 minutes', 30 * MINUTE],
    ['7 days', 7 * DAY],
    ['2 weeks', 14 * DAY],
    ['1 day 6 hours', 30 * HOUR],
    ['1 day, 6 hours and 30 minutes', 30.5 * HOUR],
    ['1.5 hours', 90 * MINUTE],
    ['90min', 90 * MINUTE],
    ['1h30m', 90 * MINUTE],
    ['10 s', 10 * SECOND],
    ['  2  Hours ', 2 * HOUR],
    ['0 days', 0],
  ])('%s', (text, duration) => {
    expect(parseDuration(text)).toEqual({ ok: true, duration });
  });

  test.each([
    ['', { ok: false, reason: 'shape' }],
    ['4', { ok: false, reason: 'shape' }],
    ['hours', { ok: false, reason: 'shape' }],
    ['-4 hours', { ok: false, reason: 'shape' }],
    ['4 hours ago!', { ok: false, reason: 'shape' }],
    ['1 day and', { ok: false, reason: 'shape' }],
    ['4 hours'.repeat(20), { ok: false, reason: 'shape' }],
    ['4 fortnights', { ok: false, reason: 'unit', unit: 'fortnights' }],
    ['1 constructor', { ok: false, reason: 'unit', unit: 'constructor' }],
    ['9999 weeks', { ok: false, reason: 'too-long' }],
  ])('%s is none', (text, expected) => {
    expect(parseDuration(text)).toEqual(expected);
  });
});

describe('durations in words', () => {
  test.each([
    [4 * HOUR, '4 hours'],
    [24 * HOUR, '24 hours'],
    [30 * HOUR, '30 hours'],
    [2 * DAY, '2 days'],
    [7 * DAY, '7 days'],
    [54 * HOUR, '2 days 6 hours'],
    [MINUTE, '1 minute'],
    [25 * MINUTE + 13 * SECOND, '25 minutes 13 seconds'],
    [0, '0 seconds'],
    [3, 'less than a second'],
    [-2 * HOUR, 'minus 2 hours'],
  ])('%s ms is %s', (duration, words) => {
    expect(durationInWords(duration)).toBe(words);
  });

  test('are read back exactly, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LONGEST_DURATION / SECOND }), (seconds) => {
        expect(parseDuration(durationInWords(seconds * SECOND))).toEqual({
          ok: true,
          duration: seconds * SECOND,
        });
      }),
    );
  });

  test('any text is answered', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseDuration(text).ok === 'boolean'));
  });
});
