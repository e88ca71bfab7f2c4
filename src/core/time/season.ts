import type { Season } from './window.ts';

/** Days of each month; 29 February is a day of a season, though not of every year. */
const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a local date (`YYYY-MM-DD`) lies in the season. */
export function inSeason(season: Season, date: string): boolean {
  const day = date.slice(-5);
  return season.from <= season.to
    ? season.from <= day && day <= season.to
    : season.from <= day || day <= season.to;
}

/** Whether `MM-DD` is a day that some year has. */
export function isDayOfYear(text: string): boolean {
  const [, month, day] = /^(\d{2})-(\d{2})$/u.exec(text) ?? [];
  const last = DAYS_OF_MONTH[Number(month) - 1] ?? 0;
  return Number(day) >= 1 && Number(day) <= last;
}

/** `06`, `2` … as the last day of a month: `06-30`, `02-29`. */
export function lastDayOf(month: number): string {
  return `${String(month).padStart(2, '0')}-${DAYS_OF_MONTH[month - 1] ?? 30}`;
}
