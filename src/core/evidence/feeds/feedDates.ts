import { type Instant, MINUTE } from '../../words.ts';

const ZONE = String.raw`\s*(Z|UTC?|GMT|[+-]\d\d:?\d\d)?`;
const ISO = new RegExp(
  String.raw`^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?${ZONE}$`,
  'i',
);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const RFC_822 = new RegExp(
  String.raw`^(?:[a-z]{3},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})\s+(\d\d):(\d\d)(?::(\d\d))?${ZONE}$`,
  'i',
);

/**
 * Reads a feed's date. Amazon's have no zone, with or without seconds (`2026-02-16 09:00`); they are taken as UTC,
 * as Amazon's site shows them. Also ISO 8601 and the RSS form (`Tue, 07 Mar 2023 00:29:00 GMT`), each with a zone.
 * Undefined for everything else, also for a day that no month has: a date is never guessed.
 */
export function parseFeedDate(text: string | undefined): Instant | undefined {
  const trimmed = text?.trim() ?? '';
  if (trimmed.length > 40) return undefined;
  const iso = ISO.exec(trimmed);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, zone] = iso;
    return instantOf([year, month, day, hour, minute, second], zone);
  }
  const rss = RFC_822.exec(trimmed);
  if (rss === null) return undefined;
  const [, day, name = '', year, hour, minute, second, zone] = rss;
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  return instantOf([year, String(month), day, hour, minute, second], zone);
}

/** Month from 1, as written. What is absent of the time is 0. */
function instantOf(parts: readonly (string | undefined)[], zone: string | undefined): Instant | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  if (hour > 24 || minute > 59 || second > 60) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second) - offsetOf(zone);
}

/** How far a zone is ahead of UTC. */
function offsetOf(zone: string | undefined) {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE;
}
