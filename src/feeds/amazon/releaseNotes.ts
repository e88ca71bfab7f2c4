import type { AmazonDistribution } from '../../core/evidence/feeds/amazonDistributions.ts';
import { FeedError } from '../../core/evidence/feeds/feedError.ts';
import { LONGEST_PAGE, parseReleaseNotes } from '../../core/evidence/feeds/releaseNotes.ts';
import type { ImageSection, ReleaseNotes } from '../../core/evidence/feeds/releaseNotes.ts';
import type { Milliseconds } from '../../core/words.ts';
import { wholeText } from '../bytes.ts';
import type { Answer, Fresh, Marks } from '../feedReader.ts';
import { wasRead } from '../feedReader.ts';
import { addressAt, requestFile } from '../session.ts';
import type { FileAnswer, Session } from '../session.ts';
import { ADDRESSES } from './addresses.ts';

/** A page as it is kept. */
interface KeptPage {
  readonly recalled: boolean;
  readonly images: readonly (readonly [string, ImageSection])[];
}

const SHAPE = 'release-notes 1';
const source = 'amazon_linux';

/**
 * A page of documentation: its Markdown twin, a tenth as long, or the page itself where there is none. What is not
 * there is not published yet.
 */
export async function requestPage(
  session: Session,
  url: string,
  known: Marks | undefined,
): Promise<FileAnswer | 'unchanged'> {
  const ask = (ending: string) =>
    requestFile(session, {
      source,
      url: `${url}.${ending}`,
      known,
      missing: 'not-yet',
      most: LONGEST_PAGE,
    });
  try {
    return await ask('md');
  } catch (error) {
    if (error instanceof FeedError && error.fault === 'not-yet') return ask('html');
    throw error;
  }
}

export interface PageRequest {
  readonly distribution: AmazonDistribution;
  /** Such as `2023.10.20260120`. */
  readonly release: string;
  /** The release's part of the page's address. */
  readonly page: string;
  /** A page that was kept and is younger is not asked for again: pages seldom change once they are there. */
  readonly freshFor: Milliseconds;
}

/** The release notes of one release. */
export async function readReleaseNotes(
  session: Session,
  { distribution, release, page, freshFor }: PageRequest,
): Promise<Answer<ReleaseNotes>> {
  const address = `${ADDRESSES[distribution].notes}/relnotes-${page}`;
  const url = addressAt(session.policy.sources[source], address);
  const answer = await session.reader.read<KeptPage>({
    key: `${url} ${SHAPE}`,
    freshFor,
    async ask(known): Promise<Fresh<KeptPage> | 'unchanged'> {
      const file = await requestPage(session, url, known);
      if (file === 'unchanged') return file;
      const { recalled, images } = parseReleaseNotes(await wholeText(file.body), release);
      return { value: { recalled, images: [...images] }, marks: file.marks };
    },
  });
  if (!wasRead(answer)) return answer;
  const { recalled, images } = answer.value;
  return { ...answer, value: { release, recalled, images: new Map(images) } };
}
