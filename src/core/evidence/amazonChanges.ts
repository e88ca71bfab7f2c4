import type { ImageRelease } from '../base-images/imageRelease.ts';
import { compareEvr } from './versions/rpmVersion.ts';
import { indexInventory } from './inventory.ts';
import type { Inventory } from './inventory.ts';
import { isReleasePin, sectionOf } from './imageSections.ts';
import type { FoundSection, ImageFlavour } from './imageSections.ts';
import { sortChanges } from './packageChange.ts';
import type { PackageChange } from './packageChange.ts';
import type { ReleaseNotes } from './feeds/releaseNotes.ts';
import { whyNotWholeFor } from './wholeLists.ts';

export interface AmazonQuestion {
  readonly from: ImageRelease;
  readonly to: ImageRelease;
  /** Names of all releases upstream has (`releasemd.xml`; for Amazon Linux 2 those of the pages found). */
  readonly releases: readonly string[];
  /**
   * Release notes by release name: those of the releases between the two, and as many older ones as were read: a
   * package's version in the older image is that of the last release that listed it.
   */
  readonly notes: ReadonlyMap<string, ReleaseNotes>;
  /** The older image's whole package list, if we built on it: then nothing has to be looked up. */
  readonly known?: Inventory;
}

/** What is known to differ between two images. */
export interface KnownChanges {
  readonly changes: readonly PackageChange[];
  /** What is not known of the changes, a sentence each; empty: all is known. */
  readonly gaps: readonly string[];
  /** What else people should know of how it was found. */
  readonly notes: readonly string[];
  /** Some of it was put together from other images' lists. */
  readonly reconstructed: boolean;
}

/** A release's day as its last part says it, such as `20260216`. */
export const dateOf = (release: string): string => release.slice(release.lastIndexOf('.') + 1);
const byDate = (a: string, b: string): number => (dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : 0);

/** The releases after one up to and including another, oldest first; the newer one even if upstream's list lags behind. */
export function releasesBetween({
  from,
  to,
  releases,
}: Pick<AmazonQuestion, 'from' | 'to' | 'releases'>): string[] {
  if (to.date <= from.date) return [];
  const between = releases.filter((name) => dateOf(name) > from.date && dateOf(name) <= to.date);
  return [...new Set([...between, to.name])].sort(byDate);
}

/** Image sizes and kernels are in the names; images of before they were have the default size and kernel 6.1 or 4.14. */
function flavourOf({ flavour = 'default', kernel, version = '' }: ImageRelease): ImageFlavour {
  return { flavour, kernel: kernel ?? (version.startsWith('2.') ? '4.14' : '6.1') };
}

/**
 * The version of a package in the older image: null if it was not there, undefined if nobody knows. Our last build's
 * list knows both, if it is whole; else the last of the earlier releases that listed the package knows the version.
 */
function beforeFrom(
  { from, notes }: AmazonQuestion,
  known: Inventory | undefined,
  image: ImageFlavour,
): (name: string) => string | null | undefined {
  if (known !== undefined) {
    const { byName } = indexInventory(known, 'rpm');
    return (name) => byName.get(name)?.version ?? null;
  }
  const earlier = new Map<string, string>();
  for (const release of [...notes.keys()].filter((name) => dateOf(name) <= from.date).sort(byDate)) {
    const page = notes.get(release);
    const section = page === undefined ? 'none' : sectionOf(page, image);
    if (typeof section === 'string') continue;
    for (const { name, version } of section.packages) earlier.set(name, version);
  }
  return (name) => earlier.get(name);
}

/**
 * What changed between two Amazon Linux images, from the "Image Updates" of every release in between: exact without
 * starting either of them. Release pins are left out.
 */
export function amazonChanges(question: AmazonQuestion): KnownChanges {
  const { from, to, notes } = question;
  const image = flavourOf(to);
  const gaps: string[] = [];
  const sections: FoundSection[] = [];
  for (const release of releasesBetween(question)) {
    const page = notes.get(release);
    const section =
      page === undefined ? `the release notes of ${release} are missing` : sectionOf(page, image);
    if (typeof section === 'string') gaps.push(section);
    else sections.push(section);
  }
  if (from.kernel !== undefined && from.kernel !== image.kernel) {
    gaps.push(
      `the images have different kernels (${from.kernel} and ${image.kernel}): their lists do not join`,
    );
  }
  const seen = new Map<string, { first: string; last: string }>();
  for (const { name, version } of sections.flatMap(({ packages }) => packages)) {
    seen.set(name, { first: seen.get(name)?.first ?? version, last: version });
  }
  const { known } = question;
  const partial =
    known === undefined
      ? undefined
      : whyNotWholeFor(
          known,
          [...seen.keys()].filter((name) => !isReleasePin(name)),
        );
  const before = beforeFrom(question, partial === undefined ? known : undefined, image);
  const changes = [...seen].flatMap(([name, { first, last }]): PackageChange[] => {
    const old = before(name);
    if (isReleasePin(name) || (typeof old === 'string' && compareEvr(old, last) === 0)) return [];
    return [{ name, ...(old === undefined ? { firstNew: first } : { before: old }), after: last }];
  });
  return {
    changes: sortChanges(changes),
    gaps,
    notes: partial === undefined ? [] : [`${partial}; it was not used`],
    // Two builds of one release have the same packages as far as is known: its repository does not change.
    reconstructed: from.name === to.name || sections.some(({ reconstructed }) => reconstructed),
  };
}
