import { returnToQueue } from '../core/builds/finish.ts';
import { run } from '../core/builds/grant.ts';
import { isOwnedBy } from '../core/builds/regionBuild.ts';
import type { Services } from '../ports.ts';
import { backToQueue } from './backToQueue.ts';
import { TryAgain, TurnLost } from './buildErrors.ts';
import { forbiddenByMode } from './forbiddenByMode.ts';
import { stillHeld, whatIsLost } from './stillHeld.ts';

/** What `compile-template` hands to each of its functions; `execution` is an ARN. */
export interface BuildStep {
  readonly id: string;
  readonly execution: string;
}

/**
 * Verifies that this attempt holds its slot and its money, and takes nothing: `granted → running`. If somebody took
 * either away, or the mode lets nothing be built any more, the region build goes back to its queue.
 * @throws TurnLost if this execution has no grant (any more)
 */
export async function checkBudget(
  { id, execution }: BuildStep,
  services: Pick<Services, 'regionBuilds' | 'slots' | 'commits' | 'policies' | 'now'>,
): Promise<{ readonly id: string }> {
  const build = await services.regionBuilds.get(id);
  if (build === undefined || !isOwnedBy(build, execution))
    throw new TurnLost(`${id} does not belong to ${execution}`);
  const { status, grant } = build;
  if (status === 'running') return { id };
  if (status !== 'granted' || grant === undefined) throw new TurnLost(`${id} is ${status}`);
  const [held, forbidden] = await Promise.all([
    stillHeld(build, grant, services),
    forbiddenByMode(build, services),
  ]);
  const because = whatIsLost(grant, held) ?? forbidden;
  if (because !== undefined) {
    const at = services.now();
    const writesOf = (left = held) => returnToQueue(build, because, at, left);
    await backToQueue(build, { writesOf, because, cost: 0 }, services);
    throw new TurnLost(because);
  }
  const { committed } = await services.commits.commit(run(build, services.now()));
  if (!committed) throw new TryAgain(`${id} was changed by somebody else`);
  return { id };
}
