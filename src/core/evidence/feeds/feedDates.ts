import type { Instant } from '../../words.ts';

const PLAIN = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(?:Z|UTC|GMT)?$/i;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const RFC_822 = /^(?:[A-Za-z]{3},?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})\s+(\d\d):(\d\d)(?::(\d\d))?/;

const whole = (instant: number): Instant | undefined => (Number.isNaN(instant) ? undefined : instant);

/**
 * Reads a feed's date. Amazon's have no zone, with or without seconds (`2026-02-16 09:00`); they are taken as UTC,
 * as Amazon's site shows them. Also ISO 8601 with a zone and the RSS form (`Tue, 07 Mar 2023 00:29:00 GMT`).
 * Undefined for everything else: a date is never guessed.
 */
export function parseFeedDate(text: string | undefined): Instant | undefined {
  const trimmed = text?.trim() ?? '';
  if (trimmed.length > 40) return undefined;
  const plain = PLAIN.exec(trimmed);
  if (plain !== null) {
    const [, year, month, day, hour = '0', minute = '0', second = '0'] = plain;
    return whole(
      Date.parse(
        `${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute.padStart(2, '0')}:${second.padStart(2, '0')}Z`,
      ),
    );
  }
  const rss = RFC_822.exec(trimmed);
  if (rss !== null) {
    const [, day, name = '', year, hour, minute, second = '0'] = rss;
    const month = MONTHS.indexOf(name.toLowerCase());
    return month < 0
      ? undefined
      : whole(Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second)));
  }
  return /^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d$/.test(trimmed) ? whole(Date.parse(trimmed)) : undefined;
}
