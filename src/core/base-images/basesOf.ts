import type { Policy, TrackedBaseImage as PolicyBaseImage } from '../policy/policy.ts';
import type { Architecture } from '../words.ts';
import { BASE_IMAGES, catalogueWith } from './catalogue.ts';
import type { BaseImageSource, PerArchitecture, TrackedBaseImage } from './trackedBaseImage.ts';

/** Every base image templates may name: the built-in ones and the policy's own, by name. */
export function basesOf(policy: Pick<Policy, 'baseImages'>): ReadonlyMap<string, TrackedBaseImage> {
  return catalogueWith(policy.baseImages.map(ownBase));
}

/** The base image a policy's entry stands for. What it leaves out comes from the one it is `like`. */
function ownBase({ name, source, architectures, like, ...own }: PolicyBaseImage): TrackedBaseImage {
  const model = BASE_IMAGES.find((base) => base.name === like);
  const endOfLife = own.endOfLife ?? model?.endOfLife;
  const operatingSystem = own.operatingSystem ?? model?.operatingSystem;
  return {
    name,
    title: name,
    family: model?.family ?? 'custom',
    own: true,
    source: sourceOf(source, architectures),
    packageManager: model?.packageManager ?? 'none',
    evidence: model?.evidence ?? [],
    ...(model?.ecosystems === undefined ? {} : { ecosystems: model.ecosystems }),
    ...(operatingSystem === undefined ? {} : { operatingSystem }),
    ...(endOfLife === undefined ? {} : { endOfLife }),
  };
}

function sourceOf(
  source: PolicyBaseImage['source'],
  architectures: readonly Architecture[],
): BaseImageSource {
  switch (source.kind) {
    case 'public-parameter':
      return { kind: 'parameter', names: source.parameters };
    case 'own-parameter':
      return { kind: 'own-parameter', names: source.parameters };
    case 'filter': {
      const patterns: PerArchitecture<string> = Object.fromEntries(
        architectures.map((architecture) => [architecture, source.nameFilter]),
      );
      return { kind: 'filter', owner: source.owner, patterns };
    }
  }
}
