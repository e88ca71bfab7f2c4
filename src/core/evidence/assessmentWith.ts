import type { DatedAssessment, Observation } from '../base-images/pointer.ts';
import type { Instant } from '../words.ts';
import type { Assessment } from './assessment.ts';
import { combineVerdicts } from './combineVerdicts.ts';
import { stepKey } from './comparisons.ts';
import { mergeAssessments } from './mergeAssessments.ts';
import { verdictIn, verdictsOf } from './stepVerdicts.ts';

/** What evidence said of one step of an update. */
export interface AssessedStep {
  readonly step: Observation;
  readonly assessment: Assessment;
}

/**
 * The update's assessment with what was found of one more step, or anew of one that was compared before: a second look
 * at a step makes its level only rise. Packages and advisories are those of all steps together; what they come to is
 * kept for each step, so that the whole does not depend on how many of them were kept at a time.
 */
export function assessmentWith(
  previous: DatedAssessment | undefined,
  { step, assessment }: AssessedStep,
  now: Instant,
): DatedAssessment {
  const key = stepKey(step);
  const verdicts = new Map(verdictsOf(previous));
  const before = verdicts.get(key);
  const renewed =
    previous === undefined || before === undefined
      ? assessment
      : mergeAssessments({ ...previous, ...before }, assessment);
  verdicts.set(key, verdictIn(renewed, now));
  return {
    ...(previous === undefined ? assessment : mergeAssessments(previous, assessment)),
    ...combineVerdicts([...verdicts.values()]),
    assessedAt: Math.max(now, (previous?.assessedAt ?? -Infinity) + 1),
    compared: [...verdicts.keys()],
    verdicts: Object.fromEntries(verdicts),
  };
}
