import { estimateBuild } from '../../core/decide/estimateBuild.ts';
import type { BuildEstimate } from '../../core/decide/planInput.ts';
import type { UnitPrices } from '../../core/money/estimate.ts';
import { type Target, targetKey } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import type { Catalogue } from './catalogue.ts';
import { type Offer, readOffers } from './offers.ts';

export interface Estimates {
  readonly estimateOf: (target: Target) => BuildEstimate;
  /** What the first choice of instance costs where a target is built; undefined: nobody knows that of every choice. */
  readonly pricesOf: (target: Target) => UnitPrices | undefined;
}

/** Reads what builds of these targets cost and how long they take. */
export async function readEstimates(
  targets: readonly Target[],
  catalogue: Catalogue,
  services: Pick<Services, 'prices' | 'settings'>,
): Promise<Estimates> {
  const { resolution, policy, targets: states } = catalogue;
  const offersOf = await readOffers(targets, catalogue, services);
  return {
    pricesOf: (target) => pricesOfAll(offersOf(target))?.[0],
    estimateOf: (target) => {
      const offers = offersOf(target);
      return estimateBuild(
        {
          template: resolution.templates.get(target.template),
          instanceType: offers[0]?.instanceType ?? '',
          durations: states.get(targetKey(target))?.durations ?? [],
          prices: pricesOfAll(offers),
        },
        policy.policy,
      );
    },
  };
}

function pricesOfAll(offers: readonly Offer[]): readonly UnitPrices[] | undefined {
  const prices = offers.map((offer) => offer.prices).filter((unit) => unit !== undefined);
  return prices.length < offers.length ? undefined : prices;
}
