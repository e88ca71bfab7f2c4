import { abandon } from '../../core/builds/finish.ts';
import { attemptCost } from '../../core/builds/image.ts';
import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import type { Services } from '../../ports.ts';
import { isConfigured, unconfigured } from '../../settings.ts';
import { TryAgain } from '../buildErrors.ts';
import { commitEnd } from '../commitEnd.ts';
import { endWait } from '../sendTurn.ts';
import { anyway } from '../anyway.ts';

export type UnconfiguredDuties = Pick<
  Services,
  'settings' | 'regionBuilds' | 'slots' | 'executions' | 'commits' | 'log' | 'now'
>;

/**
 * Ends what is open in regions that the configuration no longer names. We may not call AWS there any more, so nobody
 * would ever learn how it ended: it fails in the table, and its slot and money come free. An image that runs there is
 * left to end by itself; that is said.
 */
export async function endUnconfigured(services: UnconfiguredDuties): Promise<void> {
  const { settings, regionBuilds, log } = services;
  const { builds } = await regionBuilds.open();
  await anyway(
    builds.filter(({ region }) => !isConfigured(region, settings)),
    ({ id }) => id,
    (build) => end(build, services),
    log,
  );
}

async function end(build: RegionBuild, services: UnconfiguredDuties): Promise<void> {
  const { id, image, region, attempts, grant } = build;
  const at = services.now();
  const failure = {
    at,
    attempt: grant?.attempt ?? attempts,
    error: 'RegionNotConfigured',
    reason: unconfigured(region),
    transient: false,
  };
  const left = image === undefined ? '' : `; its image ${image.arn} is left to end by itself`;
  const { committed } = await commitEnd(
    build,
    (held) => abandon(build, failure, `${failure.reason}${left}`, attemptCost(build, at), held),
    services,
  );
  if (!committed) throw new TryAgain(`${id} was changed by somebody else`);
  await endWait(build, failure.reason, services);
}
