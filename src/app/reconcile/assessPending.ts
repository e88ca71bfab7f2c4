import type { Services } from '../../ports.ts';
import { assessUpdate } from '../assessUpdate.ts';
import { anyway } from './anyway.ts';

/** One after the other: feeds are read whole, and one function's memory holds few of them. */
const AT_ONCE = 1;

/** Assesses the updates that nobody has assessed yet: their event was lost, or a feed was down. */
export async function assessPending(
  services: Pick<
    Services,
    'baseImages' | 'packageLists' | 'policies' | 'evidence' | 'commits' | 'now' | 'log'
  >,
): Promise<void> {
  await anyway(
    await services.baseImages.unassessed(),
    ({ base, release }) => `${base} ${release}`,
    (update) => assessUpdate(update, services),
    services.log,
    AT_ONCE,
  );
}
