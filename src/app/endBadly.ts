import { afterFailure } from '../core/builds/afterFailure.ts';
import type { StillHeld } from '../core/builds/endAttempt.ts';
import { fail, retry } from '../core/builds/finish.ts';
import { attemptCost } from '../core/builds/image.ts';
import type { BuildFailure, RegionBuild } from '../core/builds/regionBuild.ts';
import { askAgain } from '../core/builds/renewExecution.ts';
import type { Write } from '../core/writes.ts';
import type { Services } from '../ports.ts';
import { backToQueue } from './backToQueue.ts';
import { TryAgain } from './buildErrors.ts';
import { commitEnd, type EndServices } from './commitEnd.ts';
import { currentPolicy } from './currentPolicy.ts';
import { targetState } from './targetState.ts';

export type EndingServices = Pick<
  Services,
  'regionBuilds' | 'slots' | 'targets' | 'templates' | 'policies' | 'commits' | 'chance' | 'now'
>;

/**
 * Ends an attempt that went wrong: another one behind a backoff, the same once more, or the end of this region build.
 * @returns the region build as it is afterwards
 * @throws TryAgain if somebody else was writing
 */
export async function endBadly(
  build: RegionBuild,
  failure: BuildFailure,
  services: EndingServices,
): Promise<RegionBuild> {
  const { policy } = await currentPolicy(services);
  const cost = attemptCost(build, failure.at);
  const next = afterFailure(build, failure, policy, services.chance());
  switch (next.kind) {
    case 'ask-again':
      await commitOrTryAgain(
        build,
        () =>
          askAgain(
            build,
            `asked again after ${failure.error}: nobody knows whether its image was started`,
            failure.at,
          ),
        services,
      );
      break;
    case 'retry': {
      const { notBefore } = next;
      const because = `attempt ${failure.attempt} ended with ${failure.error} (${failure.reason})`;
      const writesOf = (held?: StillHeld) => retry(build, failure, cost, notBefore, held);
      await backToQueue(build, { writesOf, because, cost, notBefore }, services);
      break;
    }
    case 'fail': {
      const target = await targetState(build, services);
      await commitOrTryAgain(build, (held) => fail(build, failure, cost, target, held), services);
      break;
    }
  }
  const after = await services.regionBuilds.get(build.id);
  if (after === undefined) throw new Error(`${build.id} is gone`);
  return after;
}

async function commitOrTryAgain(
  build: RegionBuild,
  writesOf: (held?: StillHeld) => readonly Write[],
  services: EndServices,
): Promise<void> {
  const { committed } = await commitEnd(build, writesOf, services);
  if (!committed) throw new TryAgain(`${build.id} was changed by somebody else`);
}
