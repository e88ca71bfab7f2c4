import type { StillHeld } from '../core/builds/endAttempt.ts';
import { supersede } from '../core/builds/supersede.ts';
import type { RegionBuild } from '../core/builds/regionBuild.ts';
import { type Instant, type MicroDollars, targetKey } from '../core/words.ts';
import type { Write } from '../core/writes.ts';
import type { Services } from '../ports.ts';
import { TryAgain } from './buildErrors.ts';
import { commitEnd, type EndServices } from './commitEnd.ts';
import { currentPolicy } from './currentPolicy.ts';

/** The way back, and what is said and booked if the region build must end instead. */
export interface Return {
  /** Given what of its grant is still held; everything, as long as nothing else is known. */
  readonly writesOf: (held?: StillHeld) => readonly Write[];
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
  { writesOf, ...ended }: Return,
  services: EndServices & Pick<Services, 'policies'>,
): Promise<'queued' | 'superseded'> {
  const returned = await commitEnd(before, writesOf, services);
  if (returned.committed) return 'queued';
  if (returned.conflicts.some(({ kind }) => kind === 'enter-queue')) {
    const { builds } = await services.regionBuilds.open();
    const queued = builds.find(
      ({ status, id, ...target }) =>
        status === 'queued' && id !== before.id && targetKey(target) === targetKey(before),
    );
    if (queued !== undefined) {
      const { policy } = await currentPolicy(services);
      const now = services.now();
      const superseded = await commitEnd(
        before,
        (held) => supersede(before, queued, ended, policy, now, held),
        services,
      );
      if (superseded.committed) return 'superseded';
    }
  }
  throw new TryAgain(`${before.id} was changed by somebody else`);
}
