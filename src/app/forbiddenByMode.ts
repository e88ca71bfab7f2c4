import type { RegionBuild } from '../core/builds/regionBuild.ts';
import { changesNothing, modeOf } from '../core/decide/modeOf.ts';
import type { Services } from '../ports.ts';
import { currentPolicy } from './currentPolicy.ts';

/**
 * Why a turn that was granted may not be used now, in a sentence: `stopped` and `observe` change nothing in the
 * account, also for those that were granted a moment before (design §4, Mode). Undefined: it may.
 */
export async function forbiddenByMode(
  { template }: Pick<RegionBuild, 'template'>,
  services: Pick<Services, 'policies'>,
): Promise<string | undefined> {
  const mode = modeOf(template, (await currentPolicy(services)).policy);
  return changesNothing(mode) ? `the mode became ${mode} after its turn was granted` : undefined;
}
