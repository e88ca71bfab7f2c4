import type { RegionBuild } from '../core/builds/regionBuild.ts';
import type { Services } from '../ports.ts';

/** Name of the error by which a waiting execution ends without having built anything. */
export const CANCELLED = 'Cancelled';

/**
 * Lets the execution go on that waits for this turn. A stale token does no harm: the execution has stored a newer one
 * since, or has gone on already, and the next look finds out which.
 */
export async function sendTurn(
  { turn }: Pick<RegionBuild, 'turn'>,
  { executions }: Pick<Services, 'executions'>,
): Promise<'sent' | 'stale'> {
  return turn === undefined ? 'stale' : executions.succeed(turn.token, {});
}

/** Ends the execution of a region build that is closed: it waits for a turn or an image that will not come. */
export async function endWait(
  { turn, image }: Pick<RegionBuild, 'turn' | 'image'>,
  because: string,
  { executions }: Pick<Services, 'executions'>,
): Promise<void> {
  const token = image?.token ?? turn?.token;
  if (token !== undefined) await executions.fail(token, CANCELLED, because);
}
