import type { TemplateGrants } from '../money/grantShares.ts';
import { holdingsOf, shareOf } from '../money/holdings.ts';
import { highestLimitOf, limitOf } from '../money/limitOf.ts';
import { leftIn, type Holding, type PotBalance } from '../money/pot.ts';
import { grantKey, potKeys } from '../money/potKeys.ts';
import type { Policy } from '../policy/policy.ts';
import type { ZoneCalendar } from '../time/calendar.ts';
import { type Instant, type MicroDollars, type Pot } from '../words.ts';

/** The balances, as they are taken from in the course of one plan. */
export interface PotBook {
  /**
   * The limit that a ceiling exceeds altogether, with its pot's key: it can never be paid. A grant of nothing is an
   * empty one, which parks (design §4, Money).
   */
  beyond(
    pot: Pot,
    amount: MicroDollars,
    grants: TemplateGrants,
  ): { key: string; limit: MicroDollars } | undefined;
  /** Keys of the pots that cannot hold the amount now; empty if all can. */
  lacking(pot: Pot, amount: MicroDollars, grants: TemplateGrants): readonly string[];
  take(template: string, pot: Pot, amount: MicroDollars): readonly Holding[];
  /** When a pot that lacks the amount begins anew; `null` for a grant. */
  renewal(key: string, amount: MicroDollars): Instant | null;
}

interface Account {
  readonly key: string;
  readonly highest: MicroDollars;
  left: MicroDollars;
}

const NOTHING: readonly string[] = [];
const DAYS_OF_A_YEAR = 366;

export function potBook(
  policy: Policy,
  calendar: ZoneCalendar,
  balances: readonly PotBalance[],
  now: Instant,
): PotBook {
  const read = new Map(balances.map((balance) => [balance.key, balance]));
  const accounts = new Map<string, Account>();
  const accountOf = (key: string): Account => {
    let account = accounts.get(key);
    if (account === undefined) {
      const left = leftIn(read.get(key), limitOf(key, policy));
      accounts.set(key, (account = { key, highest: highestLimitOf(key, policy), left }));
    }
    return account;
  };
  const accountsOf = (pot: Pot) => potKeys(pot, now, calendar).map(accountOf);
  const ofPot: Readonly<Record<Pot, Account[]>> = {
    daily: accountsOf('daily'),
    monthly: accountsOf('monthly'),
    urgent: accountsOf('urgent'),
  };
  const grantAccount = (id: string) => accountOf(grantKey(id));
  const days = dayRenewals(policy, calendar, now);

  return {
    beyond: (pot, amount, { paying }) => {
      for (const { key, highest } of ofPot[pot]) if (amount > highest) return { key, limit: highest };
      for (const { grant, share } of paying)
        if (grant.limit > 0 && shareOf(amount, share) > grant.limit)
          return { key: grantKey(grant.id), limit: grant.limit };
      return undefined;
    },
    lacking: (pot, amount, { paying }) => {
      let keys: string[] | undefined;
      for (const { key, left } of ofPot[pot]) if (amount > left) (keys ??= []).push(key);
      for (const { grant, share } of paying)
        if (shareOf(amount, share) > grantAccount(grant.id).left) (keys ??= []).push(grantKey(grant.id));
      return keys ?? NOTHING;
    },
    take: (template, pot, amount) => {
      const holdings = holdingsOf({ template, pot, amount }, policy, calendar, now);
      for (const { key, amount: held } of holdings) accountOf(key).left -= held;
      return holdings;
    },
    renewal: (key, amount) => {
      if (key.startsWith('daily#')) return days(amount);
      return key.startsWith('grant:') ? null : calendar.startOfNextMonth(now);
    },
  };
}

/**
 * The start of the next day whose limit holds the amount: outside the preparation season some days never do. Only two
 * limits exist, so at most two days are looked for, once.
 */
function dayRenewals(
  policy: Policy,
  calendar: ZoneCalendar,
  now: Instant,
): (amount: MicroDollars) => Instant | null {
  const nextDayOf = (wanted: (limit: MicroDollars) => boolean) => {
    let day = calendar.startOfNextDay(now);
    for (let days = 0; days < DAYS_OF_A_YEAR; days++) {
      const limit = limitOf(potKeys('daily', day, calendar)[0] ?? '', policy);
      if (wanted(limit)) return { day, limit };
      day = calendar.startOfNextDay(day);
    }
    return null;
  };
  let tomorrow: { day: Instant; limit: MicroDollars } | null | undefined;
  let richer: { day: Instant; limit: MicroDollars } | null | undefined;
  return (amount) => {
    tomorrow ??= nextDayOf(() => true);
    if (tomorrow === null || amount <= tomorrow.limit) return tomorrow?.day ?? null;
    const { limit } = tomorrow;
    richer ??= nextDayOf((other) => other > limit);
    return richer !== null && amount <= richer.limit ? richer.day : null;
  };
}
