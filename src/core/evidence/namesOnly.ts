import { assess } from './assess.ts';
import type { Assessment, Comparison } from './assessment.ts';

/**
 * What the names of two images alone tell: that the pointer went back, that version or kernel moved on. What that
 * fixes they do not tell, so the level is `unknown`, never silently low, and the policy's rule for unknown applies.
 */
export function assessByNames(comparison: Comparison): Assessment {
  return assess(comparison, {
    method: 'inference',
    changes: null,
    fixed: null,
    gaps: [
      `no evidence of what ${comparison.base.name} changes was asked for: only the images' names were compared`,
    ],
    exploited: null,
    sources: [],
  });
}

/** Evidence that reads no feed. */
export const namesOnlyEvidence = {
  assess: async (comparison: Comparison): Promise<Assessment> => assessByNames(comparison),
};
