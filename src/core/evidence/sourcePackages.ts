import type { Inventory } from './inventory.ts';
import { DEBIAN, ROCKY, type Sources, SUSE, UBUNTU } from './sourceTables.ts';

/** By the beginning of OSV.dev's name of a distribution. Red Hat's and AlmaLinux's advisories are about binaries. */
const BY_ECOSYSTEM: readonly (readonly [string, Sources])[] = [
  ['Debian:', DEBIAN],
  ['Ubuntu:', UBUNTU],
  ['SUSE:', SUSE],
  ['Rocky Linux:', ROCKY],
];

function tableOf(ecosystems: readonly string[]): Sources | undefined {
  return BY_ECOSYSTEM.find(([start]) => ecosystems.some((name) => name.startsWith(start)))?.[1];
}

/** Whether the advisories of a distribution are about source packages. */
export function goesBySource(ecosystems: readonly string[]): boolean {
  return tableOf(ecosystems) !== undefined;
}

/** A package list with the source packages that are known; what has its source already keeps it. */
export function withSources(inventory: Inventory, ecosystems: readonly string[]): Inventory {
  const table = tableOf(ecosystems);
  if (table === undefined) return inventory;
  const sourceOf = matcherOf(table);
  return inventory.map((installed) => {
    const source = installed.source ?? sourceOf(installed.name) ?? sourceByVersion(installed, ecosystems);
    return source === undefined ? installed : { ...installed, source };
  });
}

/** Debian builds PostgreSQL's client library from its newest release only: whose it is, its version tells. */
const OF_NEWEST_POSTGRESQL = new Set(['libpq5', 'libpq-dev', 'libecpg6', 'libpgtypes3']);

function sourceByVersion(
  { name, version }: Inventory[number],
  ecosystems: readonly string[],
): string | undefined {
  const [release] = /^\d+/.exec(version) ?? [];
  return OF_NEWEST_POSTGRESQL.has(name) && ecosystems.some((one) => /^(?:Debian|Ubuntu):/.test(one))
    ? release && `postgresql-${release}`
    : undefined;
}

function matcherOf(table: Sources): (name: string) => string | undefined {
  const exact = new Map<string, string>();
  const stems: (readonly [string, string])[] = [];
  for (const [source, binaries] of Object.entries(table))
    for (const binary of binaries)
      if (binary.endsWith('*')) stems.push([binary.slice(0, -1), source]);
      else exact.set(binary, source);
  return (name) => exact.get(name) ?? stems.find(([stem]) => name.startsWith(stem))?.[1];
}
