import { iso } from '../../api/present/instants.ts';
import type { AnswerOf, RequestOf } from '../../api/routes.ts';
import { asIfActing } from '../../core/decide/asIfActing.ts';
import { outlook } from '../../core/decide/outlook.ts';
import type { Passed } from '../../core/desired/situation.ts';
import { targetKey } from '../../core/words.ts';
import { seedFirstPolicy } from '../currentPolicy.ts';
import { type Gathered, gatherPlanInput } from '../gatherPlanInput.ts';
import type { OutlookServices } from './openNow.ts';
import { type MissingServices, missingNow, savedBy } from './plan/missingNow.ts';
import { plannedBuild, sumOf } from './plan/plannedBuild.ts';
import { type PromotionServices, promotions } from './plan/promotions.ts';
import { plannedRemovals, type RemovalServices } from './plan/removals.ts';
import { queueWith } from './queueWith.ts';

type PlanServices = OutlookServices & PromotionServices & RemovalServices & MissingServices;

/**
 * What would be built, promoted and removed next, when, from which pot, at what cost and why, in any mode: the rules of the loop
 * over what is open and over what it would ask for at its next look, with nothing written.
 */
export async function plan({ limit }: RequestOf<'plan'>, services: PlanServices): Promise<AnswerOf<'plan'>> {
  await seedFirstPolicy(services);
  const { missing, passed } = await missingNow(services);
  const open = await services.regionBuilds.open();
  const gathered = await gatherPlanInput(open, services, {
    places: [...missing, ...passed.flatMap(({ spares }) => spares ?? [])],
  });
  const { policy } = gathered.policy;
  const acting = asIfActing(policy);
  const seen = outlook({ ...queueWith(missing, gathered), policy: acting }, open.waiting);
  const builds = seen.order.map((build) => plannedBuild(build, seen, gathered));
  const { nextChange } = seen;
  const leaving = await plannedRemovals(acting, services);
  const busy = new Set(seen.order.map(targetKey));
  return {
    now: iso(gathered.input.now),
    zone: policy.zone,
    mode: policy.mode,
    total: builds.length,
    estimate: sumOf(builds),
    builds: builds.slice(0, limit),
    notAsked: passed
      .filter(({ rule, subject }) => rule !== 'asked-before' || !busy.has(subject))
      .map((each) => notAsked(each, gathered)),
    promotions: await promotions(acting, services),
    removals: leaving.slice(0, limit),
    totalRemovals: leaving.length,
    nextChange:
      nextChange === null
        ? null
        : { at: iso(nextChange.at), regionBuild: nextChange.regionBuild, because: nextChange.line.because },
  };
}

/** Why nothing is asked for; where it is a build that is spared, with what that would probably cost. */
function notAsked({ spares, ...passed }: Passed, gathered: Gathered): AnswerOf<'plan'>['notAsked'][number] {
  return spares === undefined ? passed : { ...passed, saves: savedBy(spares, gathered) };
}
