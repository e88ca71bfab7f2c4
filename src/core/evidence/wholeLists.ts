import { belongsToKernel } from './kernelStream.ts';
import type { Inventory } from './inventory.ts';
import type { NamedVersion } from './versions/nevra.ts';

/**
 * Whether a package list can be that of a whole image. A page can be cut off, and an inventory be taken too early: what
 * is missing then must not be taken for removed, nor what another list has for added. The rules are drawn from the real
 * release notes of 2025-04 to 2026-07, against which test/core/evidence/wholeLists.test.ts holds them:
 *
 * - The number of packages that a release changes says nothing: it goes from 0 to 48 from one release to the next.
 * - All 205 lists of Amazon Linux 2023's images carry the release's own pins, `system-release` late in the alphabet.
 * - In all 149 pairs of one release and size the lists for two kernels name the same packages but for the kernel's own,
 *   and a minimal image's list never names one that the default image's does not.
 * - No list is empty: the smallest of Amazon Linux 2, which has no pins, name two packages.
 * - The changes alone name 205 different packages of the default image and 113 of the minimal one: whatever boots has
 *   more than a hundred.
 *
 * That two manifests of one Ubuntu release differ by less than a tenth of their names is an assumption: the data have none.
 */

/** An image that boots holds more packages than this, whatever its distribution. */
export const FEWEST_INSTALLED = 100;

/** By so many of some packages can two lists differ without one of them being cut off. */
const few = (packages: number): number => Math.max(2, packages / 10);

/** Why an inventory is not that of a whole image; undefined: it can be. */
export function whyNotWhole(inventory: Inventory): string | undefined {
  return inventory.length < FEWEST_INSTALLED
    ? `the package list of our last build on the older image is not whole: it has ${inventory.length} packages`
    : undefined;
}

/** Why two images' own lists cannot be compared as they are; undefined: they can. */
export function whyNotAlike(
  from: { readonly name: string; readonly packages: Inventory },
  to: { readonly name: string; readonly packages: Inventory },
): string | undefined {
  const [shorter, longer] = from.packages.length <= to.packages.length ? [from, to] : [to, from];
  const missing = longer.packages.length - shorter.packages.length;
  return missing > few(longer.packages.length)
    ? `the list of ${shorter.name} is not whole: it has ${shorter.packages.length} packages, that of ${longer.name} ${longer.packages.length}`
    : undefined;
}

/** What an image's list of updates lacks that it would have if it were whole. */
export function lackingIn(
  packages: readonly NamedVersion[],
  {
    release,
    siblings,
  }: { readonly release: string; readonly siblings: readonly (readonly NamedVersion[])[] },
): string[] {
  const listed = new Set(packages.map(({ name }) => name));
  const elsewhere = siblings.flat().flatMap(({ name }) => (belongsToKernel(name) ? [] : [name]));
  const pins = release.startsWith('2023.') ? ['system-release'] : listed.size === 0 ? ['every package'] : [];
  return [...new Set([...pins, ...elsewhere])].filter((name) => !listed.has(name)).sort();
}
