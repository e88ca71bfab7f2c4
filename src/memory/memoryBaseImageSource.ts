import { pointerKey, type BaseImageSighting, type BasePlace } from '../core/base-images/pointer.ts';
import { servedIn } from '../core/base-images/servedIn.ts';
import { architecturesOf, type TrackedBaseImage } from '../core/base-images/trackedBaseImage.ts';
import { without } from '../core/builds/compose.ts';
import type { Architecture, Instant } from '../core/words.ts';
import type { BaseImageSource, SourceAnswers } from '../ports.ts';

export interface MemoryBaseImageSource extends BaseImageSource {
  /** The upstream publishes an image in one place: what is answered there from now on. Version and date rise by themselves. */
  publish(image: BaseImageSighting): void;
  /** The source of this place fails until something is published there again. */
  breakDown(place: BasePlace, problem: string): void;
  /** Which bases were asked for, look by look. */
  readonly looks: readonly { readonly region: string; readonly bases: readonly string[] }[];
}

/** An upstream in memory: publishes nothing until a test does. */
export function memoryBaseImageSource({ now }: { readonly now: () => Instant }): MemoryBaseImageSource {
  const published = new Map<string, BaseImageSighting>();
  const broken = new Map<string, string>();
  const looks: { region: string; bases: readonly string[] }[] = [];
  return {
    looks,
    publish(image) {
      const key = pointerKey(image);
      const version = (published.get(key)?.parameterVersion ?? 0) + 1;
      published.set(key, { parameterVersion: version, parameterModifiedAt: now(), ...image });
      broken.delete(key);
    },
    breakDown: (place, problem) => void broken.set(pointerKey(place), problem),
    async sightings(region, bases) {
      looks.push({ region, bases: bases.map(({ name }) => name) });
      const sightings: BaseImageSighting[] = [];
      const problems: SourceAnswers['problems'][number][] = [];
      for (const base of bases.filter((each) => servedIn(each, region)))
        for (const architecture of architecturesOf(base)) {
          const key = pointerKey({ base: base.name, region, architecture });
          const problem = broken.get(key);
          const image = published.get(key);
          if (problem !== undefined) problems.push({ base: base.name, architecture, problem });
          else if (image === undefined)
            problems.push({ base: base.name, architecture, problem: `nothing is published as ${key}` });
          else sightings.push(asRead(image, base.source, architecture));
        }
      return { sightings, problems };
    },
  };
}

/** Only parameters have a name, versions and their dates. */
function asRead(
  image: BaseImageSighting,
  source: TrackedBaseImage['source'],
  architecture: Architecture,
): BaseImageSighting {
  if (source.kind === 'filter') return without(without(image, 'parameterVersion'), 'parameterModifiedAt');
  const parameter = source.names[architecture];
  return parameter === undefined ? image : { ...image, parameter };
}
