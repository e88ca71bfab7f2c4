import type { RegionBuild } from '../builds/regionBuild.ts';
import type { Pace } from '../time/latestStart.ts';
import { boundedDuration } from '../time/latestStart.ts';
import type { Instant, Milliseconds } from '../words.ts';

export const DEADLINE_RISKS = ['none', 'at-risk', 'missed'] as const;
export type DeadlineRisk = (typeof DEADLINE_RISKS)[number];

/**
 * How an open region build stands to its deadline: missed when that has passed; at risk when a slow build that starts
 * when this one can, or did, would end after it. Only deadlines that bind can be missed. One that could not be met when
 * it was asked for was said to be infeasible then: it is at risk only if it is later than what was possible, and
 * `immediate` promises no more than that anyway.
 */
export function deadlineRisk(
  build: Pick<RegionBuild, 'deadline' | 'deadlineBinds' | 'grant' | 'requestedAt' | 'reasons'>,
  pace: Pace,
  when: {
    readonly now: Instant;
    /** When one that waits can start at the soonest. */
    readonly startsAt: Instant;
    /** Within it every build that may start at once does. */
    readonly startMargin: Milliseconds;
  },
): DeadlineRisk {
  const { deadline, deadlineBinds, grant, requestedAt, reasons } = build;
  if (!deadlineBinds || deadline === undefined) return 'none';
  if (when.now > deadline) return 'missed';
  const needed = boundedDuration(pace) + pace.soak;
  const arrival = Math.max(requestedAt, ...reasons.map(({ at }) => at));
  const start = grant?.at ?? Math.max(when.now, when.startsAt);
  return start + needed > Math.max(deadline, arrival + when.startMargin + needed) ? 'at-risk' : 'none';
}
