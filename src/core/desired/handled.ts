import { type BaseImageUpdate, type Observation, pointerKey } from '../base-images/pointer.ts';
import { unassessedSteps } from '../evidence/comparisons.ts';
import type { Target } from '../words.ts';
import type { Situation } from './situation.ts';

/**
 * The observations for which everything has been asked for that there is to ask: they leave the list of what is
 * pending, also where nothing stands on them. One waits on while its step is not assessed, while what was compared is
 * older than it, or while something of it was left undone.
 */
export function handledObservations(
  pending: readonly { readonly observation: Observation; readonly update: BaseImageUpdate | undefined }[],
  undone: readonly Target[],
  { rootBases, pointers }: Pick<Situation, 'rootBases' | 'pointers'>,
): Observation[] {
  const waiting = new Set(
    undone.map(({ template, region, architecture }) =>
      pointerKey({ base: rootBases.get(template)?.name ?? template, region, architecture }),
    ),
  );
  return pending
    .filter(({ observation, update }) => {
      const { imageId, seenAt } = observation;
      const pointer = pointers.get(pointerKey(observation));
      const isSeen = pointer !== undefined && (pointer.imageId === imageId || pointer.since >= seenAt);
      return isSeen && isAssessed(observation, update) && !waiting.has(pointerKey(observation));
    })
    .map(({ observation }) => observation);
}

function isAssessed(observation: Observation, update: BaseImageUpdate | undefined): boolean {
  const { assessment } = update ?? {};
  return (
    assessment !== undefined && unassessedSteps({ observations: [observation], assessment }).length === 0
  );
}
