import type { RegionBuild } from '../core/builds/regionBuild.ts';
import type { Services } from '../ports.ts';
import { TryAgain } from './buildErrors.ts';
import { currentPolicy } from './currentPolicy.ts';
import { OURSELVES } from './pausedByUs.ts';
import { targetState } from './targetState.ts';

/**
 * After so many failures in a row as the policy says, a template is paused with its reason (design §4, Protection).
 * Only the last failure of its target does so: a replay never pauses again what somebody has enabled since.
 */
export async function pauseFailing(
  failed: RegionBuild,
  services: Pick<Services, 'targets' | 'templates' | 'policies' | 'now'>,
): Promise<void> {
  const [target, { policy }, kept] = await Promise.all([
    targetState(failed, services),
    currentPolicy(services),
    services.templates.get(failed.template),
  ]);
  const { failuresInARow, lastFailure } = target;
  if (failuresInARow < policy.maxFailures || lastFailure?.at !== failed.failure?.at) return;
  if (kept === undefined || kept.paused !== undefined) return;
  const reason = `${failuresInARow} builds in ${failed.region} (${failed.architecture}) failed in a row; the last one with ${lastFailure?.reason ?? 'no reason'}`;
  const paused = { at: services.now(), by: OURSELVES, reason };
  const saved = await services.templates.save({ ...kept, revision: kept.revision + 1, paused });
  if (!saved) throw new TryAgain(`${failed.template} was changed by somebody else`);
}
