import type { RegionBuild } from '../builds/regionBuild.ts';
import type { Policy } from '../policy/policy.ts';
import type { Trigger } from '../words.ts';

/**
 * Higher goes first within one urgency and latest start: the trigger's, and popularity adds to it (design §4, Order), so
 * much for each launch and never more than the policy says. By default that is less than the step between two triggers,
 * so that it orders within one. Between equal priorities the plan goes by the launches themselves.
 */
export function priorityOf(
  trigger: Trigger,
  /** Launches within the policy's popularity window. */
  launches: number,
  { priorities, popularity }: Pick<Policy, 'priorities' | 'popularity'>,
): number {
  const { priorityPerLaunch, mostPriority } = popularity;
  return priorities[trigger] + Math.min(mostPriority, priorityPerLaunch * Math.max(0, Math.floor(launches)));
}

/**
 * What was asked for by the launch that made its template popular has been launched more often since: while it waits, its
 * launches of now count, unless a person gave it a priority. What was added once stays.
 */
export function priorityNow(
  { priority, prioritized, triggers }: Pick<RegionBuild, 'priority' | 'prioritized' | 'triggers'>,
  launches: number,
  policy: Pick<Policy, 'priorities' | 'popularity'>,
): number {
  if (prioritized === true || launches === 0) return priority;
  return triggers.reduce(
    (highest, trigger) => Math.max(highest, priorityOf(trigger, launches, policy)),
    priority,
  );
}
