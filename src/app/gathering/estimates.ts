import { estimateBuild, firstInstanceType } from '../../core/decide/estimateBuild.ts';
import type { BuildEstimate } from '../../core/decide/planInput.ts';
import type { UnitPrices } from '../../core/money/estimate.ts';
import { type Target, targetKey } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import type { Catalogue } from './catalogue.ts';

export interface Estimates {
  readonly estimateOf: (target: Target) => BuildEstimate;
  /** What the instance of a build costs where it is built; undefined: nobody knows. */
  readonly pricesOf: (target: Target) => UnitPrices | undefined;
}

/** Reads what builds of these targets cost and how long they take; the price of an instance type is asked for once. */
export async function readEstimates(
  targets: readonly Target[],
  catalogue: Catalogue,
  { prices, settings }: Pick<Services, 'prices' | 'settings'>,
): Promise<Estimates> {
  const { resolution, policy, targets: states } = catalogue;
  const ofRegion = new Map(settings.regions.map((region) => [region.name, region.instanceTypes]));
  const instanceTypeOf = ({ template, region, architecture }: Target): string =>
    firstInstanceType(resolution.templates.get(template), ofRegion.get(region) ?? NOWHERE, architecture);
  const keyOf = (target: Target) => `${target.region} ${instanceTypeOf(target)}`;

  const wanted = new Map(targets.map((target) => [keyOf(target), target]));
  const read = [...wanted].map(async ([key, target]) => {
    const unit = await prices.unit(target.region, instanceTypeOf(target));
    return [key, unit] as const;
  });
  const known = new Map(await Promise.all(read));
  const pricesOf = (target: Target) => known.get(keyOf(target));
  return {
    pricesOf,
    estimateOf: (target) =>
      estimateBuild(
        {
          template: resolution.templates.get(target.template),
          instanceType: instanceTypeOf(target),
          durations: states.get(targetKey(target))?.durations ?? [],
          prices: pricesOf(target),
        },
        policy.policy,
      ),
  };
}

/** A region that is not configured any more has no instance types; builds there are held. */
const NOWHERE = { x86_64: ['none'], arm64: ['none'] };
