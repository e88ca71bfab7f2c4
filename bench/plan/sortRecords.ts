import type { RegionBuild } from '../../src/core/builds/regionBuild.ts';
import { URGENCIES } from '../../src/core/words.ts';

const NEVER = Number.POSITIVE_INFINITY;

/**
 * The records of a queue in their order as anybody would write it: urgency, deadline, priority, age, id. It decides
 * nothing; it is what putting the records in order takes at the least.
 */
export function sortRecords(queue: readonly RegionBuild[]): RegionBuild[] {
  return queue.toSorted(
    (a, b) =>
      URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) ||
      compare(a.deadline ?? NEVER, b.deadline ?? NEVER) ||
      b.priority - a.priority ||
      a.requestedAt - b.requestedAt ||
      compare(a.id, b.id),
  );
}

function compare<T extends string | number>(a: T, b: T): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
