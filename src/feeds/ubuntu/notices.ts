import { BASE_IMAGES } from '../../core/base-images/catalogue.ts';
import { readPieces, unpackedBy } from '../../core/evidence/feeds/bytesParser.ts';
import { usnArchiveParser } from '../../core/evidence/feeds/usnArchive.ts';
import type { UbuntuNotices } from '../../core/evidence/feeds/usnArchive.ts';
import { xzDecoder } from '../../core/evidence/feeds/xz/xzDecoder.ts';
import { DAY } from '../../core/words.ts';
import type { Instant } from '../../core/words.ts';
import type { Question } from '../feedReader.ts';
import { fileQuestion } from '../session.ts';
import type { Session } from '../session.ts';

const ARCHIVE = 'https://security-metadata.canonical.com/osv/osv-all.tar.xz';

/** Bytes of the archive after unpacking: four times what they are in 2026. */
const MOST_UNPACKED = 30_000_000_000;

/** The releases whose notices are kept together: the archive is read once for all of them. */
const RELEASES = BASE_IMAGES.filter(({ evidence }) => evidence.includes('ubuntu')).flatMap(
  ({ ecosystems = [] }) => ecosystems,
);

/** A notice can be a little older than an image without its fix: images are made some days before they come out. */
const MARGIN = 30 * DAY;

/** Start of a month, so that assessments of the same weeks find what was kept for another. */
function sinceFor(older: Instant): Instant {
  const day = new Date(older - MARGIN);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth());
}

/**
 * Canonical's notices that can tell two images apart, out of the archive of all its records (57,000 files, 46 MB packed
 * and 7 GB unpacked in 2026), which is read as it comes in.
 *
 * @param older when the older image is from.
 */
export function noticesQuestion(
  session: Session,
  ecosystem: string,
  older: Instant,
): Question<UbuntuNotices> {
  const ecosystems = [...new Set([...RELEASES, ecosystem])];
  const since = sinceFor(older);
  const month = new Date(since).toISOString().slice(0, 7);
  return fileQuestion(session, {
    source: 'ubuntu',
    address: ARCHIVE,
    ahead: true,
    shape: `${ecosystems.join('|')} since ${month} usn 1`,
    parse: (body) =>
      readPieces(body, unpackedBy(xzDecoder, usnArchiveParser(ecosystems, since), MOST_UNPACKED)),
  });
}
