import { compareDpkg } from './dpkgVersion.ts';
import { compareEvr, parseEvr } from './rpmVersion.ts';
import type { Order } from './rpmVersion.ts';

export type { Order } from './rpmVersion.ts';

export const PACKAGE_FORMATS = ['rpm', 'deb'] as const;
export type PackageFormat = (typeof PACKAGE_FORMATS)[number];

const COMPARE: Readonly<Record<PackageFormat, (a: string, b: string) => Order>> = {
  rpm: compareEvr,
  deb: compareDpkg,
};

/** Orders two whole version texts of one package as its format does. */
export function compareVersions(format: PackageFormat, a: string, b: string): Order {
  return COMPARE[format](a, b);
}

const withoutEpoch = (version: string): string => version.replace(/^\d*:/, '');

/**
 * Whether an installed version is older than the first fixed one. Package lists are not always whole: a version
 * without a release counts as every release of it (it never matches an equal version for ever), and where a list
 * gives no epochs at all (`epochs` false) they are left out of both sides.
 */
export function isOlder(format: PackageFormat, installed: string, fixed: string, epochs = true): boolean {
  const [a, b] = epochs ? [installed, fixed] : [withoutEpoch(installed), withoutEpoch(fixed)];
  if (format === 'rpm' && parseEvr(a).release === undefined) {
    const { epoch, version } = parseEvr(b);
    return compareEvr(a, `${epoch}:${version}`) < 0;
  }
  return compareVersions(format, a, b) < 0;
}
