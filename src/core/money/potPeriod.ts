import type { Policy } from '../policy/policy.ts';
import { endOfDay, startOfDay, startOfNextMonth } from '../time/calendar.ts';
import type { Instant } from '../words.ts';
import { potNameOf } from './potKeys.ts';

/** `[start, end)`: the time for which the money in a pot is meant. */
export interface PotPeriod {
  readonly start: Instant;
  readonly end: Instant;
}

/** A pot's day or month in the policy's zone, a grant's own time; undefined for a grant that the policy does not name. */
export function potPeriod(
  key: string,
  { zone, grants }: Pick<Policy, 'zone' | 'grants'>,
): PotPeriod | undefined {
  const name = potNameOf(key);
  if ('grant' in name) {
    const grant = grants.find(({ id }) => id === name.grant);
    return grant && { start: grant.startsAt, end: grant.endsAt };
  }
  if (name.pot === 'daily') return { start: startOfDay(name.period, zone), end: endOfDay(name.period, zone) };
  const start = startOfDay(`${name.period}-01`, zone);
  return { start, end: startOfNextMonth(start, zone) };
}
