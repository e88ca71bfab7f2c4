import type { UnitPrices } from '../../core/money/estimate.ts';
import { offeredInstanceTypes } from '../../core/template/offeredInstanceTypes.ts';
import type { Target } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import type { Catalogue } from './catalogue.ts';

/** An instance type that Image Builder may take for a build there, and what it costs; undefined: nobody knows. */
export interface Offer {
  readonly instanceType: string;
  readonly prices: UnitPrices | undefined;
}

/** Reads what Image Builder is offered for these targets, first choice first; each price is asked for once. */
export async function readOffers(
  targets: readonly Target[],
  { resolution }: Pick<Catalogue, 'resolution'>,
  { prices, settings }: Pick<Services, 'prices' | 'settings'>,
): Promise<(target: Target) => readonly Offer[]> {
  const ofRegion = new Map(settings.regions.map((region) => [region.name, region.instanceTypes]));
  const choicesOf = ({ template, region, architecture }: Target): readonly Choice[] =>
    offeredInstanceTypes(
      resolution.templates.get(template),
      ofRegion.get(region) ?? NOWHERE,
      architecture,
    ).map((instanceType) => ({ region, instanceType }));

  const wanted = new Map(targets.flatMap(choicesOf).map((choice) => [keyOf(choice), choice]));
  const read = [...wanted].map(
    async ([key, { region, instanceType }]) => [key, await prices.unit(region, instanceType)] as const,
  );
  const known = new Map(await Promise.all(read));
  return (target) =>
    choicesOf(target).map((choice) => ({
      instanceType: choice.instanceType,
      prices: known.get(keyOf(choice)),
    }));
}

interface Choice {
  readonly region: string;
  readonly instanceType: string;
}

function keyOf({ region, instanceType }: Choice): string {
  return `${region} ${instanceType}`;
}

/** A region that is not configured any more has no instance types; builds there are held. */
const NOWHERE = { x86_64: ['none'], arm64: ['none'] };
