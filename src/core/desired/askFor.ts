import { late } from '../announcements/announcement.ts';
import { explain, without } from '../builds/compose.ts';
import { enqueue, mergeInto } from '../builds/enqueue.ts';
import type { RegionBuild } from '../builds/regionBuild.ts';
import { changesNothing, modeOf } from '../decide/modeOf.ts';
import { inWords } from '../time/inWords.ts';
import type { Instant } from '../words.ts';
import type { Write } from '../writes.ts';
import type { Missing } from './missing.ts';
import type { Situation } from './situation.ts';

export type Asked = Exclude<Missing, { kind: 'nothing' }>;

/** One commit: a new region build in the queue, or a new reason for the one that waits there. */
export function askFor(asked: Asked, situation: Situation): { regionBuild: string; writes: Write[] } {
  const { behind, cause, infeasible } = asked;
  const { now } = situation;
  switch (asked.kind) {
    case 'build': {
      const { state, stored } = behind;
      const { regionBuild, writes } = enqueue(asked.wish, { state, stored }, cause);
      return {
        regionBuild: regionBuild.id,
        writes: [
          ...writes,
          ...(asked.again === undefined
            ? []
            : [explain(regionBuild.id, { at: now, rule: 'asked-again', because: asked.again })]),
          ...tooLate(regionBuild, infeasible, situation, asked.again !== undefined),
        ],
      };
    }
    case 'join': {
      const { queued, merged, added } = asked;
      return {
        regionBuild: queued.id,
        writes: [
          ...mergeInto(without(queued, 'maxCost'), merged, added, cause),
          ...tooLate(queued, infeasible, situation),
        ],
      };
    }
  }
}

/** A deadline that cannot be met when it arises is said at once, and announced; that is not the same as missing it later. */
function tooLate(
  regionBuild: RegionBuild,
  infeasible: Instant | null,
  { now, policy }: Pick<Situation, 'now' | 'policy'>,
  isAgain = false,
): Write[] {
  if (infeasible === null) return [];
  const because = `its deadline, ${inWords(infeasible, policy.zone, now)}, could not be met even by starting now: it starts as soon as it can`;
  const line = explain(regionBuild.id, { at: now, rule: 'deadline-infeasible', because });
  const mode = modeOf(regionBuild.template, policy);
  // One that is asked for again after its deadline is at risk no more: it is missed.
  if (changesNothing(mode) || (isAgain && infeasible < now)) return [line];
  const found = { at: now, deadline: infeasible, because };
  return [line, { kind: 'announce', announcement: late(regionBuild, 'deadline-at-risk', found) }];
}
