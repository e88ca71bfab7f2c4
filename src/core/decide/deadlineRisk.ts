import type { RegionBuild } from '../builds/regionBuild.ts';
import type { Pace } from '../time/latestStart.ts';
import { boundedDuration } from '../time/latestStart.ts';
import type { Instant } from '../words.ts';
import { boundStart } from './mustStart.ts';

export const DEADLINE_RISKS = ['none', 'at-risk', 'missed'] as const;
export type DeadlineRisk = (typeof DEADLINE_RISKS)[number];

/**
 * How an open region build stands to its deadline: at risk when its latest start has passed and it has not started, or
 * when it started too late for a slow build to make it; missed when the deadline has passed. Only deadlines that bind
 * can be missed.
 */
export function deadlineRisk(
  build: Pick<RegionBuild, 'urgency' | 'immediate' | 'deadline' | 'deadlineBinds' | 'grant'>,
  pace: Pace,
  now: Instant,
): DeadlineRisk {
  const { deadline, deadlineBinds, grant } = build;
  if (!deadlineBinds || deadline === undefined) return 'none';
  if (now > deadline) return 'missed';
  if (grant === undefined) return now > boundStart(build, pace) ? 'at-risk' : 'none';
  return grant.at + boundedDuration(pace) + pace.soak > deadline ? 'at-risk' : 'none';
}
