import type { ImageRelease } from '../../core/base-images/imageRelease.ts';
import type { Comparison, SourceAnswer } from '../../core/evidence/assessment.ts';
import type { Findings } from '../../core/evidence/assess.ts';
import { dayOf, ubuntuFindings } from '../../core/evidence/findings.ts';
import type { UbuntuNotices } from '../../core/evidence/feeds/usnArchive.ts';
import type { InstalledPackage } from '../../core/evidence/inventory.ts';
import { DAY } from '../../core/words.ts';
import type { Architecture, Instant } from '../../core/words.ts';
import type { Answer } from '../feedReader.ts';
import { wasRead } from '../feedReader.ts';
import { readExploited } from '../kev.ts';
import { sourceAnswer } from '../session.ts';
import type { Session } from '../session.ts';
import { tooOld } from '../tooOld.ts';
import { manifestQuestion } from './manifests.ts';
import { noticesQuestion } from './notices.ts';
import { withSerial } from './withSerial.ts';

/** Notices come nearly every day; an archive whose newest is older than this before an image is a mirror's that is behind. */
const QUIET = 7 * DAY;

const manifestAnswer = (serial: string, answer: Answer<readonly InstalledPackage[]>): SourceAnswer =>
  sourceAnswer(`Ubuntu manifest of ${serial}`, answer, ({ length }) => `${length} packages are in it.`);

async function readManifest(session: Session, release: ImageRelease, architecture: Architecture) {
  return session.reader.read(manifestQuestion(session, await withSerial(session, release), architecture));
}

/** What is not known for want of notices. */
function gapsOf(answer: Answer<UbuntuNotices>, newest: Instant): string[] {
  const name = 'archive of Ubuntu notices';
  if (!wasRead(answer)) return [`the ${name} did not answer: ${answer.detail}`];
  const { newest: last, unread } = answer.value;
  const behind = last === null ? [] : tooOld(name, last, newest, QUIET);
  return [
    ...(behind.length > 0 ? behind : tooOld(name, answer.asOf, newest)),
    ...(unread > 0 ? [`${unread} Ubuntu notices could not be read`] : []),
  ];
}

/** What Canonical says of two images: the manifests of their serials, joined with its notices. */
export async function ubuntuEvidence(session: Session, comparison: Comparison): Promise<Findings> {
  const { base, architecture, from, to } = comparison;
  const [older, newer] = [dayOf(from), dayOf(to)].sort((a, b) => a - b) as [Instant, Instant];
  const [ecosystem = ''] = base.ecosystems ?? [];
  const [before, after, notices, exploited] = await Promise.all([
    readManifest(session, from, architecture),
    readManifest(session, to, architecture),
    session.reader.read(noticesQuestion(session, ecosystem, older)),
    readExploited(session),
  ]);
  const known = wasRead(notices) ? (notices.value.advisories[ecosystem] ?? []) : null;
  const findings = ubuntuFindings(comparison, {
    from: wasRead(before) ? before.value : null,
    to: wasRead(after) ? after.value : null,
    advisories: known,
    exploited: exploited.cves,
    sources: [
      manifestAnswer(from.name, before),
      manifestAnswer(to.name, after),
      sourceAnswer(
        'Ubuntu notices',
        notices,
        () => `${known?.length ?? 0} notices of these months were read.`,
      ),
      ...exploited.sources,
    ],
  });
  return { ...findings, gaps: [...findings.gaps, ...gapsOf(notices, newer)] };
}
