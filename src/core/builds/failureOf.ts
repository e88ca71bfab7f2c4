import { durationInWords } from '../time/duration.ts';
import type { Instant } from '../words.ts';
import { ranFor } from './image.ts';
import type { BuildFailure, RegionBuild } from './regionBuild.ts';
import { isTransient } from './transientErrors.ts';
import type { Verdict } from './verdict.ts';

/**
 * Errors of ours that another attempt may not meet: the next scan may name another base image; an image that somebody
 * has deleted says nothing against the next one.
 */
const PASSING: readonly string[] = ['BaseImageGone', 'ImageGone'];

/**
 * Why an attempt ended badly: in Image Builder's own words with the place of its log if its image failed, else in
 * those of the step that failed.
 * @param step name and sentence of the error that ended a step
 * @param image what has become of its image, if there is one and it has ended
 */
export function failureOf(
  build: Pick<RegionBuild, 'attempts' | 'grant' | 'image'>,
  step: { readonly error: string; readonly reason: string },
  image: Extract<Verdict, { kind: 'failed' }> | undefined,
  now: Instant,
): BuildFailure {
  const { error, reason } = overdue(build, image, now) ?? image ?? step;
  return {
    at: now,
    attempt: build.grant?.attempt ?? build.attempts,
    error,
    reason,
    ...(image?.log === undefined ? {} : { log: image.log }),
    transient: PASSING.includes(error) || isTransient(error, reason),
  };
}

/** It was cancelled because it ran too long: Image Builder knows that it was, not why. */
function overdue(
  build: Pick<RegionBuild, 'grant' | 'image'>,
  image: Extract<Verdict, { kind: 'failed' }> | undefined,
  now: Instant,
): { error: string; reason: string } | undefined {
  const longest = build.grant?.maximumDuration ?? Number.POSITIVE_INFINITY;
  if (image?.error !== 'ImageCancelled' || ranFor(build, now) < longest) return undefined;
  return {
    error: 'TooLong',
    reason: `the image took longer than the ${durationInWords(longest)} it may take, and was cancelled`,
  };
}
