import { compareVersions } from './versions/packageVersion.ts';
import type { PackageFormat } from './versions/packageVersion.ts';

/** A package as it is in an image. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** The source package it was built from, where the list tells it. */
  readonly source?: string;
  readonly sourceVersion?: string;
}

/** What is installed in an image, in any order; a name may be there several times (kernels). */
export type Inventory = readonly InstalledPackage[];

/** A package list, indexed for matching. */
export interface InventoryIndex {
  readonly format: PackageFormat;
  /** Highest version of each name: of several kernels the newest is the one that starts. */
  readonly byName: ReadonlyMap<string, InstalledPackage>;
  /** The same by the name of the source package; a package without one counts as its own source. */
  readonly bySource: ReadonlyMap<string, InstalledPackage>;
  /** False for lists that give no epoch at all though an image of that size has packages with one. */
  readonly epochs: boolean;
}

/** From this size on every rpm image has packages with an epoch (dbus, openssl, vim …). */
const SURELY_WITH_EPOCHS = 100;

/** An ABI number in the name of a kernel package, which makes every build of it a package of another name. */
const ABI = /\d+\.\d+\.\d+(?:\+deb\d+)?(?:-\d+)?(?=-|$)/;

/**
 * The name under which builds of a package follow each other: Debian and Ubuntu put the kernel's ABI number into
 * the name, so `linux-image-6.8.0-1015-aws` follows `linux-image-6.8.0-1012-aws` as `linux-image-*-aws`.
 */
export function lineOf(name: string): string {
  return name.startsWith('linux-') ? name.replace(ABI, '*') : name;
}

/** Indexes a package list. */
export function indexInventory(inventory: Inventory, format: PackageFormat): InventoryIndex {
  const byName = new Map<string, InstalledPackage>();
  const bySource = new Map<string, InstalledPackage>();
  const keepHighest = (
    index: Map<string, InstalledPackage>,
    key: string,
    installed: InstalledPackage,
    version: (one: InstalledPackage) => string,
  ) => {
    const known = index.get(key);
    if (known === undefined || compareVersions(format, version(known), version(installed)) < 0) {
      index.set(key, installed);
    }
  };
  for (const installed of inventory) {
    keepHighest(byName, lineOf(installed.name), installed, ({ version }) => version);
    keepHighest(
      bySource,
      installed.source ?? lineOf(installed.name),
      installed,
      ({ version, sourceVersion }) => sourceVersion ?? version,
    );
  }
  const epochs =
    format === 'deb' ||
    inventory.length < SURELY_WITH_EPOCHS ||
    inventory.some(({ version }) => /^[1-9]\d*:/.test(version));
  return { format, byName, bySource, epochs };
}
