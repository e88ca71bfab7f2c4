import { ApiError } from '../../api/errors.ts';
import type { CancelAnswer } from '../../api/answers.ts';
import { cancel } from '../../core/builds/finish.ts';
import { attemptCost } from '../../core/builds/image.ts';
import { isOpen, type RegionBuild } from '../../core/builds/regionBuild.ts';
import type { Services } from '../../ports.ts';
import { isConfigured } from '../../settings.ts';
import { inParallel } from '../../core/inParallel.ts';
import { commitEnd } from '../commitEnd.ts';
import { endWait } from '../sendTurn.ts';

export type CancelServices = Pick<
  Services,
  'regionBuilds' | 'slots' | 'commits' | 'executions' | 'imageBuilder' | 'settings' | 'now' | 'log'
>;
type Cancelled = CancelAnswer['regionBuilds'][number];

/** How often something else may happen to a region build in between. */
const TRIES = 5;

/** Ends region builds that wait or run; those that have ended already stay as they are. */
export async function cancelRegionBuilds(
  ids: readonly string[],
  because: string,
  services: CancelServices,
): Promise<Cancelled[]> {
  const all = await inParallel(ids, (id) => cancelOne(id, because, services));
  return all.filter((cancelled) => cancelled !== undefined);
}

async function cancelOne(
  id: string,
  because: string,
  services: CancelServices,
): Promise<Cancelled | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    const build = await services.regionBuilds.get(id);
    if (build === undefined) return undefined;
    if (!isOpen(build.status)) {
      // Whoever cancelled it may have died before the execution and the image were told.
      if (build.status === 'cancelled') await letGo(build, because, services);
      return answer(build, 'closed-already', build.status);
    }
    const now = services.now();
    const { committed } = await commitEnd(
      build,
      (held) => cancel(build, `cancelled ${because}`, attemptCost(build, now), now, held),
      services,
    );
    if (!committed) continue;
    await letGo(build, because, services);
    return answer(build, 'cancelled', 'cancelled');
  }
  throw new ApiError('conflict', `${id} is changing too fast to be cancelled; try again.`);
}

/**
 * Ends the wait of its execution, and the image that costs money. If one of the two does not hear of it, the
 * reconciler finds a closed region build and sees to it: the build is cancelled all the same. In a region that is no
 * longer configured an image is left to end by itself.
 */
async function letGo(build: RegionBuild, because: string, services: CancelServices): Promise<void> {
  const { image, region, id } = build;
  const tell = [
    endWait(build, because, services),
    ...(image === undefined || !isConfigured(region, services.settings)
      ? []
      : [services.imageBuilder.cancel(region, image.arn)]),
  ];
  for (const told of await Promise.allSettled(tell))
    if (told.status === 'rejected')
      services.log.warn('a cancelled build was not told everywhere', { regionBuild: id, error: told.reason });
}

function answer(
  { id, template, region, architecture }: RegionBuild,
  outcome: Cancelled['outcome'],
  status: Cancelled['status'],
): Cancelled {
  return { id, template, region, architecture, outcome, status };
}
