import { compareDotted, UNDATED } from './imageRelease.ts';
import type { ImageRelease } from './imageRelease.ts';
import { RELEASE_PATTERNS } from './releasePatterns.ts';
import type { BaseFamily, TrackedBaseImage } from './trackedBaseImage.ts';

/** What DescribeImages says of an image. */
export interface NamedImage {
  readonly imageId: string;
  readonly name?: string;
  /** ISO 8601, such as `2026-01-20T08:00:00.000Z`. */
  readonly creationDate?: string;
}

/** EC2 allows 128 characters in a name. */
const LONGEST_NAME = 256;

const isDate = (digits: string): boolean => {
  const [month, day] = [Number(digits.slice(4, 6)), Number(digits.slice(6, 8))];
  return digits.length === 8 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
};

function fromName(family: BaseFamily, text: string): ImageRelease | undefined {
  for (const { pattern, name, variant } of RELEASE_PATTERNS[family]) {
    const groups: Readonly<Record<string, string | undefined>> | undefined = pattern.exec(text)?.groups;
    const date = groups?.['date']?.replaceAll('.', '');
    if (groups === undefined || date === undefined || !isDate(date)) continue;
    const { version, kernel, build = '' } = groups;
    const kind = variant?.(groups);
    return {
      name: name(groups),
      date,
      build,
      ...(version === undefined ? {} : { version }),
      ...(kernel === undefined ? {} : { kernel }),
      flavour: text.includes('minimal') ? 'minimal' : 'default',
      ...(kind === undefined ? {} : { variant: kind }),
      readFrom: 'name',
    };
  }
  return undefined;
}

/**
 * The release an image is, read from its name as its upstream writes it. A name that tells nothing, or none, gives
 * the creation date and the image id: enough to tell two images apart and to order them, though not to look them up.
 */
export function releaseOf(family: BaseFamily, { imageId, name, creationDate }: NamedImage): ImageRelease {
  const read = name === undefined || name.length > LONGEST_NAME ? undefined : fromName(family, name);
  return read ?? fromCreation(imageId, creationDate);
}

function fromCreation(imageId: string, creationDate: string | undefined): ImageRelease {
  const [day = '', time = ''] = (creationDate ?? '').split('T');
  const date = /^\d{4}-\d\d-\d\d$/.test(day) ? day.replaceAll('-', '') : UNDATED;
  return {
    name: date === UNDATED ? imageId : `${day}/${imageId}`,
    date,
    build: time.replace(/\D/g, ''),
    readFrom: 'creation-date',
  };
}

const ARCHITECTURE = /[-_. /]?(?:x86[-_]64|amd64|arm64|aarch64)(?![a-z0-9])/gi;

/**
 * The release of an image of a base that may be the policy's own. A name that its upstream writes tells it as always;
 * any other is its owner's, and is the release's without what it says of the architecture: the same golden image in
 * several regions and for both architectures is one release. That images of one name are the same is their owner's
 * affair.
 */
export function releaseIn(base: Pick<TrackedBaseImage, 'family' | 'own'>, image: NamedImage): ImageRelease {
  const release = releaseOf(base.family, image);
  const ownName = image.name?.trim() ?? '';
  if (base.own !== true || release.readFrom === 'name' || ownName === '') return release;
  const name = ownName.replace(ARCHITECTURE, '').trim();
  return { ...release, name: name === '' ? ownName : name, readFrom: 'own-name' };
}

/** Whether the distribution's own version moved on between two releases, such as `9.4` to `9.5` or `2023.10` to `2023.11`. */
export function versionRose(from: ImageRelease, to: ImageRelease): boolean {
  return (
    from.version !== undefined && to.version !== undefined && compareDotted(to.version, from.version) > 0
  );
}

/** Whether the image changed to another kernel stream, such as 6.1 to 6.12. */
export function kernelStreamChanged(from: ImageRelease, to: ImageRelease): boolean {
  return from.kernel !== undefined && to.kernel !== undefined && from.kernel !== to.kernel;
}
