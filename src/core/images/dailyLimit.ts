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
    if (left <= 0) {
      day = calendar.startOfNextDay(day);
      left = limit;
    }
    left -= 1;
    if (day === now) return removal;
    const because = `at most ${limit} AMIs are deregistered on a day (retention.max_removals_per_day)`;
    return { ...removal, due: false, at: day, rule: 'day-is-full', because };
  });
}
