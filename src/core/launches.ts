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

/** Launches of a template on the days that lie, at least in part, in the trailing window. */
export function launchesWithin(
  days: readonly LaunchDay[],
  template: string,
  window: Milliseconds,
  now: Instant,
): number {
  const from = dayOfLaunch(now - window);
  return days
    .filter((each) => each.template === template && each.day >= from && each.day <= now)
    .reduce((sum, { count }) => sum + count, 0);
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
  return windows.length === 0 ? null : dayOfLaunch(now - Math.max(...windows));
}
