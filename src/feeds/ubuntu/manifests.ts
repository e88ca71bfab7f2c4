import type { ImageRelease } from '../../core/base-images/imageRelease.ts';
import { UBUNTU_SUITES } from '../../core/base-images/changelogUrl.ts';
import { LONGEST_MANIFEST, parseUbuntuManifest } from '../../core/evidence/feeds/ubuntuManifest.ts';
import type { InstalledPackage } from '../../core/evidence/inventory.ts';
import { DAY } from '../../core/words.ts';
import type { Architecture } from '../../core/words.ts';
import { wholeText } from '../bytes.ts';
import type { Question } from '../feedReader.ts';
import { fileQuestion } from '../session.ts';
import type { Session } from '../session.ts';

const RELEASES = 'https://cloud-images.ubuntu.com/releases';

const ARCHITECTURE: Readonly<Record<Architecture, string>> = { x86_64: 'amd64', arm64: 'arm64' };

/** The manifest of a serial: what its images hold, but for the kernel. It does not change once it is there. */
export function manifestQuestion(
  session: Session,
  { name, version = '' }: ImageRelease,
  architecture: Architecture,
): Question<InstalledPackage[]> {
  const image = `ubuntu-${version}-server-cloudimg-${ARCHITECTURE[architecture]}`;
  return fileQuestion(session, {
    source: 'ubuntu',
    address: `${RELEASES}/${UBUNTU_SUITES[version] ?? version}/release-${name}/${image}.manifest`,
    missing: 'not-yet',
    most: LONGEST_MANIFEST,
    shape: 'manifest 1',
    freshFor: 30 * DAY,
    parse: async (body) => parseUbuntuManifest(await wholeText(body)),
  });
}
