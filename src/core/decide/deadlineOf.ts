import type { DeadlineOf } from '../builds/regionBuild.ts';
import type { Policy } from '../policy/policy.ts';
import { boundedDuration, type Pace } from '../time/latestStart.ts';
import type { Instant, Milliseconds, SecurityLevel } from '../words.ts';

export interface Deadline {
  readonly deadline: Instant;
  /** False if it only ranks. */
  readonly binds: boolean;
  /** Whose it is, if it binds. */
  readonly of?: DeadlineOf;
  /** Start at detection, in or out of any window. */
  readonly immediate: boolean;
  /** It could not be met even by starting at once, when it arose: reported, and not the same as missed. */
  readonly infeasible: boolean;
}

type Bound = Required<Pick<Deadline, 'of' | 'deadline' | 'infeasible'>>;

/**
 * The longest time from an observation to the promoted AMI in that place (design §4, Deadlines): the level's window,
 * counted from the observation; the start of the term it is wanted for; for `--urgent` the critical
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
  const { perLevel } = policy;
  const windows: readonly { readonly of: DeadlineOf; readonly window: Milliseconds | 'immediate' }[] = [
    ...(reason.level === 'none' ? [] : [{ of: reason.level, window: perLevel[reason.level].window }]),
    ...(asked.urgent ? [{ of: 'urgent' as const, window: perLevel.critical.window }] : []),
  ];
  const needed = pace.soak + boundedDuration(pace);
  const immediate = asked.urgent || windows.some(({ window }) => window === 'immediate');
  const bounds: readonly Bound[] = [
    ...windows.map(({ of, window }) => ({
      of,
      deadline: reason.at + (window === 'immediate' ? needed : window),
      infeasible: window !== 'immediate' && reason.at + window < now + needed,
    })),
    ...(asked.deadline === null
      ? []
      : [{ of: 'term' as const, deadline: asked.deadline, infeasible: asked.deadline < now + needed }]),
  ];
  const [first, ...others] = bounds;
  if (first === undefined)
    return { deadline: now + policy.unboundDeadline, binds: false, immediate: false, infeasible: false };
  const earliest = others.reduce((least, bound) => (bound.deadline < least.deadline ? bound : least), first);
  return { ...earliest, binds: true, immediate };
}
