import { expect, test } from 'vitest';
import { inWords, timeInWords } from '../../../src/core/time/inWords.ts';

const at = (iso: string): number => Date.parse(iso);

test.each([
  ['2026-11-24T07:00Z', 'America/New_York', '02:00 America/New_York on Tue 24 Nov'],
  ['2026-11-24T23:30Z', 'Asia/Kolkata', '05:00 Asia/Kolkata on Wed 25 Nov'],
  ['2026-03-01T00:05Z', 'UTC', '00:05 UTC on Sun 1 Mar'],
])('%s in %s', (iso, zone, words) => {
  expect(inWords(at(iso), zone)).toBe(words);
});

test('the year is said when it is another', () => {
  expect(inWords(at('2027-01-01T02:00Z'), 'UTC', at('2026-12-31T14:00Z'))).toBe(
    '02:00 UTC on Fri 1 Jan 2027',
  );
  expect(inWords(at('2026-12-31T20:00Z'), 'UTC', at('2026-12-31T14:00Z'))).toBe('20:00 UTC on Thu 31 Dec');
});

test('the time alone', () => {
  expect(timeInWords(at('2026-11-24T07:00Z'), 'America/New_York')).toBe('02:00 America/New_York');
});
