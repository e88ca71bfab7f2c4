import type { DatedAssessment } from '../base-images/pointer.ts';
import type { Reason } from '../builds/regionBuild.ts';
import type { SecurityLevel } from '../words.ts';
import type { BaseMove } from './baseMoves.ts';

/** What a step of a base image is a reason for; nothing while it is not assessed. */
export function reasonsOfMove({ observation, assessment }: BaseMove): Reason[] {
  if (assessment === undefined) return [];
  const { base, release, seenAt } = observation;
  const direction = assessment.type === 'rollback' ? 'moved back to' : 'moved to';
  return levelsOf(assessment).map((level) => ({
    // Without a level it is the base that moved, and nothing more; `unknown` is treated as the policy says.
    trigger: level === 'none' ? 'dependency' : 'security',
    at: seenAt,
    level,
    because: `${base} ${direction} ${release} (${level})`,
    update: { base, release },
  }));
}

/** What is known of an update's level is a lower bound where its confidence is unknown: both count then. */
function levelsOf({ level, confidence }: DatedAssessment): SecurityLevel[] {
  return confidence === 'unknown' && level !== 'unknown' ? [level, 'unknown'] : [level];
}

/** The same in every place and region, and another one when the level rises. */
export function causeOfMove({ observation, assessment }: BaseMove): string {
  const { base, release } = observation;
  return `${base} ${release} ${assessment?.type ?? 'unknown'} ${assessment?.level ?? 'unknown'}`;
}
