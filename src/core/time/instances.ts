import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../words.ts';
import { inSeason } from './season.ts';
import type { Window } from './window.ts';

const FIRST_DATE = Temporal.PlainDate.from('1970-01-01');

/**
 * The instance of a window on the local date that many days after 1970-01-01: none or one (design §4, When).
 * `compatible` disambiguation: a time that the clocks skip is moved on by the gap, of a time that comes twice the
 * first is meant.
 */
export function instancesOn(window: Window, epochDay: number): { start: Instant; end: Instant }[] {
  const date = FIRST_DATE.add({ days: epochDay });
  if (window.season !== null && !inSeason(window.season, date.toString())) return [];
  const start = at(date, window.start, window.zone);
  const end = at(window.end > window.start ? date : date.add({ days: 1 }), window.end, window.zone);
  return end > start ? [{ start, end }] : [];
}

function at(date: Temporal.PlainDate, minute: number, zone: string): Instant {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
  return date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}
