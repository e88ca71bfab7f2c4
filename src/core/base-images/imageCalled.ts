import type { Architecture } from '../words.ts';
import { ARCHITECTURES } from '../words.ts';
import type { ImageRelease } from './imageRelease.ts';
import type { BaseImagePointer, BaseImageUpdate } from './pointer.ts';
import { type NamedImage, releaseIn } from './releaseOf.ts';
import type { TrackedBaseImage } from './trackedBaseImage.ts';

/** An image of a base that was seen somewhere. */
export interface SeenImage {
  readonly architecture: Architecture;
  readonly imageId: string;
  readonly imageName: string;
  readonly release: string;
  readonly createdAt?: number;
}

/** An image of a base as somebody calls it. */
export interface CalledImage {
  /** Null: it was never seen here, its name alone tells of it. */
  readonly imageId: string | null;
  readonly name: string;
  readonly release: ImageRelease;
  /** Of an image that was seen, or whose name tells it. */
  readonly architecture?: Architecture;
}

/** Every image of a base that we know of, the newest first. */
export function seenImages(
  pointers: readonly BaseImagePointer[],
  updates: readonly BaseImageUpdate[],
): SeenImage[] {
  const steps = updates.flatMap(({ observations }) => observations);
  const seen = [
    ...pointers,
    ...steps,
    ...steps.map(({ architecture, ...step }) => ({
      architecture,
      imageId: step.previousImageId,
      imageName: step.previousImageName,
      release: step.previousRelease,
      ...(step.previousImageCreatedAt === undefined ? {} : { imageCreatedAt: step.previousImageCreatedAt }),
    })),
  ].map(({ architecture, imageId, imageName, release, imageCreatedAt }) => ({
    ...{ architecture, imageId, imageName, release },
    ...(imageCreatedAt === undefined ? {} : { createdAt: imageCreatedAt }),
  }));
  return [...new Map(seen.map((image) => [image.imageId, image])).values()];
}

/**
 * The image that somebody means by its id, its name, or its release. A name or release that was never seen is taken
 * too where the upstream writes the release into its names: the name of a release is then made from one that was seen.
 * @param wanted the architecture that is asked for; otherwise the first that the base has
 */
export function imageCalled(
  base: Pick<TrackedBaseImage, 'family' | 'own'>,
  text: string,
  seen: readonly SeenImage[],
  wanted?: Architecture,
): CalledImage | undefined {
  const byArchitecture = ARCHITECTURES.flatMap((architecture) =>
    seen.filter((image) => image.architecture === architecture),
  );
  const here = byArchitecture.filter(({ architecture }) => architecture === (wanted ?? architecture));
  const found =
    seen.find(({ imageId }) => imageId === text) ??
    seen.find(({ imageName }) => imageName === text) ??
    here.find(({ release }) => release === text);
  if (found !== undefined) return called(base, found);
  const names = [text, ...here.map(({ imageName, release }) => imageName.replace(release, text))];
  for (const name of names) {
    const release = releaseIn(base, { imageId: text, name });
    const isMeant = release.readFrom === 'name' && (name === text || release.name === text);
    if (!isMeant) continue;
    const architecture = architectureIn(name);
    return { imageId: null, name, release, ...(architecture === undefined ? {} : { architecture }) };
  }
  return undefined;
}

/** The architecture that the name of an image tells. */
export function architectureIn(name: string): Architecture | undefined {
  if (/x86[-_]64|amd64/i.test(name)) return 'x86_64';
  return /arm64|aarch64/i.test(name) ? 'arm64' : undefined;
}

function called(
  base: Pick<TrackedBaseImage, 'family' | 'own'>,
  { imageId, imageName, architecture, createdAt }: SeenImage,
): CalledImage {
  const image: NamedImage = {
    imageId,
    name: imageName,
    ...(createdAt === undefined ? {} : { creationDate: new Date(createdAt).toISOString() }),
  };
  return { imageId, name: imageName, release: releaseIn(base, image), architecture };
}
