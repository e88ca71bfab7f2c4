import type { Policy } from '../policy/policy.ts';
import type { Trigger } from '../words.ts';

/** So much popularity can add: less than the usual step between two triggers, so it orders within one. */
const MOST_FROM_POPULARITY = 9;

/** Higher goes first within one urgency and latest start: the trigger's, and popularity adds to it (design §4, Order). */
export function priorityOf(
  trigger: Trigger,
  /** Launches within the policy's popularity window. */
  launches: number,
  { priorities }: Pick<Policy, 'priorities'>,
): number {
  return priorities[trigger] + Math.min(MOST_FROM_POPULARITY, Math.max(0, Math.floor(launches)));
}
