import { executionName, type RegionBuild } from '../../core/builds/regionBuild.ts';
import { renewExecution } from '../../core/builds/renewExecution.ts';
import { type Instant, MINUTE } from '../../core/words.ts';
import type { OpenBuilds, Services } from '../../ports.ts';
import { sendTurn } from '../sendTurn.ts';
import { anyway } from '../anyway.ts';

/** What was queued, started or changed a moment ago is on its way: an event, a state of its execution. */
const ON_ITS_WAY = 5 * MINUTE;

/** How long an execution may take from its turn to an image: its definition repeats the calls for some minutes. */
const STARTING = 15 * MINUTE;

export type MendingServices = Pick<Services, 'regionBuilds' | 'executions' | 'commits' | 'log' | 'now'>;

/**
 * Every region build that waits has an execution that waits with it (design §3, Names that allow repair): starts those
 * that are absent, starts anew those that are closed, never stored their turn, or are of an older definition, and
 * sends turns again that nobody heard of. Images are followed elsewhere: they need no execution.
 */
export async function mendExecutions(services: MendingServices): Promise<void> {
  const { regionBuilds, executions, log } = services;
  const open = await regionBuilds.open();
  const waiting = open.builds.filter(({ image }) => image === undefined);
  if (waiting.length === 0) return;
  const definedAt = await executions.definedAt();
  await anyway(
    waiting,
    ({ id }) => id,
    (build) => mend(build, open, definedAt, services),
    log,
  );
}

async function mend(
  build: RegionBuild,
  { waiting }: OpenBuilds,
  definedAt: Instant,
  services: MendingServices,
): Promise<void> {
  const { executions } = services;
  const { id, status, turn, requestedAt } = build;
  const name = executionName(build);
  const { state, startedAt } = await executions.state(name);
  const now = services.now();
  const recent = (since: Instant | undefined) => since !== undefined && now - since < ON_ITS_WAY;
  switch (state) {
    case 'absent':
      if (recent(requestedAt)) return;
      if (status === 'queued' && turn === undefined) await executions.start(name, id);
      else await renew(build, 'is absent', services);
      return;
    case 'closed':
      await renew(build, 'is closed', services);
      return;
    case 'running': {
      if (recent(startedAt)) return;
      const wrong = recent(waiting.get(id)?.at) ? undefined : whatIsWrong(build, startedAt, definedAt, now);
      if (wrong === undefined) {
        if (status === 'granted') await sendTurn(build, services);
        return;
      }
      await executions.stop(name, wrong);
      await renew(build, wrong, services);
    }
  }
}

/** Why a running execution cannot be the right one; undefined: it waits as it should. */
function whatIsWrong(
  { status, turn, grant, startedAt: firstRan = 0 }: RegionBuild,
  startedAt: Instant | undefined,
  definedAt: Instant,
  now: Instant,
): string | undefined {
  if (status !== 'running' && turn === undefined) return 'has never asked for its turn';
  // A turn may be heard of late, and an execution take the place of another, long after the grant.
  const turnTakenAt = Math.max(grant?.at ?? now, firstRan, startedAt ?? 0);
  if (status === 'running' && now - turnTakenAt > STARTING) return 'has started no image';
  // Waiting has no effects; what has its turn goes on as it began.
  if (status === 'queued' && startedAt !== undefined && startedAt < definedAt)
    return 'is of an older definition';
  return undefined;
}

/** Its number rises only now that the earlier one is seen closed or absent, and only if nothing has changed meanwhile. */
async function renew(build: RegionBuild, because: string, services: MendingServices): Promise<void> {
  const { regionBuild, writes } = renewExecution(build, because, services.now());
  const { committed } = await services.commits.commit(writes);
  if (committed) await services.executions.start(executionName(regionBuild), regionBuild.id);
}
