import { verdictOf } from '../../core/builds/verdict.ts';
import { configurationName } from '../../core/template/imageSpec.ts';
import type { Attempt } from '../../core/writes.ts';
import type { Services } from '../../ports.ts';
import { isConfigured } from '../../settings.ts';
import { anyway } from '../anyway.ts';

type TidyServices = Pick<
  Services,
  'settings' | 'regionBuilds' | 'imageBuilder' | 'commits' | 'sha256' | 'log'
>;

/**
 * Removes what served ended attempts alone: their configurations, once no image of theirs runs any more. What lies in
 * a region that is no longer configured is left there.
 */
export async function tidyAttempts(services: TidyServices): Promise<void> {
  await anyway(
    await services.regionBuilds.untidy(),
    ({ regionBuild, attempt }) => `attempt ${attempt} of ${regionBuild}`,
    (attempt) => tidy(attempt, services),
    services.log,
  );
}

/** How the one attempt of a region build ends that an AMI of ours comes of. */
const SUCCEEDED = 'succeeded';

async function tidy(ended: Attempt, services: TidyServices): Promise<void> {
  const isReachable = isConfigured(ended.region, services.settings);
  if (isReachable && !(await isTidied(ended, services))) return;
  // The image of one that succeeded goes with its AMI; any other is removed by age.
  const leavesImage = isReachable && ended.imageArn !== undefined && ended.outcome !== SUCCEEDED;
  await services.commits.commit([
    { kind: 'attempt', after: ended, expects: ended.state, ...(leavesImage ? { pending: 'remove' } : {}) },
  ]);
}

/** False: its image still runs, and is told to end; or nobody knows what its configurations are called. */
async function isTidied(
  ended: Attempt,
  { regionBuilds, imageBuilder, sha256 }: TidyServices,
): Promise<boolean> {
  const { regionBuild, attempt, region, imageArn } = ended;
  const build = await regionBuilds.get(regionBuild);
  if (build === undefined) return false;
  if (imageArn !== undefined && verdictOf(await imageBuilder.look(region, imageArn)).kind === 'running') {
    await imageBuilder.cancel(region, imageArn);
    return false;
  }
  const { template, architecture } = build;
  const name = configurationName({ template, architecture, regionBuild, attempt }, sha256);
  await imageBuilder.tidy(region, { infrastructure: name, distribution: name });
  return true;
}
