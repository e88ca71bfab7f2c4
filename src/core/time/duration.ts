import { DAY, HOUR, MINUTE, SECOND, type Milliseconds } from '../words.ts';

const WEEK = 7 * DAY;

/** Every way to write a unit that people use in policies. */
const UNITS: Readonly<Record<string, Milliseconds>> = {
  ...named(['s', 'sec', 'secs', 'second', 'seconds'], SECOND),
  ...named(['m', 'min', 'mins', 'minute', 'minutes'], MINUTE),
  ...named(['h', 'hr', 'hrs', 'hour', 'hours'], HOUR),
  ...named(['d', 'day', 'days'], DAY),
  ...named(['w', 'wk', 'wks', 'week', 'weeks'], WEEK),
};

/** The units offered when a written one is not known. */
export const DURATION_UNITS = ['seconds', 'minutes', 'hours', 'days', 'weeks'] as const;

/** Longer than this is a slip of the pen, and would leave the range in which arithmetic is exact. */
export const LONGEST_DURATION: Milliseconds = 3650 * DAY;

/** `1 day 6 hours`, `90 min`, `1.5 hours`, `2 weeks`; parts may be joined by a comma or `and`. */
export const DURATION_PATTERN =
  '^\\s*\\d+(\\.\\d+)?\\s*[A-Za-z]+((\\s*,\\s*|\\s+and\\s+|\\s*)\\d+(\\.\\d+)?\\s*[A-Za-z]+)*\\s*$';

const WHOLE = new RegExp(DURATION_PATTERN, 'u');
const PART = /(\d+(?:\.\d+)?)\s*([A-Za-z]+)/gu;

export type DurationReading =
  | { readonly ok: true; readonly duration: Milliseconds }
  | { readonly ok: false; readonly reason: 'shape' | 'too-long' }
  | { readonly ok: false; readonly reason: 'unit'; readonly unit: string };

/** Reads a length of time as people write it; whole milliseconds, at most ten years. */
export function parseDuration(text: string): DurationReading {
  // The longest sensible duration is far shorter; the pattern need not see more.
  if (text.length > 100 || !WHOLE.test(text)) return { ok: false, reason: 'shape' };
  let total = 0;
  for (const [, amount = '', unit = ''] of text.replace(/\band\b|,/giu, ' ').matchAll(PART)) {
    const length = Object.hasOwn(UNITS, unit.toLowerCase()) ? UNITS[unit.toLowerCase()] : undefined;
    if (length === undefined) return { ok: false, reason: 'unit', unit };
    total += Number(amount) * length;
  }
  const duration = Math.round(total);
  return duration > LONGEST_DURATION ? { ok: false, reason: 'too-long' } : { ok: true, duration };
}

/**
 * `4 hours`, `24 hours`, `7 days`, `25 minutes 13 seconds`: exact to the second, in units that `parseDuration` reads
 * back. Hours are kept up to two days, as people say "within 24 hours".
 */
export function durationInWords(duration: Milliseconds): string {
  if (duration < 0) return `minus ${durationInWords(-duration)}`;
  const seconds = Math.round(duration / SECOND);
  if (seconds === 0) return duration > 0 ? 'less than a second' : '0 seconds';
  const inDays = duration >= 2 * DAY;
  const hours = Math.floor(seconds / 3600);
  return [
    counted(inDays ? Math.floor(hours / 24) : 0, 'day'),
    counted(inDays ? hours % 24 : hours, 'hour'),
    counted(Math.floor(seconds / 60) % 60, 'minute'),
    counted(seconds % 60, 'second'),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** `1 day`, `90 days`: of what is counted by days. */
export function daysInWords(window: Milliseconds): string {
  return counted(Math.ceil(window / DAY), 'day');
}

function counted(count: number, unit: string): string {
  if (count === 0) return '';
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

function named(names: readonly string[], length: Milliseconds): Record<string, Milliseconds> {
  return Object.fromEntries(names.map((name) => [name, length]));
}
