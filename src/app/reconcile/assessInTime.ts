import type { Instant } from '../../core/words.ts';
import { type AssessRequest, assessUpdate } from '../assessUpdate.ts';
import { TryAgain } from '../buildErrors.ts';

/**
 * Assesses an update, unless the tick has no time to begin another one.
 * @throws TryAgain if it has none: the update stays due, for the next tick
 */
export async function assessInTime(
  update: AssessRequest,
  until: Instant,
  services: Parameters<typeof assessUpdate>[1],
): Promise<void> {
  if (services.now() >= until) throw new TryAgain('this tick has no time left for slow feeds');
  await assessUpdate(update, services);
}
