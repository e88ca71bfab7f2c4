import type { RegionBuild } from '../../../core/builds/regionBuild.ts';
import { asIfActing } from '../../../core/decide/asIfActing.ts';
import { askFor } from '../../../core/desired/askFor.ts';
import type { Passed, Situation } from '../../../core/desired/situation.ts';
import { whatIsMissing, whoIsBehind } from '../../../core/desired/whatIsMissing.ts';
import type { MicroDollars, Target } from '../../../core/words.ts';
import type { Gathered } from '../../gatherPlanInput.ts';
import { gatherHistory, gatherSituation, type SituationServices } from '../../gatherSituation.ts';

export type MissingServices = SituationServices;

/** The region builds that the next look at what is missing would put into the queue, or join there. */
export async function missingNow(
  services: MissingServices,
): Promise<{ readonly missing: RegionBuild[]; readonly passed: Passed[] }> {
  const seen = await gatherSituation(services);
  const situation: Situation = { ...seen, policy: asIfActing(seen.policy) };
  const look = whoIsBehind(situation);
  const found = whatIsMissing(look, await gatherHistory(look, situation, services), situation);
  return {
    missing: found.flatMap((each) => {
      if (each.kind === 'nothing') return [];
      const { writes } = askFor(each, situation);
      return writes.flatMap((write) => (write.kind === 'region-build' ? [write.after] : []));
    }),
    passed: [...look.passed, ...found.flatMap((each) => (each.kind === 'nothing' ? [each.passed] : []))],
  };
}

/** What a build that is spared would probably cost; `null`: nobody knows its price. */
export function savedBy(spared: Target, { pricesOf, estimateOf }: Gathered): MicroDollars | null {
  return pricesOf(spared) === undefined ? null : estimateOf(spared).expected;
}
