import type { ImageRelease } from '../base-images/imageRelease.ts';
import { compareEvr } from './versions/rpmVersion.ts';
import { indexInventory } from './inventory.ts';
import type { Inventory } from './inventory.ts';
import { isReleasePin, sectionOf } from './imageSections.ts';
import type { FoundSection, ImageFlavour } from './imageSections.ts';
import { sortChanges } from './packageChange.ts';
import type { PackageChange } from './packageChange.ts';
import type { ReleaseNotes } from './feeds/releaseNotes.ts';

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
  /** The package list of an image we built on the older one: what no release notes tell may be concluded from it. */
  readonly known?: Inventory;
}

/** What is known to differ between two images. */
export interface KnownChanges {
  readonly changes: readonly PackageChange[];
  /** What is not known of the changes, a sentence each; empty: all is known. */
  readonly gaps: readonly string[];
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

/** The version of a package in the older image, and whether it is only concluded from an image of ours. */
interface Before {
  readonly version: string;
  readonly concluded: boolean;
}

/**
 * The version of a package in the older image; undefined if nobody knows. The last of the earlier releases that listed
 * the package tells it. For what none of them listed there is our last build on that image: it has the same version,
 * unless a template had it installed or upgraded later. Then it has one of those that came out since, and nothing
 * follows from it, nor from a package that is not there, which a template may have removed.
 */
function beforeFrom(
  { from, notes, known }: AmazonQuestion,
  image: ImageFlavour,
): (name: string, firstSince: string) => Before | undefined {
  const earlier = new Map<string, string>();
  for (const release of [...notes.keys()].filter((name) => dateOf(name) <= from.date).sort(byDate)) {
    const page = notes.get(release);
    const section = page === undefined ? 'none' : sectionOf(page, image);
    if (typeof section === 'string') continue;
    for (const { name, version } of section.packages) earlier.set(name, version);
  }
  const ours = known && indexInventory(known, 'rpm');
  return (name, firstSince) => {
    const told = earlier.get(name);
    if (told !== undefined) return { version: told, concluded: false };
    const built = ours?.byName.get(name)?.version;
    if (built === undefined) return undefined;
    // A list without epochs leaves out that of this package, too.
    const epoch = ours?.epochs === false ? /^\d+:/.exec(firstSince)?.[0] : undefined;
    const version = `${epoch ?? ''}${built}`;
    return compareEvr(version, firstSince) < 0 ? { version, concluded: true } : undefined;
  };
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
  const before = beforeFrom(question, image);
  const compared = [...seen]
    .filter(([name]) => !isReleasePin(name))
    .map(([name, { first, last }]) => ({ name, first, last, old: before(name, first) }))
    .filter(({ last, old }) => old === undefined || compareEvr(old.version, last) !== 0);
  const changes = compared.map(({ name, first, last, old }): PackageChange => ({
    name,
    ...(old === undefined ? { firstNew: first } : { before: old.version }),
    after: last,
  }));
  const concluded = compared.some(({ old }) => old?.concluded === true);
  return {
    changes: sortChanges(changes),
    gaps,
    // Two builds of one release have the same packages as far as is known: its repository does not change.
    reconstructed: concluded || from.name === to.name || sections.some((section) => section.reconstructed),
  };
}
