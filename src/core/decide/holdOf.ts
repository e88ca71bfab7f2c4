import type { RegionBuild } from '../builds/regionBuild.ts';
import type { CallersHold } from './planInput.ts';

/** What was found around a queued region build. */
export interface Ground {
  readonly known: boolean;
  readonly resolved: boolean;
  readonly regionConfigured: boolean;
  readonly priced: boolean;
}

/** Why a queued region build cannot be granted whatever slots and money there are; undefined: it can. */
export function holdOf(
  { template, region, turn }: Pick<RegionBuild, 'template' | 'region' | 'turn'>,
  { known, resolved, regionConfigured, priced }: Ground,
): CallersHold | undefined {
  if (!known) return { rule: 'template', because: `held: there is no template ${template} any more` };
  if (!resolved)
    return {
      rule: 'template',
      because: `held: ${template} cannot be put together; apply it and its parents again`,
    };
  if (!regionConfigured)
    return { rule: 'region', because: `held: this deployment does not build in ${region} any more` };
  if (!priced)
    return {
      rule: 'price',
      because: `held: nobody knows what each of its instance types costs in ${region}, so its cost has no ceiling`,
    };
  if (turn === undefined)
    return { rule: 'turn', because: 'held: its execution has not asked for its turn yet' };
  return undefined;
}
