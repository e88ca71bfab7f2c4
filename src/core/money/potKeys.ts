import type { ZoneCalendar } from '../time/calendar.ts';
import type { Instant, Pot } from '../words.ts';

const GRANT = 'grant:';

/**
 * The balances a reservation must hold: `daily` counts against day and month, `monthly` against the month, `urgent`
 * against itself, per calendar month in the policy's zone (design §4, Money). Most particular first.
 */
export function potKeys(pot: Pot, now: Instant, calendar: ZoneCalendar): string[] {
  switch (pot) {
    case 'daily':
      return [`daily#${calendar.dayOf(now)}`, `monthly#${calendar.monthOf(now)}`];
    case 'monthly':
      return [`monthly#${calendar.monthOf(now)}`];
    case 'urgent':
      return [`urgent#${calendar.monthOf(now)}`];
  }
}

export function grantKey(id: string): string {
  return `${GRANT}${id}`;
}

/** What a key names; the period is a day for `daily`, a month otherwise. */
export type PotName = { readonly pot: Pot; readonly period: string } | { readonly grant: string };

/** @throws Error if the key is none of ours: a balance that no rule can name must not be guessed at. */
export function potNameOf(key: string): PotName {
  if (key.startsWith(GRANT)) return { grant: key.slice(GRANT.length) };
  const [, pot, period] = /^(daily|monthly|urgent)#(\d{4}-\d{2}(?:-\d{2})?)$/u.exec(key) ?? [];
  if ((pot === 'daily' || pot === 'monthly' || pot === 'urgent') && period !== undefined)
    return { pot, period };
  throw new Error(
    `"${key}" is no pot: expected daily#YYYY-MM-DD, monthly#YYYY-MM, urgent#YYYY-MM or grant:<id>`,
  );
}

/** `the daily pot of 2026-11-24`, `grant nsf-123`. */
export function potInWords(key: string): string {
  const name = potNameOf(key);
  return 'grant' in name ? `grant ${name.grant}` : `the ${name.pot} pot of ${name.period}`;
}
