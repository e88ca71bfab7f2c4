import type { Policy } from '../policy/policy.ts';
import { zoneCalendar } from '../time/calendar.ts';
import type { Instant } from '../words.ts';
import type { Removal } from './removal.ts';

/**
 * At most so many AMIs are deregistered on a day of the policy's zone, in the order given; what is beyond that waits
 * for a day on which it has its turn. The other steps can be taken back, and have no limit.
 */
export function dailyLimit(
  removals: readonly Removal[],
  removedToday: number,
  { retention: { maximumRemovalsPerDay: limit }, zone }: Policy,
  now: Instant,
): Removal[] {
  const calendar = zoneCalendar(zone);
  let day = now;
  let left = limit - removedToday;
  return removals.map((removal) => {
    if (!removal.due || removal.step !== 'deregister') return removal;
    if (limit === 0)
      return full(removal, null, 'the policy lets none go (retention.max_removals_per_day is 0)');
    if (left <= 0) {
      day = calendar.startOfNextDay(day);
      left = limit;
    }
    left -= 1;
    if (day === now) return removal;
    return full(
      removal,
      day,
      `at most ${limit} AMIs are deregistered on a day (retention.max_removals_per_day)`,
    );
  });
}

function full(removal: Removal, at: Instant | null, because: string): Removal {
  return { ...removal, due: false, at, rule: 'day-is-full', because };
}
