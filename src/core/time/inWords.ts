import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../words.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `02:00 America/New_York on Tue 24 Nov`; the year is added when it is not that of `now`. */
export function inWords(t: Instant, zone: string, now: Instant = t): string {
  const local = zoned(t, zone);
  const year = local.year === zoned(now, zone).year ? '' : ` ${local.year}`;
  return `${timeOfDay(local)} ${zone} on ${DAYS[local.dayOfWeek - 1] ?? ''} ${local.day} ${MONTHS[local.month - 1] ?? ''}${year}`;
}

/** `02:00 America/New_York`: for the day that is meant anyway. */
export function timeInWords(t: Instant, zone: string): string {
  return `${timeOfDay(zoned(t, zone))} ${zone}`;
}

function timeOfDay({ hour, minute }: { hour: number; minute: number }): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function zoned(t: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(t).toZonedDateTimeISO(zone);
}
