import { ApiError } from '../../api/errors.ts';
import { findingsAnswer } from '../../api/present/findings.ts';
import { iso } from '../../api/present/instants.ts';
import type { AnswerOf, RequestOf } from '../../api/routes.ts';
import { basesOf } from '../../core/base-images/basesOf.ts';
import { foundImage } from '../../core/base-images/foundImage.ts';
import {
  architectureIn,
  type CalledImage,
  imageCalled,
  type SeenImage,
  seenImages,
} from '../../core/base-images/imageCalled.ts';
import { architecturesOf, type TrackedBaseImage } from '../../core/base-images/trackedBaseImage.ts';
import { inParallel } from '../../core/inParallel.ts';
import { AMI_ID } from '../../core/template/names.ts';
import type { Architecture } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { notFound } from './notFound.ts';

type CompareServices = Pick<
  Services,
  'now' | 'settings' | 'policies' | 'baseImages' | 'packageLists' | 'evidence' | 'imageLookup'
>;

/**
 * What one image of a base fixes relative to another, by all the evidence there is: the same question that an update
 * asks, for any two images. An id that was never seen here is looked up in EC2. Nothing is kept of it.
 * @throws ApiError `not-found` for a base, image or release that nobody knows; `bad-request` for two architectures, or
 * for an id of something else's image
 */
export async function compareBaseImages(
  { base: name, from, to, architecture: wanted }: RequestOf<'compareBaseImages'>,
  services: CompareServices,
): Promise<AnswerOf<'compareBaseImages'>> {
  const [{ policy }, pointers, updates] = await Promise.all([
    currentPolicy(services),
    services.baseImages.pointers(),
    services.baseImages.updates(name),
  ]);
  const bases = basesOf(policy);
  const base = bases.get(name);
  if (base === undefined) throw notFound('base image', name, bases.keys());
  const remembered = seenImages(
    pointers.filter((pointer) => pointer.base === name),
    updates,
  );
  const seen = [...remembered, ...(await lookedUp(base, [from, to], remembered, services))];
  // An id or a name tells for which architecture a release beside it is meant.
  const meant = wanted ?? [from, to].map((text) => architectureToldBy(text, seen)).find((each) => each);
  const [older, newer] = [from, to].map((text) => known(base, text, seen, meant)) as [
    CalledImage,
    CalledImage,
  ];
  const architecture = architectureOf(base, [older, newer], wanted);
  const inventory = await services.packageLists.newestOn({ architecture, baseImageName: older.name });
  const assessment = await services.evidence.assess({
    ...{ base, architecture, from: older.release, to: newer.release },
    ...(inventory === undefined ? {} : { known: inventory }),
  });
  return {
    now: iso(services.now()),
    zone: policy.zone,
    base: name,
    architecture,
    from: imageAnswer(older),
    to: imageAnswer(newer),
    findings: findingsAnswer(assessment),
  };
}

/** Images called by an id that was never seen here, as EC2 shows them in one of the deployment's regions. */
async function lookedUp(
  base: TrackedBaseImage,
  called: readonly string[],
  remembered: readonly SeenImage[],
  { settings, imageLookup }: CompareServices,
): Promise<SeenImage[]> {
  const ids = called.filter(
    (text) => AMI_ID.pattern.test(text) && !remembered.some(({ imageId }) => imageId === text),
  );
  if (ids.length === 0) return [];
  const found = await inParallel(settings.regions, ({ name }) => imageLookup.byId(name, ids));
  return found.flat().map((image) => {
    const one = foundImage(base, image);
    if (typeof one !== 'string') return one;
    throw new ApiError('bad-request', `${image.imageId} is no image of ${base.name}: ${one}.`);
  });
}

function architectureToldBy(text: string, seen: readonly SeenImage[]): Architecture | undefined {
  const image = seen.find(({ imageId, imageName }) => imageId === text || imageName === text);
  return image?.architecture ?? architectureIn(text);
}

function known(
  base: TrackedBaseImage,
  text: string,
  seen: readonly SeenImage[],
  wanted: Architecture | undefined,
): CalledImage {
  const image = imageCalled(base, text, seen, wanted);
  if (image !== undefined) return image;
  const releases = seen.map(({ release }) => release);
  throw notFound(`image or release of ${base.name}`, text, new Set(releases));
}

function architectureOf(
  base: TrackedBaseImage,
  images: readonly CalledImage[],
  wanted: Architecture | undefined,
): Architecture {
  const said = new Set(
    [wanted, ...images.map(({ architecture }) => architecture)].filter((each) => each !== undefined),
  );
  if (said.size > 1)
    throw new ApiError(
      'bad-request',
      `Images of ${[...said].join(' and ')} are not compared with each other.`,
    );
  const [architecture = architecturesOf(base)[0] ?? 'x86_64'] = said;
  return architecture;
}

function imageAnswer({ imageId, name, release }: CalledImage): AnswerOf<'compareBaseImages'>['from'] {
  return { imageId, name, release: release.name };
}
