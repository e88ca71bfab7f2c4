import type { Policy } from '../policy/policy.ts';
import type { Milliseconds } from '../words.ts';

/**
 * Fewer than these say little about the next one: three are the fewest of which the middle one is neither the shortest
 * nor the longest. Not in the policy, which says instead what is assumed until then (`assumed_build_duration`).
 */
const ENOUGH = 3;

/** Half of the builds stay below p50, nine of ten below p90. */
export interface Durations {
  readonly p50: Milliseconds;
  readonly p90: Milliseconds;
  /** How many builds they were learned from; 0: assumed. */
  readonly samples: number;
}

/**
 * Durations of a template in a region, learned from its last successful builds (nearest rank). From fewer than three,
 * the policy's assumed duration, or the longest seen if that is longer. Nothing lasts longer than the maximum: it is
 * cancelled there.
 */
export function learnedDurations(
  seen: readonly Milliseconds[],
  policy: Pick<Policy, 'assumedDuration' | 'maximumDuration'>,
): Durations {
  const bounded = (duration: Milliseconds) => Math.min(duration, policy.maximumDuration);
  const sorted = [...seen].sort((a, b) => a - b);
  if (sorted.length < ENOUGH) {
    const assumed = bounded(Math.max(policy.assumedDuration, sorted.at(-1) ?? 0));
    return { p50: assumed, p90: assumed, samples: sorted.length };
  }
  const rank = (share: number) => bounded(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  return { p50: rank(0.5), p90: rank(0.9), samples: sorted.length };
}
