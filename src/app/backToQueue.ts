import { supersede } from '../core/builds/supersede.ts';
import type { RegionBuild } from '../core/builds/regionBuild.ts';
import { type Instant, type MicroDollars, targetKey } from '../core/words.ts';
import type { Write } from '../core/writes.ts';
import type { Services } from '../ports.ts';
import { TryAgain } from './buildErrors.ts';
import { currentPolicy } from './currentPolicy.ts';

/** The way back, and what is said and booked if the region build must end instead. */
export interface Return {
  readonly writes: readonly Write[];
  readonly because: string;
  readonly cost: MicroDollars;
  readonly notBefore?: Instant;
}

/**
 * Puts a region build back into its queue. Where a newer one of its target waits already, it ends, and its reasons
 * join that one.
 * @throws TryAgain if the region build has changed meanwhile
 */
export async function backToQueue(
  before: RegionBuild,
  { writes, ...ended }: Return,
  services: Pick<Services, 'commits' | 'regionBuilds' | 'policies' | 'now'>,
): Promise<'queued' | 'superseded'> {
  const { commits } = services;
  const returned = await commits.commit(writes);
  if (returned.committed) return 'queued';
  if (returned.conflicts.some(({ kind }) => kind === 'enter-queue')) {
    const { builds } = await services.regionBuilds.open();
    const queued = builds.find(
      ({ status, id, ...target }) =>
        status === 'queued' && id !== before.id && targetKey(target) === targetKey(before),
    );
    if (queued !== undefined) {
      const { policy } = await currentPolicy(services);
      const superseded = await commits.commit(supersede(before, queued, ended, policy, services.now()));
      if (superseded.committed) return 'superseded';
    }
  }
  throw new TryAgain(`${before.id} was changed by somebody else`);
}
