import type { UnitPrices } from '../../core/money/estimate.ts';
import type { PricedInstance } from '../../core/money/pricedInstance.ts';
import { offeredInstanceTypes } from '../../core/template/offeredInstanceTypes.ts';
import type { Target } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import type { Catalogue } from './catalogue.ts';

/** An instance type that Image Builder may take for a build there, and what it costs; undefined: nobody knows. */
export interface Offer {
  readonly instanceType: string;
  readonly prices: UnitPrices | undefined;
}

/**
 * Reads what Image Builder is offered for these targets, first choice first; each price is asked for once. It is billed as
 * the base image that a template rests on at last, however many templates are between them.
 */
export async function readOffers(
  targets: readonly Target[],
  { resolution, rootBases }: Pick<Catalogue, 'resolution' | 'rootBases'>,
  { prices, settings }: Pick<Services, 'prices' | 'settings'>,
): Promise<(target: Target) => readonly Offer[]> {
  const ofRegion = new Map(settings.regions.map((region) => [region.name, region.instanceTypes]));
  const choicesOf = ({ template, region, architecture }: Target): readonly PricedInstance[] => {
    const { operatingSystem = 'linux' } = rootBases.get(template) ?? {};
    return offeredInstanceTypes(
      resolution.templates.get(template),
      ofRegion.get(region) ?? NOWHERE,
      architecture,
    ).map((instanceType) => ({ region, instanceType, operatingSystem }));
  };

  const wanted = new Map(targets.flatMap(choicesOf).map((choice) => [keyOf(choice), choice]));
  const read = [...wanted].map(async ([key, choice]) => [key, await prices.unit(choice)] as const);
  const known = new Map(await Promise.all(read));
  return (target) =>
    choicesOf(target).map((choice) => ({
      instanceType: choice.instanceType,
      prices: known.get(keyOf(choice)),
    }));
}

function keyOf({ region, instanceType, operatingSystem }: PricedInstance): string {
  return `${region} ${instanceType} ${operatingSystem}`;
}

/** A region that is not configured any more has no instance types; builds there are held. */
const NOWHERE = { x86_64: ['none'], arm64: ['none'] };
