import { type Policy, WHOLE_SHARE } from '../policy/policy.ts';
import type { ZoneCalendar } from '../time/calendar.ts';
import type { Instant, MicroDollars, Pot } from '../words.ts';
import { grantsOf } from './grantShares.ts';
import { limitOf } from './limitOf.ts';
import type { Holding } from './pot.ts';
import { grantKey, potKeys } from './potKeys.ts';

/** Everything a reservation of `amount` holds: the pots of its budget, whole, and the template's grants, by share. */
export function holdingsOf(
  { template, pot, amount }: { template: string; pot: Pot; amount: MicroDollars },
  policy: Policy,
  calendar: ZoneCalendar,
  now: Instant,
): Holding[] {
  return [
    ...potKeys(pot, now, calendar).map((key) => ({
      key,
      amount,
      limit: limitOf(key, policy),
      share: WHOLE_SHARE,
    })),
    ...grantsOf(template, policy, now).paying.map(({ grant, share }) => ({
      key: grantKey(grant.id),
      amount: shareOf(amount, share),
      limit: grant.limit,
      share,
    })),
  ];
}

/**
 * The part of a cost that one holding bears, rounded up. It never falls when the cost rises: what was settled within
 * the reservation's ceiling is within each holding's too.
 */
export function shareOf(cost: MicroDollars, share: number): MicroDollars {
  return Math.ceil((cost * share) / WHOLE_SHARE);
}
