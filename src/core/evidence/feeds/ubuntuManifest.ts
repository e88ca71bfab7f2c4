import type { InstalledPackage } from '../inventory.ts';
import { FeedError } from './feedError.ts';

export const LONGEST_MANIFEST = 4_000_000;

const PACKAGE = /^[a-z0-9][a-z0-9+.-]*(?::[a-z0-9]+)?$/;
const VERSION = /^[0-9A-Za-z][0-9A-Za-z.+:~-]*$/;

/**
 * Reads the manifest of an Ubuntu cloud image: a package and its version on each line, separated by a tab. Names may
 * end in their architecture (`libc6:amd64`); snaps are rows of three columns (`snap:core22`, channel, revision) and
 * are kept with their revision as version.
 *
 * The generic cloud image's manifest has the generic kernel; the image on AWS has another (`linux-aws`).
 */
export function parseUbuntuManifest(text: string): InstalledPackage[] {
  if (text.length > LONGEST_MANIFEST)
    throw new FeedError('too-large', 'The manifest is longer than a manifest can be.');
  const packages: InstalledPackage[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const columns = line.trim().split(/\s+/);
    const [name = '', second = '', third] = columns;
    if (name.startsWith('snap:') && columns.length === 3) {
      packages.push({ name, version: third ?? second });
    } else if (columns.length === 2 && PACKAGE.test(name) && VERSION.test(second)) {
      packages.push({ name: name.replace(/:[a-z0-9]+$/, ''), version: second });
    } else {
      throw new FeedError(
        'malformed',
        `Line ${index + 1} of the manifest is no package: "${line.slice(0, 80)}".`,
      );
    }
  }
  if (packages.length === 0) throw new FeedError('malformed', 'The manifest is empty.');
  return packages;
}
