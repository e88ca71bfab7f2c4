import { dateOf } from '../../core/evidence/amazonChanges.ts';
import { parseAl2Releases } from '../../core/evidence/feeds/al2Releases.ts';
import type { AmazonDistribution } from '../../core/evidence/feeds/amazonDistributions.ts';
import { readChunks } from '../../core/evidence/feeds/chunkParser.ts';
import { releasemdParser } from '../../core/evidence/feeds/releasemd.ts';
import { decoded, wholeText } from '../bytes.ts';
import type { Fresh, Question } from '../feedReader.ts';
import { addressAt, fileQuestion } from '../session.ts';
import type { Session } from '../session.ts';
import { ADDRESSES } from './addresses.ts';
import { requestPage } from './releaseNotes.ts';

/** Releases, oldest first, each with its part of its page's address. */
export type Releases = readonly (readonly [release: string, page: string])[];

const source = 'amazon_linux';

const QUESTIONS: Readonly<Record<AmazonDistribution, (session: Session) => Question<Releases>>> = {
  'amazon-linux-2023': (session) =>
    fileQuestion(session, {
      source,
      address: ADDRESSES['amazon-linux-2023'].releases,
      shape: 'releasemd 1',
      async parse(body) {
        const names = await readChunks(decoded(body), releasemdParser());
        return names.map((name) => [name, name] as const);
      },
    }),
  'amazon-linux-2': (session) => {
    const url = addressAt(session.policy.sources[source], ADDRESSES['amazon-linux-2'].releases);
    return {
      key: `${url} al2-releases 1`,
      async ask(known): Promise<Fresh<Releases> | 'unchanged'> {
        const file = await requestPage(session, url, known);
        if (file === 'unchanged') return file;
        return { value: [...parseAl2Releases(await wholeText(file.body))], marks: file.marks };
      },
    };
  },
};

/** The list of all releases of a distribution: `releasemd.xml`, of Amazon Linux 2 the page that lists its pages. */
export function releasesQuestion(session: Session, distribution: AmazonDistribution): Question<Releases> {
  return QUESTIONS[distribution](session);
}

/** The page of a release that the list does not have (yet): named by the release, of Amazon Linux 2 by its date. */
export function pageOf(distribution: AmazonDistribution, release: string): string {
  return distribution === 'amazon-linux-2023' ? release : dateOf(release);
}
