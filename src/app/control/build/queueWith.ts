import type { CallersHold, PlanInput } from '../../../core/decide/planInput.ts';
import type { Gathered } from '../../gatherPlanInput.ts';
import type { AskedPlace } from './askPlace.ts';

/** The plan's input as it will be once everything asked for is in the queue. */
export function queueWith(
  asked: readonly AskedPlace[],
  { input, holdOf }: Pick<Gathered, 'input' | 'holdOf'>,
): PlanInput {
  const changed = asked.flatMap((place) =>
    place.kind === 'queued' || place.kind === 'merged' ? [place.regionBuild] : [],
  );
  const ids = new Set(changed.map(({ id }) => id));
  const holds = new Map<string, CallersHold>(input.holds);
  for (const build of changed) {
    const hold = holdOf(build);
    if (hold !== undefined) holds.set(build.id, hold);
  }
  return { ...input, queue: [...input.queue.filter(({ id }) => !ids.has(id)), ...changed], holds };
}
