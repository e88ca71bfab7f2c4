import { type PromotionDue, promotionDue } from '../core/builds/promotionDue.ts';
import type { Ami } from '../core/builds/target.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Services } from '../ports.ts';
import { targetState } from './targetState.ts';

/** Whether a candidate is due for promotion, by what is true of its build and its place now. */
export async function candidateDue(
  candidate: Ami,
  policy: Policy,
  services: Pick<Services, 'regionBuilds' | 'targets' | 'now'>,
): Promise<PromotionDue> {
  const [build, target] = await Promise.all([
    services.regionBuilds.get(candidate.regionBuild),
    targetState(candidate, services),
  ]);
  return promotionDue(candidate, { build, target }, policy, services.now());
}
