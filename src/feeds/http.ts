import { FeedError } from '../core/evidence/feeds/feedError.ts';
import type { Milliseconds } from '../core/words.ts';
import { patience } from './patience.ts';
import type { Patience } from './patience.ts';

/** The platform's `fetch`, as far as it is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpRequest {
  readonly url: string;
  /** Absent: GET. */
  readonly post?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Longest silence: until the answer begins, and between two pieces of it. */
  readonly silence: Milliseconds;
  /** Ends the request when the time of the whole assessment is over. */
  readonly signal: AbortSignal;
  /** Longest body, in bytes as they come over the wire: of a longer one the rest is not even fetched. */
  readonly most: number;
  /** Fetches a body before it is handed on, as far as `AHEAD`: for one that is unpacked as it comes in. */
  readonly ahead?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  /** Where the answer came from after redirects. */
  readonly url: string;
  readonly header: (name: string) => string | undefined;
  /** The body as it arrives; leaving the loop early ends the transfer. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The body is not wanted. */
  readonly drop: () => void;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Faults that are often gone a moment later. */
const PASSING = new Set([429, 500, 502, 503, 504]);
const MOMENT: Milliseconds = 500;

/** What a failed call says of itself: `fetch failed` hides the reason in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : cause instanceof Error ? cause.message : error.message;
}

/** An address's end is what tells feeds apart; the whole can be long. */
const shown = (url: string): string => (url.length > 200 ? `${url.slice(0, 80)}…${url.slice(-100)}` : url);

/**
 * How much of a body is fetched before any of it is handed on. Unpacking is slower than the network: a server that has
 * sent everything closes a connection that is idle for some seconds, and what lies in between is then lost. Canonical's
 * archive, the longest of the feeds, has 46 MB.
 */
const AHEAD = 64_000_000;

async function* pieces(
  response: Response,
  waiting: Patience,
  url: string,
  { most, ahead: isAhead = false }: Pick<HttpRequest, 'most' | 'ahead'>,
): AsyncGenerator<Uint8Array> {
  const body: ReadableStream<Uint8Array> | null = response.body;
  const reader = body?.getReader();
  const ahead: Uint8Array[] = [];
  let read = 0;
  try {
    while (reader !== undefined) {
      const { done, value } = await waiting.during(reader.read());
      if (done) break;
      read += value.length;
      if (read > most)
        throw new FeedError('too-large', `${shown(url)} is larger than ${most.toLocaleString('en')} bytes.`);
      if (isAhead && read <= AHEAD) {
        ahead.push(value);
        continue;
      }
      yield* ahead.splice(0);
      yield value;
    }
    yield* ahead;
  } catch (error) {
    if (error instanceof FeedError) throw error;
    throw new FeedError('truncated', `${shown(url)} broke off after ${read} bytes: ${reasonOf(error)}.`);
  } finally {
    waiting.end();
  }
}

/** Where a redirect goes; an answer that is none has no target. */
function targetOf(response: Response, from: string): string | undefined {
  const location = response.headers.get('location');
  if (!REDIRECTS.has(response.status) || location === null) return undefined;
  const target = URL.canParse(location, from) ? new URL(location, from) : undefined;
  const secure = target?.protocol === 'https:' || (target?.protocol === 'http:' && from.startsWith('http:'));
  if (target === undefined || !secure) {
    throw new FeedError('down', `${shown(from)} redirects to "${shown(location)}", which is not followed.`);
  }
  return target.href;
}

async function once(fetch: Fetch, request: HttpRequest, waiting: Patience): Promise<HttpAnswer> {
  const { post, headers = {} } = request;
  let { url } = request;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const init: RequestInit = {
      method: post === undefined ? 'GET' : 'POST',
      headers: { 'user-agent': 'auto-ami', ...headers },
      redirect: 'manual',
      signal: waiting.signal,
      ...(post === undefined ? {} : { body: post }),
    };
    const response = await waiting.during(fetch(url, init));
    const target = targetOf(response, url);
    if (target === undefined) {
      return {
        status: response.status,
        url,
        header: (name) => response.headers.get(name) ?? undefined,
        body: pieces(response, waiting, url, request),
        drop: waiting.end,
      };
    }
    await response.body?.cancel();
    url = target;
  }
  throw new FeedError('down', `${shown(request.url)} redirects more than ${MOST_REDIRECTS} times.`);
}

/**
 * Asks over HTTP, following a bounded number of redirects, once more after a fault that is often gone a moment later.
 * Every fault of the other side is a FeedError.
 */
export async function http(fetch: Fetch, request: HttpRequest): Promise<HttpAnswer> {
  for (let last = false; ; last = true) {
    const waiting = patience(shown(request.url), request.silence, request.signal);
    let fault: FeedError;
    try {
      const answer = await once(fetch, request, waiting);
      if (last || !PASSING.has(answer.status)) return answer;
      fault = new FeedError('down', `${shown(answer.url)} answered ${answer.status}.`);
    } catch (error) {
      waiting.end();
      if (error instanceof FeedError) throw error;
      fault = new FeedError('down', `${shown(request.url)} cannot be reached: ${reasonOf(error)}.`);
      if (last) throw fault;
    }
    waiting.end();
    await new Promise((resolve) => setTimeout(resolve, MOMENT));
    if (request.signal.aborted) throw fault;
  }
}
