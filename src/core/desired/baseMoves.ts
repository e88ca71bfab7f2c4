import type { BaseImageUpdate, DatedAssessment, Observation } from '../base-images/pointer.ts';
import { by } from '../by.ts';
import { unassessedSteps } from '../evidence/comparisons.ts';
import type { Place } from '../words.ts';

/** One step of a base image in one place; without an assessment it is no reason to build yet. */
export interface BaseMove {
  readonly observation: Observation;
  readonly assessment?: DatedAssessment;
}

export interface Moves {
  /** Oldest first. */
  readonly moves: readonly BaseMove[];
  /** False: the image to start from was never seen in this place, so only the last step is known to matter. */
  readonly fromKnown: boolean;
}

/**
 * The steps of a base image in a place that lie between the image a target stands on and the one it is to stand on:
 * what all of them fixed is missing, not only what the last one did.
 */
export function movesBetween(
  updates: readonly BaseImageUpdate[],
  { region, architecture }: Place,
  from: string,
  to: string,
): Moves {
  const here = updates
    .flatMap((update) => update.observations.map((observation) => moveOf(observation, update)))
    .filter(({ observation }) => observation.region === region && observation.architecture === architecture)
    .sort(by(({ observation }) => observation.seenAt));
  const upTo = here.slice(0, here.findLastIndex(({ observation }) => observation.imageId === to) + 1);
  const left = upTo.findLastIndex(({ observation }) => observation.previousImageId === from);
  return left === -1
    ? { moves: upTo.slice(-1), fromKnown: false }
    : { moves: upTo.slice(left), fromKnown: true };
}

function moveOf(observation: Observation, { assessment }: BaseImageUpdate): BaseMove {
  const isAssessed =
    assessment !== undefined && unassessedSteps({ observations: [observation], assessment }).length === 0;
  return { observation, ...(isAssessed ? { assessment } : {}) };
}
