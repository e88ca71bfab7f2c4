import { ApiError } from '../../api/errors.ts';
import type { RegionBuildAnswer } from '../../api/answers.ts';
import { regionBuildAnswer } from '../../api/present/builds.ts';
import { iso } from '../../api/present/instants.ts';
import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import type { Write } from '../../core/writes.ts';
import type { Services } from '../../ports.ts';
import { inParallel } from '../../core/inParallel.ts';
import { findBuild } from './findBuild.ts';
import type { OutlookServices } from './openNow.ts';
import { regionBuildsOf } from './regionBuildsOf.ts';

export type ChangeServices = OutlookServices & Pick<Services, 'commits'>;

/** What is to become of one region build; without writes it stays as it is. */
export interface RegionBuildChange<Outcome extends string> {
  readonly outcome: Outcome;
  readonly writes: readonly Write[];
}

export interface ChangedBuilds<Outcome extends string> {
  readonly now: string;
  readonly zone: string;
  readonly regionBuilds: (RegionBuildAnswer & { readonly outcome: Outcome })[];
}

/** How often something else may happen to a region build in between. */
const TRIES = 5;

/**
 * One change to every region build of a build, or to the one that is named: each decided on what is read, and anew
 * where somebody else was first. Answers what each has become, and when it starts now.
 * @throws ApiError `not-found`, `conflict`
 */
export async function changeRegionBuilds<Outcome extends string>(
  id: string,
  decide: (build: RegionBuild) => RegionBuildChange<Outcome>,
  services: ChangeServices,
): Promise<ChangedBuilds<Outcome>> {
  const { regionBuilds } = await findBuild(id, services);
  const changed = await inParallel(regionBuilds, (member) => changeOne(member, decide, services));
  const { policy, of, outlookOf } = await regionBuildsOf(regionBuilds, services);
  return {
    now: iso(services.now()),
    zone: policy.policy.zone,
    regionBuilds: regionBuilds.flatMap((member, index) => {
      const [build, outcome] = [of.get(member), changed[index]];
      return build === undefined || outcome === undefined
        ? []
        : [{ ...regionBuildAnswer(build, outlookOf.get(member)), outcome }];
    }),
  };
}

async function changeOne<Outcome extends string>(
  id: string,
  decide: (build: RegionBuild) => RegionBuildChange<Outcome>,
  { regionBuilds, commits }: ChangeServices,
): Promise<Outcome | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    const build = await regionBuilds.get(id);
    if (build === undefined) return undefined;
    const { outcome, writes } = decide(build);
    if (writes.length === 0 || (await commits.commit(writes)).committed) return outcome;
  }
  throw new ApiError('conflict', `${id} is changing too fast; try again.`);
}
