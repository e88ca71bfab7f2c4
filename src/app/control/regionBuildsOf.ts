import { isOpen, type RegionBuild } from '../../core/builds/regionBuild.ts';
import type { Outlook } from '../../core/decide/outlook.ts';
import type { DeployedPolicy } from '../../ports.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { inParallel } from '../../core/inParallel.ts';
import { openNow, type OutlookServices } from './openNow.ts';

export interface FoundRegionBuilds {
  readonly policy: DeployedPolicy;
  readonly of: ReadonlyMap<string, RegionBuild>;
  readonly outlookOf: ReadonlyMap<string, Outlook>;
}

/** Region builds by their ids, with an outlook for those that are open; without any of these, nothing is planned. */
export async function regionBuildsOf(
  ids: readonly string[],
  services: OutlookServices,
): Promise<FoundRegionBuilds> {
  const found = await inParallel([...new Set(ids)], (id) => services.regionBuilds.get(id));
  const of = new Map(found.flatMap((build) => (build === undefined ? [] : [[build.id, build] as const])));
  if (![...of.values()].some(({ status }) => isOpen(status)))
    return { policy: await currentPolicy(services), of, outlookOf: new Map() };
  const { gathered, outlook } = await openNow(services);
  return { policy: gathered.policy, of, outlookOf: outlook.of };
}
