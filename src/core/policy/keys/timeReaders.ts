import { isDate } from '../../time/calendar.ts';
import {
  DURATION_PATTERN,
  DURATION_UNITS,
  LONGEST_DURATION,
  daysInWords,
  durationInWords,
  parseDuration,
} from '../../time/duration.ts';
import { nearest } from '../../time/nearest.ts';
import { knownZone, suggestZone } from '../../time/zone.ts';
import { DAY, type Milliseconds, MINUTE } from '../../words.ts';
import type { Reader } from '../reading/reader.ts';
import { parsed, type Parsed } from '../reading/scalars.ts';

export interface DurationLimits {
  readonly least?: Milliseconds;
  readonly most?: Milliseconds;
}

/** `4 hours`, `1 day 6 hours`. */
export function duration(limits: DurationLimits = {}): Reader<Milliseconds> {
  return parsed(
    { expected: 'a duration such as "4 hours"', schema: { type: 'string', pattern: DURATION_PATTERN } },
    (written) => durationWithin(written, limits, []),
  );
}

/** `7 days`, `2 weeks`: launches are counted by day, so a part of one cannot be told from the whole. */
export function wholeDays({ most }: { readonly most: Milliseconds }): Reader<Milliseconds> {
  return parsed(
    {
      expected: 'a number of whole days such as "7 days"',
      schema: { type: 'string', pattern: DURATION_PATTERN },
    },
    (written) => {
      const read = durationWithin(written, { least: MINUTE, most }, []);
      if (!read.ok || read.value % DAY === 0) return read;
      return { ok: false, suggestion: `launches are counted by day: "${daysInWords(read.value)}"` };
    },
  );
}

/** A duration, or one word that stands for something else: `immediate`, `never`. */
export function durationOr<W extends string>(word: W, limits: DurationLimits = {}): Reader<Milliseconds | W> {
  return parsed<Milliseconds | W>(
    {
      expected: `a duration such as "4 hours", or "${word}"`,
      schema: { anyOf: [{ const: word }, { type: 'string', pattern: DURATION_PATTERN }] },
    },
    (written) =>
      written.trim().toLowerCase() === word
        ? { ok: true, value: word }
        : durationWithin(written, limits, [word]),
  );
}

export const zone: Reader<string> = parsed(
  { expected: 'an IANA time zone such as "America/New_York"', schema: { type: 'string' } },
  (written) => {
    const known = knownZone(written);
    if (known !== null) return { ok: true, value: known };
    if (/\d/u.test(written)) {
      return {
        ok: false,
        suggestion: 'an offset knows no daylight saving: name a place, such as "Europe/Berlin"',
      };
    }
    const meant = suggestZone(written);
    return { ok: false, suggestion: meant === null ? null : `did you mean ${meant}?` };
  },
);

export const date: Reader<string> = parsed(
  { expected: 'a date such as 2027-08-23', schema: { type: 'string', format: 'date' } },
  (written) =>
    isDate(written) ? { ok: true, value: written } : { ok: false, suggestion: suggestDate(written) },
);

/** Reads a duration within limits; `words` are what might have been meant instead. */
export function durationWithin(
  written: string,
  { least = 0, most = LONGEST_DURATION }: DurationLimits,
  words: readonly string[],
): Parsed<Milliseconds> {
  const reading = parseDuration(written);
  if (reading.ok) {
    if (reading.duration >= least && reading.duration <= most) return { ok: true, value: reading.duration };
    return { ok: false, expected: `a duration from ${durationInWords(least)} to ${durationInWords(most)}` };
  }
  if (reading.reason === 'too-long') {
    return { ok: false, expected: `a duration of at most ${durationInWords(most)}` };
  }
  if (reading.reason === 'unit') return { ok: false, suggestion: suggestUnit(reading.unit) };
  if (/^\s*\d+(?:\.\d+)?\s*$/u.test(written)) {
    return { ok: false, suggestion: `add the unit: "${written.trim()} hours"` };
  }
  if (/^P/iu.test(written)) return { ok: false, suggestion: 'write it in words, such as "5 minutes"' };
  if (/^-/u.test(written.trim())) return { ok: false, suggestion: 'a duration is not negative' };
  const word = nearest(written.trim(), words);
  return { ok: false, suggestion: word === null ? null : `did you mean "${word}"?` };
}

function suggestUnit(unit: string): string {
  if (/^(?:months?|mon|years?|yrs?|y)$/iu.test(unit))
    return 'months and years differ in length: write days or weeks';
  const meant = nearest(unit, DURATION_UNITS);
  return meant === null ? `use ${DURATION_UNITS.join(', ')}` : `did you mean ${meant}?`;
}

/** `8/23/2027` and the like are ambiguous: say the form, and the date when its order is certain. */
function suggestDate(written: string): string | null {
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/u.exec(written) ?? [];
  const iso = `${year ?? ''}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
  if (isDate(iso)) return `write ${iso}`;
  return year === undefined ? 'write year-month-day' : 'there is no such day';
}
