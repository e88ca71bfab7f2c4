import type { RegionBuild } from '../core/builds/regionBuild.ts';
import type { FirstLook } from '../core/desired/whatIsMissing.ts';
import { historyNeeded } from '../core/desired/whatIsMissing.ts';
import type { History, Situation } from '../core/desired/situation.ts';
import { launchesNeededSince } from '../core/launches.ts';
import { targetKey } from '../core/words.ts';
import type { Services } from '../ports.ts';
import { type CatalogueServices, readCatalogue } from './gathering/catalogue.ts';
import { inParallel } from '../core/inParallel.ts';

export type SituationServices = CatalogueServices &
  Pick<Services, 'now' | 'sha256' | 'settings' | 'regionBuilds' | 'launches'>;

/** Reads which images there should be, and which there are. */
export async function gatherSituation(services: SituationServices): Promise<Situation> {
  const { settings, sha256, now } = services;
  // What is open is read first: what ends and becomes active meanwhile is then seen twice rather than not at all.
  const { builds } = await services.regionBuilds.open();
  const { policy, ...catalogue } = await readCatalogue(services);
  const since = launchesNeededSince(policy.policy, now());
  return {
    ...catalogue,
    launches: since === null ? [] : await services.launches.since(since),
    now: now(),
    policy: policy.policy,
    policyVersion: policy.version,
    sha256,
    regions: settings.regions.map(({ name }) => name),
    open: byTarget(builds),
  };
}

/** Reads why those places are behind; nothing if none is. */
export async function gatherHistory(
  look: FirstLook,
  situation: Situation,
  { baseImages, regionBuilds }: Pick<Services, 'baseImages' | 'regionBuilds'>,
): Promise<History> {
  const needed = historyNeeded(look, situation);
  const [updates, builds] = await Promise.all([
    inParallel(needed.bases, async (base) => [base, await baseImages.updates(base)] as const),
    regionBuilds.among(needed.regionBuilds),
  ]);
  return {
    updates: new Map(updates),
    regionBuilds: new Map(builds.map((build) => [build.id, build])),
  };
}

function byTarget(builds: readonly RegionBuild[]): Situation['open'] {
  const open = new Map<string, RegionBuild[]>();
  for (const build of builds) {
    const key = targetKey(build);
    open.set(key, [...(open.get(key) ?? []), build]);
  }
  return open;
}
