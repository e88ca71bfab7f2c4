import { expect, test } from 'vitest';
import { ago, counted, roughly, stamp, when } from '../../../cli/text/time.ts';

const NOW = '2026-11-24T22:00:00.000Z';

test.each([
  ['2026-11-24T21:59:55.000Z', 'just now'],
  ['2026-11-24T21:59:15.000Z', '45 seconds ago'],
  ['2026-11-24T21:59:00.000Z', '1 minute ago'],
  ['2026-11-24T20:30:00.000Z', '90 minutes ago'],
  ['2026-11-24T20:00:00.000Z', '2 hours ago'],
  ['2026-11-23T22:00:00.000Z', '1 day ago'],
  ['2026-11-22T20:00:00.000Z', '2 days ago'],
  ['2026-11-24T22:00:03.000Z', 'just now'],
])('%s was %s', (instant, words) => expect(ago(instant, { now: NOW, zone: 'UTC' })).toBe(words));

test.each([
  ['2026-11-25T02:30:00.000Z', 'UTC', 'tonight 02:30 UTC'],
  ['2026-11-24T22:30:00.000Z', 'UTC', 'tonight 22:30 UTC'],
  ['2026-11-25T09:00:00.000Z', 'UTC', 'tomorrow 09:00 UTC'],
  ['2026-11-24T14:10:00.000Z', 'UTC', 'today 14:10 UTC'],
  ['2026-12-01T02:00:00.000Z', 'UTC', 'Tue 1 Dec 02:00 UTC'],
  ['2027-01-01T02:00:00.000Z', 'UTC', 'Fri 1 Jan 2027 02:00 UTC'],
  ['2026-11-25T02:30:00.000Z', 'America/New_York', 'tonight 21:30 America/New_York'],
  ['2026-11-25T02:30:00.000Z', 'Asia/Kolkata', 'today 08:00 Asia/Kolkata'],
  ['2026-11-25T23:30:00.000Z', 'Australia/Lord_Howe', 'tomorrow 10:30 Australia/Lord_Howe'],
])('%s in %s is %s', (instant, zone, words) => expect(when(instant, { now: NOW, zone })).toBe(words));

test('a line of a story is stamped in its zone', () => {
  expect(stamp('2026-11-04T02:00:01.000Z', 'Europe/London')).toBe(' 4 Nov 02:00:01');
});

test.each([
  [0, '0 seconds'],
  [1_000, '1 second'],
  [119_000, '119 seconds'],
  [1_500_000, '25 minutes'],
  [86_400_000, '1 day'],
])('%i ms is roughly %s', (duration, words) => expect(roughly(duration)).toBe(words));

test('one is not several', () =>
  expect([counted(1, 'build'), counted(0, 'build')]).toEqual(['1 build', '0 builds']));
