import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import type { CallersHold, PlanInput } from '../../core/decide/planInput.ts';
import type { Gathered } from '../gatherPlanInput.ts';

/** The plan's input as it will be once these region builds, new or changed, are in the queue. */
export function queueWith(
  changed: readonly RegionBuild[],
  { input, holdOf }: Pick<Gathered, 'input' | 'holdOf'>,
): PlanInput {
  const ids = new Set(changed.map(({ id }) => id));
  const holds = new Map<string, CallersHold>(input.holds);
  for (const build of changed) {
    const hold = holdOf(build);
    if (hold !== undefined) holds.set(build.id, hold);
  }
  return { ...input, queue: [...input.queue.filter(({ id }) => !ids.has(id)), ...changed], holds };
}
