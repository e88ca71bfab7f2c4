import type { Advisory } from '../../core/evidence/advisory.ts';
import { uniteFeeds } from '../../core/evidence/advisory.ts';
import type { SourceAnswer } from '../../core/evidence/assessment.ts';
import { alasRssParser } from '../../core/evidence/feeds/alasRss.ts';
import type { AmazonDistribution } from '../../core/evidence/feeds/amazonDistributions.ts';
import { readChunks } from '../../core/evidence/feeds/chunkParser.ts';
import { DAY } from '../../core/words.ts';
import type { Instant } from '../../core/words.ts';
import { decoded } from '../bytes.ts';
import { wasRead } from '../feedReader.ts';
import { fileQuestion, sourceAnswer } from '../session.ts';
import type { Session } from '../session.ts';
import { tooOld } from '../tooOld.ts';
import { ADDRESSES } from './addresses.ts';
import { updateinfoQuestion } from './updateinfo.ts';

export interface AmazonAdvisories {
  /** Null: neither updateinfo nor RSS answered. */
  readonly advisories: readonly Advisory[] | null;
  /** What is not known for want of an answer that is young enough, a sentence each. */
  readonly gaps: readonly string[];
  readonly sources: readonly SourceAnswer[];
}

/** Repositories are made some days before the images with their packages come out. */
const MADE_BEFORE = 7 * DAY;

const count = (advisories: readonly unknown[]): string => `${advisories.length} advisories were read.`;

/**
 * All that Amazon says of faults in a distribution: updateinfo, which has the versions, united with the RSS feed, whose
 * lists of CVEs are longer. Without updateinfo, or with one older than the newer image, what is fixed is not known:
 * the RSS feed tells names and dates only.
 *
 * @param newest when the newer of the images is from.
 */
export async function readAmazonAdvisories(
  session: Session,
  distribution: AmazonDistribution,
  newest: Instant,
): Promise<AmazonAdvisories> {
  const { repositories, rss } = ADDRESSES[distribution];
  const readRss = session.reader.read<readonly Advisory[]>(
    fileQuestion(session, {
      source: 'amazon_linux',
      address: rss,
      shape: `alas ${distribution} 1`,
      parse: (body) => readChunks(decoded(body), alasRssParser(distribution)),
    }),
  );
  const asked = await Promise.all(
    repositories.map(async ({ name, mirrorList }) => ({
      name: `Amazon Linux ${name}`,
      answer: await session.reader.read(updateinfoQuestion(session, distribution, mirrorList)),
    })),
  );
  const ofRss = await readRss;
  const updateinfos = asked.flatMap(({ answer }) => (wasRead(answer) ? [answer.value.advisories] : []));
  const fromRss = wasRead(ofRss) ? ofRss.value : [];
  return {
    advisories: updateinfos.length === 0 && !wasRead(ofRss) ? null : uniteFeeds(...updateinfos, fromRss),
    gaps: asked.flatMap(({ name, answer }) => {
      if (!wasRead(answer)) return [`the ${name} did not answer: ${answer.detail}`];
      const { madeAt } = answer.value;
      const ofMirror = madeAt === null ? [] : tooOld(name, madeAt, newest, MADE_BEFORE);
      return ofMirror.length > 0 ? ofMirror : tooOld(name, answer.asOf, newest);
    }),
    sources: [
      ...asked.map(({ name, answer }) => sourceAnswer(name, answer, (value) => count(value.advisories))),
      sourceAnswer('Amazon Linux RSS', ofRss, count),
    ],
  };
}
