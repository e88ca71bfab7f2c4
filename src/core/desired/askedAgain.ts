import type { RegionBuild } from '../builds/regionBuild.ts';
import { durationInWords } from '../time/duration.ts';
import type { Instant } from '../words.ts';
import { type Behind, lastAskedFor } from './behind.ts';
import type { History, Situation } from './situation.ts';

/** Whether what ended without an image is asked for again, for the same reasons. */
export type Again =
  | { readonly kind: 'now'; readonly because: string }
  /** As time alone goes on. */
  | { readonly kind: 'later'; readonly from: Instant }
  /** By the next version of the policy. */
  | { readonly kind: 'other-policy' }
  /** Not until something it was asked for is otherwise, or a person asks. */
  | { readonly kind: 'no' };

/**
 * A build that was refused is asked for again by each later version of the policy; one that failed for a reason that
 * passes, some time after it, until failures in a row pause its template. What failed for a reason that stays, and what
 * a person cancelled, is left alone.
 */
export function askedAgain(
  { id, status, failure, finishedAt, policyVersion }: RegionBuild,
  { policy, policyVersion: inForce, now }: Pick<Situation, 'policy' | 'policyVersion' | 'now'>,
): Again {
  if (status === 'refused')
    return policyVersion === inForce
      ? { kind: 'other-policy' }
      : { kind: 'now', because: `${id} was refused by an earlier policy` };
  if (status !== 'failed' || failure?.transient !== true) return { kind: 'no' };
  const { retryFailedAfter } = policy;
  const from = (finishedAt ?? failure.at) + retryFailedAfter;
  if (now < from) return { kind: 'later', from };
  const after = durationInWords(retryFailedAfter);
  return {
    kind: 'now',
    because: `${id} failed with ${failure.error}, a reason that passes, at least ${after} ago`,
  };
}

/** What was asked for last in a place; forgotten when it is to be asked for again. It may still be open. */
export function lastThatCounts(
  behind: Behind,
  { regionBuilds }: Pick<History, 'regionBuilds'>,
  situation: Situation,
): RegionBuild | undefined {
  const last = regionBuilds.get(lastAskedFor(behind) ?? '');
  return last === undefined || askedAgain(last, situation).kind === 'now' ? undefined : last;
}

/** What a person sees who asks for all that is lacking: nothing that ended without an image stands in the way. */
export function withoutBadEnds({ updates, regionBuilds }: History): History {
  const left = [...regionBuilds].filter(
    ([, { status }]) => status !== 'failed' && status !== 'refused' && status !== 'cancelled',
  );
  return { updates, regionBuilds: new Map(left) };
}
