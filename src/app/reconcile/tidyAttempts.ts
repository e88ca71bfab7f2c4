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

async function tidy(ended: Attempt, services: TidyServices): Promise<void> {
  if (isConfigured(ended.region, services.settings) && !(await isTidied(ended, services))) return;
  await services.commits.commit([{ kind: 'attempt', after: ended, expects: ended.state }]);
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
