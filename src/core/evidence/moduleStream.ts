import type { FixedIn } from './advisory.ts';
import type { InventoryIndex } from './inventory.ts';
import { parseEvr } from './versions/rpmVersion.ts';

/** Modules of Enterprise Linux by their main package, with how many parts of its version name the stream. */
const PARTS_OF_STREAM: ReadonlyMap<string, number> = new Map([
  ['nodejs', 1],
  ['postgresql', 1],
  ['redis', 1],
  ['mariadb', 2],
  ['mysql', 2],
  ['nginx', 2],
  ['perl', 2],
  ['php', 2],
  ['ruby', 2],
  ['varnish', 1],
]);

/** A build of a module, such as `1:18.20.2-1.module+el9.4.0+100+71fc9528`. */
const OF_MODULE = /\.module[_+]/;

/**
 * Whether an advisory is about another stream of a module than the one that is installed: nodejs 20 has fixes of its
 * own, and an image with nodejs 18 is not brought to them by any update.
 */
export function isOfAnotherStream(fixes: readonly FixedIn[], { byName }: InventoryIndex): boolean {
  const about = fixes.filter(({ name, version }) => PARTS_OF_STREAM.has(name) && OF_MODULE.test(version));
  const known = about.flatMap(({ name, version }) => {
    const installed = byName.get(name)?.version;
    if (installed === undefined || !OF_MODULE.test(installed)) return [];
    const parts = PARTS_OF_STREAM.get(name) ?? 1;
    return [streamOf(installed, parts) === streamOf(version, parts)];
  });
  return known.length > 0 && !known.includes(true);
}

function streamOf(text: string, parts: number): string {
  return parseEvr(text).version.split('.').slice(0, parts).join('.');
}
