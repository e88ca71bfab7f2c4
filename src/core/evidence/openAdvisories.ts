import type { Architecture, Instant, SecurityLevel } from '../words.ts';
import type { Advisory, FixedIn } from './advisory.ts';
import { highestLevel, sortCves } from './advisory.ts';
import type { InstalledPackage, InventoryIndex } from './inventory.ts';
import { lineOf } from './inventory.ts';
import { concernsKernel, isOfAnotherKernel, kernelStreamOf } from './kernelStream.ts';
import { isOfAnotherStream } from './moduleStream.ts';
import { raiseExploited } from './exploited.ts';
import { compareVersions, isOlder } from './versions/packageVersion.ts';

/** An advisory that matches an image's package list and has a fixed version available. */
export interface OpenAdvisory {
  readonly id: string;
  readonly level: SecurityLevel;
  readonly cves: readonly string[];
  readonly exploited: readonly string[];
  readonly packages: readonly { readonly name: string; readonly installed: string; readonly fixed: string }[];
  readonly published?: Instant;
  readonly url?: string;
}

function installedFor(fix: FixedIn, index: InventoryIndex): { name: string; version: string } | undefined {
  const found: InstalledPackage | undefined =
    fix.of === 'source'
      ? (index.bySource.get(lineOf(fix.name)) ?? index.byName.get(lineOf(fix.name)))
      : index.byName.get(lineOf(fix.name));
  if (found === undefined) return undefined;
  const bySource = fix.of === 'source' && found.source === fix.name;
  return { name: found.name, version: bySource ? (found.sourceVersion ?? found.version) : found.version };
}

function isOpen(installed: string, fix: FixedIn, { format, epochs }: InventoryIndex): boolean {
  if (isOfAnotherKernel(installed, fix)) return false;
  if (!isOlder(format, installed, fix.version, epochs)) return false;
  return fix.introduced === undefined || compareVersions(format, installed, fix.introduced) >= 0;
}

/** The stream of the newest kernel of a package list; an image with kernels of several streams has none. */
function kernelOf({ byName }: InventoryIndex): string | undefined {
  const streams = [...byName.values()].map(kernelStreamOf).filter((stream) => stream !== undefined);
  return streams.length === 1 ? streams[0] : undefined;
}

/**
 * Makes the question "does this advisory concern this image?" for one package list, so that one pass over the feeds
 * serves all images. An advisory about several packages names each that is older than its fixed version.
 */
export function openAdvisoryMatcher(
  index: InventoryIndex,
  architecture: Architecture,
  exploited: ReadonlySet<string> = new Set(),
): (advisory: Advisory) => OpenAdvisory | null {
  const kernel = kernelOf(index);
  return (advisory) => {
    if (!concernsKernel(advisory.fixes, kernel) || isOfAnotherStream(advisory.fixes, index)) return null;
    const packages = new Map<string, OpenAdvisory['packages'][number]>();
    for (const fix of advisory.fixes) {
      if (fix.architectures?.includes(architecture) === false) continue;
      const installed = installedFor(fix, index);
      if (installed === undefined || !isOpen(installed.version, fix, index)) continue;
      packages.set(installed.name, {
        name: installed.name,
        installed: installed.version,
        fixed: fix.version,
      });
    }
    if (packages.size === 0) return null;
    const { id, cves, published, url } = advisory;
    return {
      id,
      ...raiseExploited(advisory, exploited),
      cves,
      packages: [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
      ...(published === undefined ? {} : { published }),
      ...(url === undefined ? {} : { url }),
    };
  };
}

export interface OpenSecurity {
  /** The most urgent of the advisories; `none` without any. */
  readonly level: SecurityLevel;
  readonly advisories: readonly OpenAdvisory[];
  readonly cves: readonly string[];
  readonly exploited: readonly string[];
}

/**
 * The advisories that are open in an image though no base has moved: what raises its template's package epoch
 * (design §2), "so that a hole in its own apt, dnf or pip layer is closed too".
 */
export function advisoriesForInventory(
  index: InventoryIndex,
  advisories: Iterable<Advisory>,
  architecture: Architecture,
  exploited: ReadonlySet<string> = new Set(),
): OpenSecurity {
  const matches = openAdvisoryMatcher(index, architecture, exploited);
  return openSecurity([...advisories].map(matches).filter((open) => open !== null));
}

/** Sums up the advisories open in an image. */
export function openSecurity(advisories: readonly OpenAdvisory[]): OpenSecurity {
  return {
    level: highestLevel(advisories.map(({ level }) => level)),
    advisories,
    cves: sortCves(advisories.flatMap(({ cves }) => cves)),
    exploited: sortCves(advisories.flatMap((one) => one.exploited)),
  };
}
