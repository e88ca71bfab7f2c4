import type { BaseImageUpdate, DatedAssessment, Observation } from '../base-images/pointer.ts';
import type { Instant } from '../words.ts';
import type { Assessment } from './assessment.ts';
import { combineAssessments } from './combineAssessments.ts';
import { stepKey } from './comparisons.ts';
import { mergeAssessments } from './mergeAssessments.ts';

/** What evidence said of one step of an update. */
export interface AssessedStep {
  readonly step: Observation;
  readonly assessment: Assessment;
}

/**
 * The update's assessment with what was found now. A second look at a step that was compared before makes the level
 * only rise; a step that is new, such as a place that skipped a release, is counted beside the others.
 */
export function assessmentWith(
  previous: BaseImageUpdate['assessment'],
  found: readonly AssessedStep[],
  now: Instant,
): DatedAssessment | undefined {
  const compared = previous?.compared ?? [];
  const isKnown = ({ step }: AssessedStep) => compared.includes(stepKey(step));
  const again = combined(found.filter(isKnown));
  const renewed =
    previous === undefined || again === undefined ? previous : mergeAssessments(previous, again);
  const all = combined([
    ...(renewed === undefined ? [] : [{ assessment: renewed }]),
    ...found.filter((step) => !isKnown(step)),
  ]);
  if (all === undefined) return undefined;
  return {
    ...all,
    assessedAt: now,
    compared: [...new Set([...compared, ...found.map(({ step }) => stepKey(step))])],
  };
}

function combined(found: readonly { readonly assessment: Assessment }[]): Assessment | undefined {
  const [first, ...others] = found.map(({ assessment }) => assessment);
  return first === undefined ? undefined : combineAssessments(first, ...others);
}
