import type { Policy } from '../policy/policy.ts';
import type { Instant } from '../words.ts';
import type { BuildFailure, RegionBuild } from './regionBuild.ts';
import { transientKind, type TransientKind } from './transientErrors.ts';

export type AfterFailure =
  /** Another attempt, not before this instant. */
  | { readonly kind: 'retry'; readonly notBefore: Instant }
  /** The same attempt once more: only its client token can tell whether an image was started. */
  | { readonly kind: 'ask-again' }
  | { readonly kind: 'fail' };

/**
 * How much of the backoff jitter may add: what failed together does not come back together. Not in the policy: it decides
 * nothing that anybody could want otherwise, the policy's backoff is what is waited at least, and half of it again is
 * less than the next one, which is twice as long.
 */
const JITTER = 0.5;

/**
 * What follows an attempt that ended badly (issue 3, item 4): transient errors are tried again as a new attempt, the
 * wait before it doubling, as often as the policy says; everything else fails that region build alone.
 * @param chance in [0, 1)
 */
export function afterFailure(
  build: Pick<RegionBuild, 'grant' | 'image' | 'attempts'>,
  failure: BuildFailure,
  policy: Pick<Policy, 'maxAttempts' | 'retryBackoff'>,
  chance: number,
): AfterFailure {
  const { grant, image, attempts } = build;
  const mayHaveStarted = image === undefined && endedWithoutAnswer(failure.error);
  if (mayHaveStarted && grant !== undefined && grant.askedAgain !== true) return { kind: 'ask-again' };
  if (!failure.transient || attempts >= policy.maxAttempts) return { kind: 'fail' };
  const backoff = policy.retryBackoff * 2 ** Math.max(0, attempts - 1);
  return { kind: 'retry', notBefore: failure.at + Math.round(backoff * (1 + JITTER * chance)) };
}

/** Names Step Functions gives to a call whose function died, or whose time was up. */
const BY_STEP_FUNCTIONS = /^(?:Lambda|Runtime|Sandbox|States)\./;

const UNSURE: readonly (TransientKind | undefined)[] = ['contention', 'fault', 'timeout'];

/** Nobody knows what the call has done: it may have started an image. */
function endedWithoutAnswer(error: string): boolean {
  return BY_STEP_FUNCTIONS.test(error) || UNSURE.includes(transientKind(error));
}
