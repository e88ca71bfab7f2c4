import type { Advisory } from '../../core/evidence/advisory.ts';
import type { AmazonDistribution } from '../../core/evidence/feeds/amazonDistributions.ts';
import { readChunks } from '../../core/evidence/feeds/chunkParser.ts';
import { FeedError } from '../../core/evidence/feeds/feedError.ts';
import { parseMirrorList } from '../../core/evidence/feeds/mirrorList.ts';
import { repomdParser } from '../../core/evidence/feeds/repomd.ts';
import type { UpdateinfoLocation } from '../../core/evidence/feeds/repomd.ts';
import { updateinfoParser } from '../../core/evidence/feeds/updateinfo.ts';
import type { Instant } from '../../core/words.ts';
import { atMost, decoded, describedAs, gunzipped, wholeText } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { Fresh, Marks, Question } from '../feedReader.ts';
import { addressAt, mostUnpacked, requestFile } from '../session.ts';
import type { FileRequest, Session } from '../session.ts';

/** What a repository says of its own updates. */
export interface Updateinfo {
  readonly advisories: readonly Advisory[];
  /** When the repository was made; a mirror can be behind. Null: it does not tell. */
  readonly madeAt: Instant | null;
}

const SHAPE = 'updateinfo 1';
const MOST_PLACES = 3;
const source = 'amazon_linux';

/** The list of mirrors and the description of a repository have a few thousand bytes. */
const MOST_OF_INDEX = 1_000_000;

async function fileOf(
  session: Session,
  url: string,
  how: Pick<FileRequest, 'headers' | 'most' | 'ahead'> = { most: MOST_OF_INDEX },
): Promise<Bytes> {
  const answer = await requestFile(session, { source, url, ...how });
  if (answer === 'unchanged')
    throw new FeedError('malformed', `${url} is unchanged, though nothing was kept.`);
  return answer.body;
}

/** The sum tells whether it is the same file; else its name and age. */
const markOf = ({ sha256, href, madeAt }: UpdateinfoLocation): string => sha256 ?? `${href} ${madeAt ?? ''}`;

/** How a file is unpacked, which its name tells; decided before it is asked for. */
function unpackerOf(href: string, most: number): (bytes: Bytes) => Bytes {
  if (href.endsWith('.xml')) return (bytes) => bytes;
  if (href.endsWith('.gz')) return (bytes) => atMost(gunzipped(bytes, href), most, `${href}, unpacked,`);
  throw new FeedError(
    'malformed',
    `The repository packs its updateinfo in a way that is not known: ${href}.`,
  );
}

async function readUpdateinfo(
  session: Session,
  distribution: AmazonDistribution,
  repository: string,
  known: Marks | undefined,
): Promise<Fresh<Updateinfo> | 'unchanged'> {
  const settings = session.policy.sources[source];
  const repomd = await fileOf(session, `${repository}repodata/repomd.xml`);
  const location = await readChunks(decoded(repomd), repomdParser());
  const { href, openSize = 0, madeAt } = location;
  const marks = { etag: markOf(location) };
  if (known?.etag === marks.etag) return 'unchanged';
  if (openSize > mostUnpacked(settings)) {
    throw new FeedError('too-large', `${href} has ${openSize.toLocaleString('en')} bytes unpacked.`);
  }
  const unpack = unpackerOf(href, mostUnpacked(settings));
  const advisories: Advisory[] = [];
  const parser = updateinfoParser(distribution, (advisory) => advisories.push(advisory));
  // A server that packs on the way would pack what is packed.
  const headers = { 'accept-encoding': 'identity' };
  const packed = await fileOf(session, `${repository}${href}`, { headers, ahead: true });
  await readChunks(decoded(unpack(describedAs(packed, location, href))), parser);
  return { value: { advisories, madeAt: madeAt ?? null }, marks };
}

/**
 * The advisories of a repository: `mirror.list` → `repomd.xml` → `updateinfo.xml.gz`, which is read as it comes in and
 * never held. Whether it is a new one is seen by the sum in `repomd.xml`. If the list names several places, the next
 * is tried when one fails.
 */
export function updateinfoQuestion(
  session: Session,
  distribution: AmazonDistribution,
  mirrorList: string,
): Question<Updateinfo> {
  const settings = session.policy.sources[source];
  return {
    key: `${addressAt(settings, mirrorList)} ${SHAPE}`,
    async ask(known) {
      const list = await fileOf(session, addressAt(settings, mirrorList));
      const repositories = parseMirrorList(await wholeText(list), settings.baseUrl ?? undefined);
      let failure: unknown;
      for (const repository of repositories.slice(0, MOST_PLACES)) {
        try {
          return await readUpdateinfo(session, distribution, repository, known);
        } catch (error) {
          failure ??= error;
        }
      }
      throw failure;
    },
  };
}
