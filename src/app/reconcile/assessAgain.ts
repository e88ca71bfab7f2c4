import { dueAgain } from '../../core/evidence/dueAgain.ts';
import type { UpdateRecord } from '../../core/changes.ts';
import type { Instant } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { anyway } from '../anyway.ts';
import { type AssessServices, assessUpdate } from '../assessUpdate.ts';
import { currentPolicy } from '../currentPolicy.ts';

/** One tick has other duties, and a feed that is silent takes its time: 144 ticks a day are enough for all. */
const IN_ONE_TICK = 2;

/**
 * Assesses again what was assessed and may look worse by now, what is due longest first. A level that has risen is a
 * new reason to build: the assessment is a change, and so an event, like the first one. None is begun at `until` or
 * later. Which are due is a mark of theirs: however long the history of a base, a tick reads no more than it assesses.
 */
export async function assessAgain(
  services: AssessServices & Pick<Services, 'log'>,
  until: Instant,
): Promise<void> {
  const now = services.now();
  const due = await services.baseImages.dueAgain(now, IN_ONE_TICK);
  if (due.length === 0) return;
  const { policy } = await currentPolicy(services);
  await anyway(
    due,
    ({ base, release }) => `${base} ${release}`,
    async (update) => {
      const { base, release } = update;
      const before = dueAgain(update, policy.evidence.reassessFor, now);
      if (before === undefined) await leaveAlone(update, services);
      else await assessUpdate({ base, release, before, until }, services);
    },
    services.log,
    1,
  );
}

/** The policy has become shorter, or nobody looked for days: the update is too old, and not to be found any more. */
async function leaveAlone(
  { base, release, assessment }: UpdateRecord,
  { commits }: Pick<Services, 'commits'>,
): Promise<void> {
  if (assessment === undefined) return;
  await commits.commit([{ kind: 'assessment', base, release, assessment, expects: assessment.assessedAt }]);
}
