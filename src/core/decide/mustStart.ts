import type { RegionBuild } from '../builds/regionBuild.ts';
import type { Policy } from '../policy/policy.ts';
import { latestStart, type Pace } from '../time/latestStart.ts';
import type { Instant } from '../words.ts';

/** What is asked of a build to know when it must start. */
export type Pressed = Pick<RegionBuild, 'urgency' | 'immediate' | 'deadline' | 'deadlineBinds'>;

/** Critical and immediate builds start now, in or out of any window. */
export function startsAtOnce({ urgency, immediate }: Pick<Pressed, 'urgency' | 'immediate'>): boolean {
  return urgency === 'critical' || immediate;
}

/** The last moment to start for a binding deadline; infinite without one. */
export function boundStart({ deadline, deadlineBinds }: Pressed, pace: Pace): Instant {
  return deadlineBinds && deadline !== undefined ? latestStart(deadline, pace) : Number.POSITIVE_INFINITY;
}

/**
 * From when on a build waits for no window any more: its latest start, aimed two minutes early, so that a tick of
 * one minute and the way to Image Builder fit in before it (design §4, When).
 */
export function mustStartAt(
  build: Pressed,
  pace: Pace,
  { startMargin }: Pick<Policy, 'startMargin'>,
): Instant {
  return startsAtOnce(build) ? Number.NEGATIVE_INFINITY : boundStart(build, pace) - startMargin;
}
