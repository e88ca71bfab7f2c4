import { verdictOf } from '../../core/builds/verdict.ts';
import { configurationName } from '../../core/template/imageSpec.ts';
import type { Attempt } from '../../core/writes.ts';
import type { Services } from '../../ports.ts';
import { anyway } from './anyway.ts';

type TidyServices = Pick<Services, 'regionBuilds' | 'imageBuilder' | 'commits' | 'sha256' | 'log'>;

/** Removes what served ended attempts alone: their configurations, once no image of theirs runs any more. */
export async function tidyAttempts(services: TidyServices): Promise<void> {
  await anyway(
    await services.regionBuilds.untidy(),
    ({ regionBuild, attempt }) => `attempt ${attempt} of ${regionBuild}`,
    (attempt) => tidy(attempt, services),
    services.log,
  );
}

async function tidy(
  ended: Attempt,
  { regionBuilds, imageBuilder, commits, sha256 }: TidyServices,
): Promise<void> {
  const { regionBuild, attempt, region, imageArn } = ended;
  const build = await regionBuilds.get(regionBuild);
  if (build === undefined) return;
  if (imageArn !== undefined && verdictOf(await imageBuilder.look(region, imageArn)).kind === 'running') {
    await imageBuilder.cancel(region, imageArn);
    return;
  }
  const { template, architecture } = build;
  const name = configurationName({ template, architecture, regionBuild, attempt }, sha256);
  await imageBuilder.tidy(region, { infrastructure: name, distribution: name });
  await commits.commit([{ kind: 'attempt', after: ended, expects: ended.state }]);
}
