import type { SourceAnswer } from '../core/evidence/assessment.ts';
import { FeedError } from '../core/evidence/feeds/feedError.ts';
import type { FeedFault } from '../core/evidence/feeds/feedError.ts';
import type { EvidencePolicy, EvidenceSource, EvidenceSourcePolicy } from '../core/policy/policy.ts';
import type { Milliseconds } from '../core/words.ts';
import type { Bytes } from './bytes.ts';
import { wasRead } from './feedReader.ts';
import type { Answer, FeedReader, Fresh, Marks, Question } from './feedReader.ts';
import { http } from './http.ts';
import type { Fetch, HttpAnswer } from './http.ts';

/** One assessment's way to the feeds. */
export interface Session {
  readonly reader: FeedReader;
  readonly fetch: Fetch;
  readonly policy: EvidencePolicy;
  /** Ends all requests when the time of the assessment is over. */
  readonly signal: AbortSignal;
}

/** A packed file may grow to so many times what is read from a source; all real ones but archives stay far below. */
const UNPACKED = 8;

/** The most bytes of a source's file after unpacking. */
export const mostUnpacked = ({ maximumBytes }: EvidenceSourcePolicy): number => UNPACKED * maximumBytes;

/** An address at the policy's mirror, if it names one: the mirror has the public paths below its own. */
export function addressAt({ baseUrl }: Pick<EvidenceSourcePolicy, 'baseUrl'>, address: string): string {
  if (baseUrl === null) return address;
  const { pathname, search } = new URL(address);
  return `${baseUrl.replace(/\/+$/, '')}${pathname}${search}`;
}

export interface FileRequest {
  /** Whose limits hold. */
  readonly source: EvidenceSource;
  readonly url: string;
  readonly known?: Marks | undefined;
  readonly post?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Longest body of such a file in bytes, where that is less than the source's limit: it is held as a whole. */
  readonly most?: number;
  /** See `HttpRequest`. */
  readonly ahead?: boolean;
  /** What it means that the file is not there (403, 404, 410): a CDN also denies what it does not have. */
  readonly missing?: FeedFault;
}

export interface FileAnswer {
  readonly marks: Marks;
  readonly body: Bytes;
}

const MISSING = new Set([403, 404, 410]);

const marksOf = ({ header }: HttpAnswer): Marks => {
  const [etag, lastModified] = [header('etag'), header('last-modified')];
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
};

/**
 * Asks for a file of a source. `unchanged`: the marks still hold.
 *
 * @throws FeedError for every answer that is not the file.
 */
export async function requestFile(session: Session, request: FileRequest): Promise<FileAnswer | 'unchanged'> {
  const { source, known, post, missing = 'down', most = Number.POSITIVE_INFINITY, ahead = false } = request;
  const settings = session.policy.sources[source];
  const answer = await http(session.fetch, {
    url: request.url,
    ...(post === undefined ? {} : { post }),
    headers: {
      ...request.headers,
      ...(known?.etag === undefined ? {} : { 'if-none-match': known.etag }),
      ...(known?.lastModified === undefined ? {} : { 'if-modified-since': known.lastModified }),
    },
    silence: settings.timeout,
    signal: session.signal,
    most: Math.min(most, settings.maximumBytes),
    ahead,
  });
  const { status, url } = answer;
  if (status === 200) return { marks: marksOf(answer), body: answer.body };
  answer.drop();
  if (status === 304 && known !== undefined) return 'unchanged';
  if (MISSING.has(status)) throw new FeedError(missing, `${url} answered ${status}: it is not there.`);
  throw new FeedError('down', `${url} answered ${status}.`);
}

/** A question whose answer is one file, asked for at the source's mirror if it has one. */
export function fileQuestion<T>(
  session: Session,
  file: Omit<FileRequest, 'known' | 'url'> & {
    /** Public address. */
    readonly address: string;
    /** Name and version of what is made of the file. */
    readonly shape: string;
    readonly parse: (body: Bytes) => Promise<T>;
    readonly freshFor?: Milliseconds;
  },
): Question<T> {
  const { shape, parse, freshFor, address, ...request } = file;
  const url = addressAt(session.policy.sources[file.source], address);
  return {
    key: `${url} ${shape}`,
    ...(freshFor === undefined ? {} : { freshFor }),
    async ask(known): Promise<Fresh<T> | 'unchanged'> {
      const answer = await requestFile(session, { ...request, url, known });
      return answer === 'unchanged' ? answer : { value: await parse(answer.body), marks: answer.marks };
    },
  };
}

/** What is said of a feed in the assessment. */
export function sourceAnswer<T>(name: string, answer: Answer<T>, tell: (value: T) => string): SourceAnswer {
  const detail = wasRead(answer) ? (answer.detail ?? tell(answer.value)) : answer.detail;
  return { name, state: answer.state, detail };
}
