import type { PlannedPromotion } from '../../../api/answers.ts';
import { iso } from '../../../api/present/instants.ts';
import type { Ami } from '../../../core/builds/target.ts';
import type { Policy } from '../../../core/policy/policy.ts';
import type { Services } from '../../../ports.ts';
import { inParallel } from '../../../core/inParallel.ts';
import { candidateDue } from '../../candidateDue.ts';

export type PromotionServices = Pick<Services, 'amis' | 'regionBuilds' | 'targets' | 'now'>;

/** The candidates, each with the moment at which it takes over, and why not before. */
export async function promotions(policy: Policy, services: PromotionServices): Promise<PlannedPromotion[]> {
  const candidates = (await services.amis.unpublished()).filter(({ state }) => state === 'candidate');
  return inParallel(candidates, (candidate) => promotion(candidate, policy, services));
}

async function promotion(
  candidate: Ami,
  policy: Policy,
  services: PromotionServices,
): Promise<PlannedPromotion> {
  const { template, region, architecture, amiId, replaces } = candidate;
  const due = await candidateDue(candidate, policy, services);
  const at = due.due ? services.now() : due.until;
  return {
    template,
    region,
    architecture,
    amiId,
    replaces,
    at: at === null ? null : iso(at),
    because: due.due ? 'nothing stands in its way' : due.line.because,
  };
}
