import type { Instant } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { anyway } from '../anyway.ts';
import { type AssessServices, assessUpdate } from '../assessUpdate.ts';

/** One after the other: feeds are read whole, and one function's memory holds few of them. */
const AT_ONCE = 1;

/**
 * Assesses the updates with steps that nobody has compared yet: their event was lost, or time was too short for all of
 * them. Observations for which nothing could be asked yet tell of places that followed by a step of their own. None is
 * begun at `until` or later.
 */
export async function assessPending(
  services: AssessServices & Pick<Services, 'log'>,
  until: Instant,
): Promise<void> {
  const { baseImages, log } = services;
  const [unassessed, unhandled] = await Promise.all([baseImages.unassessed(), baseImages.unhandled()]);
  const named = new Map(
    [...unassessed, ...unhandled].map(({ base, release }) => [`${base} ${release}`, { base, release }]),
  );
  await anyway(
    [...named],
    ([name]) => name,
    ([, update]) => assessUpdate({ ...update, until }, services),
    log,
    AT_ONCE,
  );
}
