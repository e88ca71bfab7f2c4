import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../words.ts';

/** Days and months of one zone, remembering the last ones asked for: budgets ask for the same day again and again. */
export interface ZoneCalendar {
  readonly zone: string;
  /** `YYYY-MM-DD`. */
  dayOf(t: Instant): string;
  /** `YYYY-MM`. */
  monthOf(t: Instant): string;
  startOfNextDay(t: Instant): Instant;
  startOfNextMonth(t: Instant): Instant;
}

interface Period {
  readonly name: string;
  readonly start: Instant;
  /** The first instant of the next one. */
  readonly end: Instant;
}

export function zoneCalendar(zone: string): ZoneCalendar {
  const day = remembering((t) => dayPeriod(t, zone));
  const month = remembering((t) => monthPeriod(t, zone));
  return {
    zone,
    dayOf: (t) => day(t).name,
    monthOf: (t) => month(t).name,
    startOfNextDay: (t) => day(t).end,
    startOfNextMonth: (t) => month(t).end,
  };
}

/** The local date of an instant, `YYYY-MM-DD`. */
export function dayOf(t: Instant, zone: string): string {
  return localDate(t, zone).toString();
}

/** The local month of an instant, `YYYY-MM`. */
export function monthOf(t: Instant, zone: string): string {
  return localDate(t, zone).toPlainYearMonth().toString();
}

/** The first instant after `t` that lies on a later local date. */
export function startOfNextDay(t: Instant, zone: string): Instant {
  return dayPeriod(t, zone).end;
}

/** The first instant after `t` that lies in a later local month. */
export function startOfNextMonth(t: Instant, zone: string): Instant {
  return monthPeriod(t, zone).end;
}

/** The first instant of a local date (`YYYY-MM-DD`); of a date the zone skipped, the first instant after it. */
export function startOfDay(date: string, zone: string): Instant {
  return startOf(Temporal.PlainDate.from(date), zone);
}

/** The first instant after a local date (`YYYY-MM-DD`). */
export function endOfDay(date: string, zone: string): Instant {
  return startOf(Temporal.PlainDate.from(date).add({ days: 1 }), zone);
}

/** Whether `YYYY-MM-DD` is a date of the calendar. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export function localDate(t: Instant, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(t).toZonedDateTimeISO(zone).toPlainDate();
}

function startOf(date: Temporal.PlainDate, zone: string): Instant {
  return date.toZonedDateTime(zone).epochMilliseconds;
}

function dayPeriod(t: Instant, zone: string): Period {
  const date = localDate(t, zone);
  return { name: date.toString(), start: startOf(date, zone), end: startOf(date.add({ days: 1 }), zone) };
}

function monthPeriod(t: Instant, zone: string): Period {
  const month = localDate(t, zone).toPlainYearMonth();
  const first = month.toPlainDate({ day: 1 });
  return {
    name: month.toString(),
    start: startOf(first, zone),
    end: startOf(first.add({ months: 1 }), zone),
  };
}

function remembering(find: (t: Instant) => Period): (t: Instant) => Period {
  let last: Period | undefined;
  return (t) => {
    if (last === undefined || t < last.start || t >= last.end) last = find(t);
    return last;
  };
}
