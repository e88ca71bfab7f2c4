import { ARCHITECTURES } from '../words.ts';
import type { ImageCandidate } from './chooseImage.ts';
import type { SeenImage } from './imageCalled.ts';
import { matchesGlob } from './matchesGlob.ts';
import { releaseIn } from './releaseOf.ts';
import type { TrackedBaseImage } from './trackedBaseImage.ts';

/** An image that EC2 shows and nobody here has seen, as one of a base; a sentence's end if it is none. */
export function foundImage(base: TrackedBaseImage, image: ImageCandidate): SeenImage | string {
  const { imageId, name, ownerId, creationDate } = image;
  const { source } = base;
  const architecture = ARCHITECTURES.find((each) => each === image.architecture);
  if (architecture === undefined) return `its architecture is ${image.architecture}`;
  if (source.kind === 'filter') {
    const pattern = source.patterns[architecture];
    if (source.owner !== 'self' && ownerId !== source.owner)
      return `its owner is ${ownerId}, not ${source.owner}`;
    if (pattern === undefined || !matchesGlob(pattern, name))
      return `its name ${name} does not match ${pattern ?? 'any'}`;
  }
  const release = releaseIn(base, { imageId, name, creationDate });
  if (release.readFrom === 'creation-date') return `its name ${name} is not one that its upstream gives`;
  const createdAt = Date.parse(creationDate);
  return {
    ...{ architecture, imageId, imageName: name, release: release.name },
    ...(Number.isNaN(createdAt) ? {} : { createdAt }),
  };
}
