import type { Instant } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { anyway } from '../anyway.ts';
import { assessInTime } from './assessInTime.ts';

/** One after the other: feeds are read whole, and one function's memory holds few of them. */
const AT_ONCE = 1;

/**
 * Assesses the updates that nobody has assessed yet: their event was lost, or a feed was down. None is begun at `until`
 * or later.
 */
export async function assessPending(
  services: Pick<
    Services,
    'baseImages' | 'packageLists' | 'policies' | 'evidence' | 'commits' | 'now' | 'log'
  >,
  until: Instant,
): Promise<void> {
  await anyway(
    await services.baseImages.unassessed(),
    ({ base, release }) => `${base} ${release}`,
    (update) => assessInTime(update, until, services),
    services.log,
    AT_ONCE,
  );
}
