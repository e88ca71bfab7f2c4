import type { DatedAssessment, StepVerdict } from '../base-images/pointer.ts';
import type { Instant } from '../words.ts';
import type { Verdict } from './assessment.ts';

/** What a comparison came to, without its lists. */
export function verdictIn(
  { type, level, confidence, sources, because, incomplete }: Verdict,
  at: Instant,
): StepVerdict {
  return { type, level, confidence, sources, because, incomplete, at };
}

/** What was found of each step. Of one that an older version compared: what it found of the whole update. */
export function verdictsOf(assessment: DatedAssessment | undefined): ReadonlyMap<string, StepVerdict> {
  if (assessment === undefined) return new Map();
  const { compared, verdicts = {}, assessedAt } = assessment;
  return new Map(compared.map((key) => [key, verdicts[key] ?? verdictIn(assessment, assessedAt)]));
}
