import { type Durations, learnedDurations } from '../money/learnedDurations.ts';
import type { Policy } from '../policy/policy.ts';
import type { ResolvedTemplate } from '../template/template.ts';
import { type Milliseconds, MINUTE } from '../words.ts';

/** A template that does not resolve any more says nothing of its own. */
type OwnSettings = Pick<ResolvedTemplate, 'build'> | undefined;

/**
 * How long a build of a template may run before it is cancelled: `max_build_duration` of the policy, or less where the
 * template's `max_minutes` says less. A template can shorten it, never lengthen it: the policy's is the operator's.
 */
export function longestBuild(
  template: OwnSettings,
  { maximumDuration }: Pick<Policy, 'maximumDuration'>,
): Milliseconds {
  const own = template?.build.maxMinutes;
  return own === undefined ? maximumDuration : Math.min(own * MINUTE, maximumDuration);
}

/**
 * How long builds of a target take, learned from those seen there and within that bound: one answer for requests, plans,
 * estimates and reservations.
 */
export function buildDurations(
  template: OwnSettings,
  seen: readonly Milliseconds[],
  policy: Pick<Policy, 'assumedDuration' | 'maximumDuration'>,
): Durations {
  const { assumedDuration } = policy;
  return learnedDurations(seen, { assumedDuration, maximumDuration: longestBuild(template, policy) });
}
