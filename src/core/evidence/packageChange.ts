import { compareVersions } from './versions/packageVersion.ts';
import { indexInventory } from './inventory.ts';
import type { Inventory, InstalledPackage } from './inventory.ts';
import type { PackageFormat } from './versions/packageVersion.ts';

/** A package that differs between two images. */
export interface PackageChange {
  readonly name: string;
  /** Version in the older image. Null: it was not there. Absent: not known (release notes only list what is new). */
  readonly before?: string | null;
  /** Where `before` is not known: the first version that came after it. */
  readonly firstNew?: string;
  /** Version in the newer image; null: it is no longer there. */
  readonly after: string | null;
}

const byName = (a: PackageChange, b: PackageChange): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

/** Changes sorted by the package's name, so that two assessments of the same images print alike. */
export function sortChanges(changes: readonly PackageChange[]): PackageChange[] {
  return [...changes].sort(byName);
}

/** What differs between two whole package lists. Of several versions of a package (kernels) the highest counts. */
export function compareInventories(format: PackageFormat, from: Inventory, to: Inventory): PackageChange[] {
  const [before, after] = [indexInventory(from, format).byName, indexInventory(to, format).byName];
  const version = (one: InstalledPackage | undefined): string | null => one?.version ?? null;
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((line) => {
    const [old, now] = [before.get(line), after.get(line)];
    if (old !== undefined && now !== undefined && compareVersions(format, old.version, now.version) === 0)
      return [];
    return [{ name: (now ?? old)?.name ?? line, before: version(old), after: version(now) }];
  });
  return sortChanges(changes);
}
