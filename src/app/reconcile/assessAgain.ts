import { by } from '../../core/by.ts';
import { dueAgain } from '../../core/evidence/dueAgain.ts';
import type { Instant } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { inParallel } from '../../core/inParallel.ts';
import { anyway } from '../anyway.ts';
import { assessInTime } from './assessInTime.ts';

/** One tick has other duties, and a feed that is silent takes its time: 144 ticks a day are enough for all. */
const IN_ONE_TICK = 2;

/**
 * Assesses again what was assessed and may look worse by now, longest ago first. A level that has risen is a new
 * reason to build: the assessment is a change, and so an event, like the first one. None is begun at `until` or later.
 */
export async function assessAgain(
  services: Pick<
    Services,
    'baseImages' | 'packageLists' | 'policies' | 'evidence' | 'commits' | 'now' | 'log'
  >,
  until: Instant,
): Promise<void> {
  const now = services.now();
  const [{ policy }, pointers] = await Promise.all([currentPolicy(services), services.baseImages.pointers()]);
  const { reassessFor } = policy.evidence;
  // A base that has stood still for so long has no update that is young enough.
  const moved = new Set(pointers.filter(({ since }) => now - since <= reassessFor).map(({ base }) => base));
  const updates = (await inParallel([...moved], (base) => services.baseImages.updates(base))).flat();
  const due = updates
    .flatMap((update) => {
      const { base, release, assessment } = update;
      const before = dueAgain(update, reassessFor, now);
      return before === undefined ? [] : [{ base, release, before, at: assessment?.assessedAt ?? 0 }];
    })
    .sort(
      by(
        ({ at }) => at,
        ({ base }) => base,
        ({ release }) => release,
      ),
    );
  await anyway(
    due.slice(0, IN_ONE_TICK),
    ({ base, release }) => `${base} ${release}`,
    ({ base, release, before }) => assessInTime({ base, release, before }, until, services),
    services.log,
    1,
  );
}
