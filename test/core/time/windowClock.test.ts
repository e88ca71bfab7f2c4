import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Season, Window } from '../../../src/core/time/window.ts';
import { windowClock } from '../../../src/core/time/windowClock.ts';
import { DAY, HOUR, MINUTE } from '../../../src/core/words.ts';
import { naiveInstances } from './naiveInstances.ts';

const at = (iso: string): number => Date.parse(iso);
const iso = (t: number): string => new Date(t).toISOString().replace(/:00\.000Z$/u, 'Z');

/** `"02:00-06:00 Europe/London"`. */
function window(text: string, season: Season | null = null): Window {
  const [hours, zone] = text.split(' ');
  const [start, end] = hours!
    .split('-')
    .map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)));
  return { start: start!, end: end!, zone: zone!, season };
}

describe('an ordinary day', () => {
  const offPeak = windowClock([window('02:00-06:00 UTC')]);
  const urgent = windowClock([window('20:00-06:00 UTC')]);

  test.each([
    ['2026-11-24T14:00Z', '2026-11-25T02:00Z', '2026-11-24T20:00Z'],
    ['2026-11-24T01:59Z', '2026-11-24T02:00Z', '2026-11-24T01:59Z'],
    ['2026-11-24T02:00Z', '2026-11-24T02:00Z', '2026-11-24T02:00Z'],
    ['2026-11-24T05:59Z', '2026-11-24T05:59Z', '2026-11-24T05:59Z'],
    ['2026-11-24T06:00Z', '2026-11-25T02:00Z', '2026-11-24T20:00Z'],
    ['2026-11-24T20:00Z', '2026-11-25T02:00Z', '2026-11-24T20:00Z'],
  ])('at %s the off-peak window is open from %s, the urgent one from %s', (now, offPeakFrom, urgentFrom) => {
    expect(iso(offPeak.nextOpening(at(now)))).toBe(offPeakFrom);
    expect(iso(urgent.nextOpening(at(now)))).toBe(urgentFrom);
  });

  test('a window across midnight is one opening', () => {
    const opening = { start: at('2026-11-24T20:00Z'), end: at('2026-11-25T06:00Z') };
    expect(urgent.instanceAt(at('2026-11-24T23:00Z'))).toEqual(opening);
    expect(urgent.instanceAt(at('2026-11-25T05:00Z'))).toEqual(opening);
    expect(urgent.instanceAt(at('2026-11-25T06:00Z'))).toBeNull();
  });
});

describe('the days on which the clocks change', () => {
  /** Window, an instant before its opening on that day, its start and its end in UTC. */
  test.each([
    // New York, 8 March 2026: 02:00 becomes 03:00, so four hours are three.
    ['02:00-06:00 America/New_York', '2026-03-08T00:00-05:00', '2026-03-08T07:00Z', '2026-03-08T10:00Z'],
    ['01:00-05:00 America/New_York', '2026-03-08T00:00-05:00', '2026-03-08T06:00Z', '2026-03-08T09:00Z'],
    ['20:00-06:00 America/New_York', '2026-03-07T12:00-05:00', '2026-03-08T01:00Z', '2026-03-08T10:00Z'],
    // A start that the clocks skip moves on by the hour that is missing.
    ['02:30-04:00 America/New_York', '2026-03-08T00:00-05:00', '2026-03-08T07:30Z', '2026-03-08T08:00Z'],
    ['02:15-02:45 America/New_York', '2026-03-08T00:00-05:00', '2026-03-08T07:15Z', '2026-03-08T07:45Z'],
    // Moved on, it would start after its end: it does not open that day, but on the next.
    ['02:30-03:15 America/New_York', '2026-03-08T00:00-05:00', '2026-03-09T06:30Z', '2026-03-09T07:15Z'],
    // New York, 1 November 2026: 02:00 becomes 01:00, so four hours are five; of a time that comes twice, the first.
    ['02:00-06:00 America/New_York', '2026-11-01T00:00-04:00', '2026-11-01T07:00Z', '2026-11-01T11:00Z'],
    ['01:00-05:00 America/New_York', '2026-11-01T00:00-04:00', '2026-11-01T05:00Z', '2026-11-01T10:00Z'],
    ['01:30-02:00 America/New_York', '2026-11-01T00:00-04:00', '2026-11-01T05:30Z', '2026-11-01T07:00Z'],
    ['01:00-01:30 America/New_York', '2026-11-01T00:00-04:00', '2026-11-01T05:00Z', '2026-11-01T05:30Z'],
    // London, 29 March and 25 October 2026, at 01:00 UTC.
    ['01:00-05:00 Europe/London', '2026-03-29T00:00Z', '2026-03-29T01:00Z', '2026-03-29T04:00Z'],
    ['01:30-01:45 Europe/London', '2026-03-29T00:00Z', '2026-03-29T01:30Z', '2026-03-29T01:45Z'],
    ['01:00-05:00 Europe/London', '2026-10-25T00:00+01:00', '2026-10-25T00:00Z', '2026-10-25T05:00Z'],
    ['22:00-01:30 Europe/London', '2026-10-24T12:00+01:00', '2026-10-24T21:00Z', '2026-10-25T00:30Z'],
    // Lord Howe changes by half an hour: 4 October 2026 at 02:00 (+10:30 to +11), 5 April 2026 at 02:00 (back).
    ['02:00-06:00 Australia/Lord_Howe', '2026-10-04T00:00+10:30', '2026-10-03T15:30Z', '2026-10-03T19:00Z'],
    ['02:15-02:45 Australia/Lord_Howe', '2026-10-04T00:00+10:30', '2026-10-04T15:15Z', '2026-10-04T15:45Z'],
    ['02:15-03:00 Australia/Lord_Howe', '2026-10-04T00:00+10:30', '2026-10-03T15:45Z', '2026-10-03T16:00Z'],
    ['01:45-06:00 Australia/Lord_Howe', '2026-04-05T00:00+11:00', '2026-04-04T14:45Z', '2026-04-04T19:30Z'],
    // Kolkata never changes, and is half an hour off.
    ['02:00-06:00 Asia/Kolkata', '2026-03-08T00:00+05:30', '2026-03-07T20:30Z', '2026-03-08T00:30Z'],
    // Apia had no 30 December 2011: the window of that date is the one of the 31st.
    ['02:00-06:00 Pacific/Apia', '2011-12-29T12:00-10:00', '2011-12-30T12:00Z', '2011-12-30T16:00Z'],
    ['20:00-06:00 Pacific/Apia', '2011-12-29T12:00-10:00', '2011-12-30T06:00Z', '2011-12-30T16:00Z'],
  ])('%s after %s: from %s to %s', (text, before, start, end) => {
    const clock = windowClock([window(text)]);
    const opening = clock.nextOpening(at(before));
    expect(iso(opening)).toBe(start);
    expect(iso(clock.instanceAt(opening)!.end)).toBe(end);
  });
});

describe('all day', () => {
  test('a window that ends when it starts never closes', () => {
    for (const text of ['00:00-00:00 America/New_York', '02:30-02:30 Pacific/Apia']) {
      const clock = windowClock([window(text)]);
      expect(clock.nextOpening(at('2011-12-30T12:00Z'))).toBe(at('2011-12-30T12:00Z'));
      expect(clock.instanceAt(0)).toEqual({ start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY });
    }
  });

  test('two halves of the day never close either', () => {
    const clock = windowClock([window('06:00-18:00 UTC'), window('18:00-06:00 UTC')]);
    expect(clock.instanceAt(0)).toEqual({ start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY });
  });

  test('in a season it is one opening, joined with what touches it', () => {
    const summer = { from: '06-01', to: '08-31' };
    const clock = windowClock([window('22:00-02:00 UTC'), window('00:00-00:00 UTC', summer)]);
    const opening = { start: at('2026-05-31T22:00Z'), end: at('2026-09-01T02:00Z') };
    expect(clock.instanceAt(at('2026-07-14T12:00Z'))).toEqual(opening);
    expect(clock.instanceAt(at('2026-05-31T23:00Z'))).toEqual(opening);
    expect(clock.nextOpening(at('2026-05-30T12:00Z'))).toBe(at('2026-05-30T22:00Z'));
  });
});

describe('seasons', () => {
  test('a closed season ends when the next one starts', () => {
    const clock = windowClock([window('02:00-06:00 UTC', { from: '12-01', to: '02-29' })]);
    expect(iso(clock.nextOpening(at('2026-03-01T00:00Z')))).toBe('2026-12-01T02:00Z');
    expect(iso(clock.nextOpening(at('2027-02-28T12:00Z')))).toBe('2027-12-01T02:00Z');
    expect(iso(clock.nextOpening(at('2028-02-28T12:00Z')))).toBe('2028-02-29T02:00Z');
  });

  test('29 February may be eight years away', () => {
    const clock = windowClock([window('02:00-06:00 UTC', { from: '02-29', to: '02-29' })]);
    expect(iso(clock.nextOpening(at('2096-03-01T00:00Z')))).toBe('2104-02-29T02:00Z');
  });

  test('an opening that ends in more than 400 days has no end to speak of', () => {
    const clock = windowClock([window('00:00-00:00 UTC', { from: '03-01', to: '02-28' })]);
    expect(clock.instanceAt(at('2027-07-14T12:00Z'))).toEqual({
      start: Number.NEGATIVE_INFINITY,
      end: at('2028-02-29T00:00Z'),
    });
    expect(iso(clock.nextOpening(at('2028-02-29T12:00Z')))).toBe('2028-03-01T00:00Z');
  });
});

test('no windows never open', () => {
  const clock = windowClock([]);
  expect(clock.isInside(0)).toBe(false);
  expect(clock.nextOpening(0)).toBe(Number.POSITIVE_INFINITY);
});

const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'America/St_Johns',
  'Africa/Casablanca',
  'America/Sao_Paulo',
];
/** Around changes of clocks and of the date line, and around nothing in particular. */
const NOTABLE = [
  '2011-12-30T10:00Z',
  '2015-10-18T03:00Z',
  '2026-03-08T07:00Z',
  '2026-03-29T01:00Z',
  '2026-04-04T15:00Z',
  '2026-10-03T15:30Z',
  '2026-10-25T01:00Z',
  '2026-11-01T06:00Z',
  '2027-02-07T02:00Z',
  '2028-02-29T12:00Z',
].map(at);
const minuteOfDay = fc.integer({ min: 0, max: 1439 });
const day = fc.constantFrom(
  '01-01',
  '02-28',
  '02-29',
  '03-01',
  '03-08',
  '06-01',
  '10-25',
  '11-01',
  '12-29',
  '12-31',
);
const anyWindow: fc.Arbitrary<Window> = fc.record({
  start: fc.oneof(minuteOfDay, fc.constantFrom(0, 60, 90, 120, 150, 180)),
  end: fc.oneof(minuteOfDay, fc.constantFrom(0, 60, 90, 120, 150, 180)),
  zone: fc.constantFrom(...ZONES),
  season: fc.option(fc.record({ from: day, to: day }), { freq: 3 }),
});
const anyInstant = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...NOTABLE),
      fc.integer({ min: at('2010-01-01T00:00Z'), max: at('2035-01-01T00:00Z') }),
    ),
    fc.integer({ min: -3 * DAY, max: 3 * DAY }),
    fc.constantFrom(1, MINUTE, 30 * MINUTE, HOUR),
  )
  .map(([near, offset, grain]) => Math.round((near + offset) / grain) * grain);

/** How far the gap before an opening is looked through. */
const HORIZON = 8 * DAY;

describe('property (g)', () => {
  test('the next opening is inside an instance, and nothing between now and it is', () => {
    fc.assert(
      fc.property(fc.array(anyWindow, { minLength: 1, maxLength: 3 }), anyInstant, (windows, t) => {
        const clock = windowClock(windows);
        const opening = clock.nextOpening(t);
        const instances = naiveInstances(windows, t - 2 * DAY, Math.min(opening, t + HORIZON) + DAY);
        const inside = (moment: number) =>
          instances.some(({ start, end }) => start <= moment && moment < end);
        expect(opening).toBeGreaterThanOrEqual(t);
        if (opening < t + HORIZON) expect(inside(opening)).toBe(true);
        // An instance between them would start between them, or cover now.
        if (opening > t) expect(inside(t)).toBe(false);
        expect(instances.filter(({ start }) => start > t && start < opening && start < t + HORIZON)).toEqual(
          [],
        );
        expect(clock.isInside(t)).toBe(opening === t);
      }),
      { numRuns: 10_000 },
    );
  }, 120_000);

  test('what it remembers does not change what it answers', () => {
    fc.assert(
      fc.property(
        fc.array(anyWindow, { minLength: 1, maxLength: 3 }),
        anyInstant,
        fc.array(fc.integer({ min: -40 * DAY, max: 40 * DAY }), { minLength: 2, maxLength: 12 }),
        (windows, t, offsets) => {
          const remembering = windowClock(windows);
          for (const offset of offsets) {
            const fresh = windowClock(windows);
            expect(remembering.nextOpening(t + offset)).toBe(fresh.nextOpening(t + offset));
            expect(remembering.instanceAt(t + offset)).toEqual(fresh.instanceAt(t + offset));
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 120_000);

  test('an opening holds now, and nothing next to it is open', () => {
    fc.assert(
      fc.property(fc.array(anyWindow, { minLength: 1, maxLength: 3 }), anyInstant, (windows, t) => {
        const clock = windowClock(windows);
        const opening = clock.instanceAt(t);
        if (opening === null) return;
        const fresh = windowClock(windows);
        expect(opening.start <= t && t < opening.end).toBe(true);
        if (Number.isFinite(opening.start)) expect(fresh.isInside(opening.start - 1)).toBe(false);
        if (Number.isFinite(opening.end)) expect(fresh.isInside(opening.end)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  }, 120_000);
});

test('a hundred thousand questions to one clock take a fraction of a plan', () => {
  const clock = windowClock([window('02:00-06:00 America/New_York'), window('12:00-13:00 Asia/Kolkata')]);
  const now = at('2026-11-22T18:00Z');
  const start = performance.now();
  for (let question = 0; question < 100_000; question++)
    clock.nextOpening(now + ((question * 7919 * MINUTE) % (30 * DAY)));
  // A plan has 250 ms for all of its work; this is a tenth of it on two idle cores.
  expect(performance.now() - start).toBeLessThan(250);
});
