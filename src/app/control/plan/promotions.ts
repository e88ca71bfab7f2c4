import type { PlannedPromotion } from '../../../api/answers.ts';
import { iso } from '../../../api/present/instants.ts';
import { promotionDue } from '../../../core/builds/promotionDue.ts';
import type { Ami } from '../../../core/builds/target.ts';
import type { Policy } from '../../../core/policy/policy.ts';
import type { Services } from '../../../ports.ts';
import { inParallel } from '../../../core/inParallel.ts';

export type PromotionServices = Pick<Services, 'amis' | 'regionBuilds' | 'now'>;

/** The candidates, each with the moment at which it takes over, and why not before. */
export async function promotions(policy: Policy, services: PromotionServices): Promise<PlannedPromotion[]> {
  const candidates = (await services.amis.unpublished()).filter(({ state }) => state === 'candidate');
  return inParallel(candidates, (candidate) => promotion(candidate, policy, services));
}

async function promotion(
  candidate: Ami,
  policy: Policy,
  { regionBuilds, now }: PromotionServices,
): Promise<PlannedPromotion> {
  const { template, region, architecture, amiId, replaces, regionBuild } = candidate;
  const build = await regionBuilds.get(regionBuild);
  const due = promotionDue(candidate, build?.urgency ?? 'normal', policy, now());
  const at = due.due ? now() : due.until;
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
