import { ARCHITECTURES, type Architecture } from '../../words.ts';
import type { SaidParameter } from '../keys/imageKeys.ts';
import type { SaidPolicy } from '../keys/policyKeys.ts';
import type { BaseImageSource, TrackedBaseImage } from '../policy.ts';

export type SaidBaseImage = NonNullable<SaidPolicy['base_images']>[string];

/** Base images with a source; those without one are refused by `checkBaseImages`. */
export function resolveBaseImages(said: NonNullable<SaidPolicy['base_images']>): readonly TrackedBaseImage[] {
  return Object.entries(said).flatMap(([name, image]) => {
    const source = sourceOf(image);
    return source === null
      ? []
      : [
          {
            name,
            source,
            architectures: architecturesOf(image),
            like: image.like ?? null,
            operatingSystem: image.operating_system ?? null,
            endOfLife: image.end_of_life ?? null,
          },
        ];
  });
}

/** Those it says; of a parameter per architecture, those it has one for; else both. */
export function architecturesOf({ architectures, parameter }: SaidBaseImage): readonly Architecture[] {
  if (architectures !== undefined) return architectures;
  const each = parameter?.each ?? null;
  return each === null ? ARCHITECTURES : ARCHITECTURES.filter((name) => each[name] !== undefined);
}

function sourceOf(image: SaidBaseImage): BaseImageSource | null {
  const { parameter, owner, name_filter: nameFilter } = image;
  if (parameter !== undefined) return parameterSource(parameter, architecturesOf(image));
  return owner === undefined || nameFilter === undefined ? null : { kind: 'filter', owner, nameFilter };
}

function parameterSource(said: SaidParameter, architectures: readonly Architecture[]): BaseImageSource {
  const parameters: Partial<Record<Architecture, string>> = {};
  for (const architecture of architectures) {
    const name = said.each === null ? said.pattern : said.each[architecture];
    if (name !== undefined) parameters[architecture] = name.replaceAll('{architecture}', architecture);
  }
  // Names below /aws/ are reserved for AWS and the vendors it publishes for: their changes raise no events of ours.
  const isPublic = Object.values(parameters).every((name) => name.startsWith('/aws/'));
  return { kind: isPublic ? 'public-parameter' : 'own-parameter', parameters };
}
