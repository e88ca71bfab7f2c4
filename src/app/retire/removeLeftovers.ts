import { modeOf } from '../../core/decide/modeOf.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import type { Instant } from '../../core/words.ts';
import type { Attempt } from '../../core/writes.ts';
import type { Services } from '../../ports.ts';

export type LeftoverServices = Pick<Services, 'regionBuilds' | 'imageBuilder' | 'commits' | 'log'>;

/** An image of Image Builder that a failed or cancelled attempt has left. */
export interface Leftover {
  readonly attempt: Attempt;
  readonly build: RegionBuild;
  readonly imageArn: string;
}

/** What attempts have left that ended as long ago as a superseded AMI may stay; quotas count it like any other. */
export async function oldLeftovers(
  policy: Policy,
  now: Instant,
  { regionBuilds }: LeftoverServices,
): Promise<Leftover[]> {
  const attempts = await regionBuilds.leftovers();
  const old = attempts.filter(
    ({ endedAt, grantedAt }) => (endedAt ?? grantedAt) + policy.retention.deregisterAfter <= now,
  );
  const builds = await regionBuilds.among(old.map(({ regionBuild }) => regionBuild));
  const byId = new Map(builds.map((build) => [build.id, build]));
  return old.flatMap((attempt) => {
    const build = byId.get(attempt.regionBuild);
    const { imageArn } = attempt;
    if (build === undefined || imageArn === undefined) return [];
    return modeOf(build.template, policy) === 'act' ? [{ attempt, build, imageArn }] : [];
  });
}

/** One that an AMI came of is left to people: no record says whose that is. */
export async function removeLeftover(
  { attempt, build, imageArn }: Leftover,
  { imageBuilder, commits, log }: LeftoverServices,
): Promise<void> {
  const { region, state } = attempt;
  const image = await imageBuilder.look(region, imageArn);
  if (image?.amiId !== undefined) {
    log.warn('the image of an attempt that ended badly has an AMI, and is left', {
      ...{ imageArn, amiId: image.amiId, regionBuild: build.id },
    });
    return;
  }
  await imageBuilder.remove(region, imageArn);
  const { committed } = await commits.commit([{ kind: 'attempt', after: attempt, expects: state }]);
  if (committed) log.info('the image of an attempt that ended badly was removed', { imageArn });
}
