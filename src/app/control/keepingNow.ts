import type { Keeping } from '../../core/desired/keptTemplates.ts';
import type { Situation } from '../../core/desired/situation.ts';
import type { Gathered } from '../gatherPlanInput.ts';

/** What decides which templates are kept, of what was gathered for the plan. */
export function keepingNow({ input, ...gathered }: Gathered): Keeping & Pick<Situation, 'rootBases'> {
  return { ...gathered, policy: input.policy, now: input.now };
}
