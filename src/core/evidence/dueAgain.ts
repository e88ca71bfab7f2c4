import type { BaseImageUpdate } from '../base-images/pointer.ts';
import { DAY, HOUR } from '../words.ts';
import type { Instant, Milliseconds } from '../words.ts';

/** A feed that did not answer in full is asked again before the next day. */
const SOON: Milliseconds = HOUR;

/**
 * The moment before which an assessment is too old now; undefined if it holds. An update is assessed again once a day
 * (of UTC), for as many days as the policy says: advisories can come after the release that carries their fix. One whose
 * feeds did not all answer is assessed again every hour of these days.
 */
export function dueAgain(
  { firstSeenAt, assessment }: Pick<BaseImageUpdate, 'firstSeenAt' | 'assessment'>,
  reassessFor: Milliseconds,
  now: Instant,
): Instant | undefined {
  // What nobody has assessed at all is pending, whatever its age.
  if (assessment === undefined || now - firstSeenAt > reassessFor) return undefined;
  const today = now - (now % DAY);
  const tooOld = assessment.incomplete ? Math.max(today, now - SOON) : today;
  return assessment.assessedAt < tooOld ? tooOld : undefined;
}
