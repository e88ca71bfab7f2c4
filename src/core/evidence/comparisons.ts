import type { BaseImageUpdate, Observation } from '../base-images/pointer.ts';
import { type NamedImage, releaseIn } from '../base-images/releaseOf.ts';
import type { TrackedBaseImage } from '../base-images/trackedBaseImage.ts';
import { by } from '../by.ts';
import type { Instant } from '../words.ts';
import type { Comparison } from './assessment.ts';
import { verdictsOf } from './stepVerdicts.ts';

/**
 * The steps of an update that differ, one observation for each: places that went from the same image name to the same
 * image name changed alike, whatever their region. Architectures are compared apart, since packages and advisories
 * differ between them, and so is a place that skipped a release: it gets what that one fixed too.
 */
export function stepsOf({ observations }: Pick<BaseImageUpdate, 'observations'>): Observation[] {
  const steps = new Map<string, Observation>();
  for (const observation of [...observations].sort(by<Observation>(({ seenAt }) => seenAt, stepKey))) {
    const key = stepKey(observation);
    if (!steps.has(key)) steps.set(key, observation);
  }
  return [...steps.values()];
}

/** The steps that the update's assessment has not seen yet: all of them if there is none. */
export function unassessedSteps(update: Pick<BaseImageUpdate, 'observations' | 'assessment'>): Observation[] {
  const compared = update.assessment?.compared ?? [];
  return stepsOf(update).filter((step) => !compared.includes(stepKey(step)));
}

/** The steps that were never compared, or not since a moment. */
export function stepsToCompare(
  update: Pick<BaseImageUpdate, 'observations' | 'assessment'>,
  since: Instant,
): Observation[] {
  const verdicts = verdictsOf(update.assessment);
  return stepsOf(update).filter((step) => {
    const verdict = verdicts.get(stepKey(step));
    return verdict === undefined || verdict.at < since;
  });
}

/** What an assessment remembers of a step it has seen. */
export function stepKey({
  architecture,
  previousImageName,
  imageName,
}: Pick<Observation, 'architecture' | 'previousImageName' | 'imageName'>): string {
  return `${architecture}: ${previousImageName} → ${imageName}`;
}

/** The two images of a step, as evidence compares them. */
export function comparisonOf(step: Observation, base: TrackedBaseImage): Comparison {
  const { architecture, previousImageId, previousImageName, previousImageCreatedAt } = step;
  const { imageId, imageName, imageCreatedAt } = step;
  return {
    base,
    architecture,
    from: releaseIn(base, named(previousImageId, previousImageName, previousImageCreatedAt)),
    to: releaseIn(base, named(imageId, imageName, imageCreatedAt)),
  };
}

function named(imageId: string, name: string, createdAt: Instant | undefined): NamedImage {
  const creationDate = createdAt === undefined ? {} : { creationDate: new Date(createdAt).toISOString() };
  return { imageId, name, ...creationDate };
}
