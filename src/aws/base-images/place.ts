import type { BaseImageSighting } from '../../core/base-images/pointer.ts';
import { releaseIn } from '../../core/base-images/releaseOf.ts';
import { servedIn } from '../../core/base-images/servedIn.ts';
import type { TrackedBaseImage } from '../../core/base-images/trackedBaseImage.ts';
import { ARCHITECTURES, type Architecture } from '../../core/words.ts';
import type { ReadParameter } from './readParameters.ts';

/** A base image for one architecture, in the region that is looked at. */
export interface SourcePlace {
  readonly base: TrackedBaseImage;
  readonly architecture: Architecture;
}

export interface ParameterPlace extends SourcePlace {
  readonly parameter: string;
}

export interface FilterPlace extends SourcePlace {
  readonly owner: string;
  readonly pattern: string;
}

/** What was found out about a place: the image it points at, or why that could not be told. */
export type Finding =
  | { readonly place: SourcePlace; readonly sighting: BaseImageSighting }
  | { readonly place: SourcePlace; readonly problem: string };

/** Everything to look at in a region, by kind of source; bases that are not published there are none of it. */
export function placesIn(
  region: string,
  bases: readonly TrackedBaseImage[],
): { readonly parameters: ParameterPlace[]; readonly filters: FilterPlace[] } {
  const parameters: ParameterPlace[] = [];
  const filters: FilterPlace[] = [];
  for (const base of bases.filter((each) => servedIn(each, region)))
    for (const architecture of ARCHITECTURES) {
      const { source } = base;
      if (source.kind === 'filter') {
        const pattern = source.patterns[architecture];
        if (pattern !== undefined) filters.push({ base, architecture, owner: source.owner, pattern });
      } else {
        const parameter = source.names[architecture];
        if (parameter !== undefined) parameters.push({ base, architecture, parameter });
      }
    }
  return { parameters, filters };
}

/** An image as EC2 described it, now or when it was first seen. */
export interface DescribedImage {
  readonly imageId: string;
  readonly name: string;
  /** ISO 8601; empty if it is not known. */
  readonly creationDate: string;
}

/** The image as seen in a place, with the release its name tells. */
export function sightingOf(
  { base, architecture }: SourcePlace,
  region: string,
  { imageId, name, creationDate }: DescribedImage,
  parameter?: ReadParameter,
): BaseImageSighting {
  const imageCreatedAt = Date.parse(creationDate);
  return {
    base: base.name,
    region,
    architecture,
    imageId,
    imageName: name,
    release: releaseIn(base, { imageId, name, creationDate }).name,
    ...(parameter === undefined ? {} : asSeen(parameter)),
    ...(Number.isNaN(imageCreatedAt) ? {} : { imageCreatedAt }),
  };
}

function asSeen({
  name,
  version,
  modifiedAt,
}: ReadParameter): Pick<BaseImageSighting, 'parameter' | 'parameterVersion' | 'parameterModifiedAt'> {
  return {
    parameter: name,
    parameterVersion: version,
    ...(modifiedAt === undefined ? {} : { parameterModifiedAt: modifiedAt }),
  };
}
