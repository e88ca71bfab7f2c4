import type { BaseImageUpdate } from '../base-images/pointer.ts';
import { DAY, HOUR } from '../words.ts';
import type { Instant, Milliseconds } from '../words.ts';
import { verdictsOf } from './stepVerdicts.ts';

/** A feed that did not answer in full is asked again before the next day. */
const SOON: Milliseconds = HOUR;

type Assessed = Pick<BaseImageUpdate, 'firstSeenAt' | 'assessment'>;

/**
 * The moment before which an assessment is too old now; undefined if it holds. An update is assessed again once a day
 * (of UTC), for as many days as the policy says: advisories can come after the release that carries their fix. One whose
 * feeds did not all answer is assessed again every hour of these days. The step that was compared longest ago counts.
 */
export function dueAgain(
  { firstSeenAt, assessment }: Assessed,
  reassessFor: Milliseconds,
  now: Instant,
): Instant | undefined {
  // What nobody has assessed at all is pending, whatever its age.
  if (assessment === undefined || now - firstSeenAt > reassessFor) return undefined;
  const today = now - (now % DAY);
  const tooOld = assessment.incomplete ? Math.max(today, now - SOON) : today;
  return oldestLook(assessment) < tooOld ? tooOld : undefined;
}

/** From when on an assessment will be due again; undefined if the update is too old for another one then. */
export function nextLook(
  { firstSeenAt, assessment }: Assessed,
  reassessFor: Milliseconds,
): Instant | undefined {
  if (assessment === undefined) return undefined;
  const last = oldestLook(assessment);
  const tomorrow = last - (last % DAY) + DAY;
  const next = assessment.incomplete ? Math.min(tomorrow, last + SOON + 1) : tomorrow;
  return next - firstSeenAt > reassessFor ? undefined : next;
}

function oldestLook(assessment: NonNullable<Assessed['assessment']>): Instant {
  const looks = [...verdictsOf(assessment).values()].map(({ at }) => at);
  return looks.length === 0 ? assessment.assessedAt : Math.min(...looks);
}
