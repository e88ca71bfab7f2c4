import type { EC2Client } from '@aws-sdk/client-ec2';
import { chooseImage, type ImageCandidate } from '../../core/base-images/chooseImage.ts';
import { matchesGlob } from '../../core/base-images/matchesGlob.ts';
import type { Instant } from '../../core/words.ts';
import { inOneSentence, isTransientError } from '../awsError.ts';
import { imagesByName } from './describeImages.ts';
import { sightingOf, type Finding, type FilterPlace } from './place.ts';

export interface FilterLook {
  readonly ec2: EC2Client;
  readonly region: string;
  readonly places: readonly FilterPlace[];
  readonly now: Instant;
}

/** How many of the images that came close are named in a problem. */
const NAMED_IN_PROBLEM = 3;

/**
 * The newest images by owner and name, of all sources in one call: the answer holds the images of all owners under
 * all patterns, and the choice for each source takes its own. Images of the account itself are a call of their own,
 * since only there their owner tells which account this is.
 */
export async function findByFilter({ ec2, region, places, now }: FilterLook): Promise<Finding[]> {
  const own = places.filter(({ owner }) => owner === 'self');
  const others = places.filter(({ owner }) => owner !== 'self');
  const found = await Promise.all([look(own), look(others)]);
  return found.flat();

  async function look(together: readonly FilterPlace[]): Promise<Finding[]> {
    if (together.length === 0) return [];
    try {
      const images = await imagesByName(
        ec2,
        together.map(({ owner }) => owner),
        together.map(({ pattern }) => pattern),
      );
      return together.map((place) => choose(place, images));
    } catch (error) {
      if (together.length > 1 && !isTransientError(error))
        return (await Promise.all(together.map((place) => look([place])))).flat();
      return together.map((place) => ({
        place,
        problem: `The images ${place.pattern} could not be listed: ${inOneSentence(error)}`,
      }));
    }
  }

  function choose(place: FilterPlace, images: readonly ImageCandidate[]): Finding {
    const { base, architecture, owner, pattern } = place;
    const ownerId = owner === 'self' ? images[0]?.ownerId : owner;
    const candidates = images.filter(
      (image) => image.ownerId === ownerId && matchesGlob(pattern, image.name),
    );
    const { image, rejected } = chooseImage(candidates, {
      base,
      architecture,
      account: ownerId ?? '',
      now,
    });
    if (image !== null) return { place, sighting: sightingOf(place, region, image) };
    const because = rejected
      .slice(0, NAMED_IN_PROBLEM)
      .map((each) => `; ${each.imageId}: ${each.because}`)
      .join('');
    return {
      place,
      problem: `No image ${pattern} of ${owner} can be used, of ${candidates.length}${because}.`,
    };
  }
}
