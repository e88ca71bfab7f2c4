import type { Policy } from './policy/policy.ts';
import { DAY, type Instant, type Milliseconds } from './words.ts';

/** An instance of a template was launched. */
export interface Launch {
  /** The same launch told twice has the same one, and counts once. */
  readonly id: string;
  readonly template: string;
  readonly at: Instant;
}

/** Launches of one template on one day (UTC): counters, because a term's start has thousands. */
export interface LaunchDay {
  readonly template: string;
  /** The first moment of the day. */
  readonly day: Instant;
  readonly count: number;
}

export function dayOfLaunch(at: Instant): Instant {
  return Math.floor(at / DAY) * DAY;
}

/**
 * Launches are kept by day, so a window of N days is today and the N-1 days before it: what was launched on a day that
 * lies in it only in part would otherwise count, or not, as a whole.
 */
export function firstDayOf(window: Milliseconds, now: Instant): Instant {
  return dayOfLaunch(now) - (Math.ceil(window / DAY) - 1) * DAY;
}

/** Launches of a template on the days of the trailing window. */
export function launchesWithin(
  days: readonly LaunchDay[],
  template: string,
  window: Milliseconds,
  now: Instant,
): number {
  const from = firstDayOf(window, now);
  return days
    .filter((each) => each.template === template && each.day >= from && each.day <= now)
    .reduce((sum, { count }) => sum + count, 0);
}

/** Launches of every template on the days of the trailing window. */
export function launchesOfAll(
  days: readonly LaunchDay[],
  window: Milliseconds,
  now: Instant,
): ReadonlyMap<string, number> {
  const from = firstDayOf(window, now);
  const counts = new Map<string, number>();
  for (const { template, day, count } of days)
    if (day >= from && day <= now) counts.set(template, (counts.get(template) ?? 0) + count);
  return counts;
}

/** From when on launches must be known to decide by this policy; `null`: they change nothing. */
export function launchesNeededSince(
  { popularity, dormancy }: Pick<Policy, 'popularity' | 'dormancy'>,
  now: Instant,
): Instant | null {
  const windows = [
    ...(popularity.enabled ? [popularity.window] : []),
    ...(dormancy.launches > 0 ? [dormancy.window] : []),
  ];
  return windows.length === 0 ? null : firstDayOf(Math.max(...windows), now);
}

/** From when on they must be known to tell what is popular; `null`: nothing can be. */
export function popularitySince({ popularity }: Pick<Policy, 'popularity'>, now: Instant): Instant | null {
  return popularity.enabled ? firstDayOf(popularity.window, now) : null;
}
