import type { Policy } from '../policy/policy.ts';
import { boundedDuration, type Pace } from '../time/latestStart.ts';
import type { Instant, SecurityLevel } from '../words.ts';

export interface Deadline {
  readonly deadline: Instant;
  /** False if it only ranks. */
  readonly binds: boolean;
  /** Start at detection, in or out of any window. */
  readonly immediate: boolean;
  /** It could not be met even by starting at once, when it arose: reported, and not the same as missed. */
  readonly infeasible: boolean;
}

/**
 * The longest time from an observation to the promoted AMI in that place (design §4, Deadlines): the level's window,
 * counted from the observation; the request's own deadline, such as a term's start; for `--urgent` the critical
 * window, started at once. The earliest of them binds. `immediate` means: start at detection; its deadline is
 * detection + soak + p90 × safety, and promises no more than that, so it cannot be infeasible. With none of these
 * (popularity, dependency, age) the deadline is creation + `unboundDeadline`, and only ranks.
 */
export function deadlineOf(
  reason: { readonly level: SecurityLevel; readonly at: Instant },
  asked: { readonly urgent: boolean; readonly deadline: Instant | null },
  pace: Pace,
  policy: Pick<Policy, 'perLevel' | 'unboundDeadline'>,
  now: Instant,
): Deadline {
  const levels = [
    ...(reason.level === 'none' ? [] : [reason.level]),
    ...(asked.urgent ? (['critical'] as const) : []),
  ];
  const windows = levels.map((level) => policy.perLevel[level].window);
  const needed = pace.soak + boundedDuration(pace);
  const immediate = asked.urgent || windows.includes('immediate');
  const bounds = [
    ...windows.map((window) => ({
      deadline: reason.at + (window === 'immediate' ? needed : window),
      infeasible: window !== 'immediate' && reason.at + window < now + needed,
    })),
    ...(asked.deadline === null
      ? []
      : [{ deadline: asked.deadline, infeasible: asked.deadline < now + needed }]),
  ];
  const [first, ...others] = bounds;
  if (first === undefined)
    return { deadline: now + policy.unboundDeadline, binds: false, immediate: false, infeasible: false };
  const earliest = others.reduce((least, bound) => (bound.deadline < least.deadline ? bound : least), first);
  return { ...earliest, binds: true, immediate };
}
