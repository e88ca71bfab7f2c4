import { FeedError } from '../core/evidence/feeds/feedError.ts';
import type { FeedFault } from '../core/evidence/feeds/feedError.ts';
import { DAY, MINUTE, SECOND } from '../core/words.ts';
import type { Instant, Milliseconds } from '../core/words.ts';
import type { Clock, FeedCache, KeptFeed, Log } from '../ports.ts';

/** By what a feed knows that its answer is still the same. */
export type Marks = Pick<KeptFeed, 'etag' | 'lastModified'>;

export interface Fresh<T> {
  readonly value: T;
  readonly marks: Marks;
}

/** What is asked of a feed. What it gives is plain JSON, as it is kept as such. */
export interface Question<T> {
  /** The address, and the shape that is made of what is there; another version of a shape is another key. */
  readonly key: string;
  /** Asks; `unchanged` only if it was given marks. Throws a FeedError for every fault of the feed. */
  readonly ask: (known: Marks | undefined) => Promise<Fresh<T> | 'unchanged'>;
  /** An answer that is kept and younger than this is not asked for again. */
  readonly freshFor?: Milliseconds;
}

/** How it ended. `asOf`: when the feed last said so. `detail`: a sentence. */
export type Answer<T> = ReadAnswer<T> | FailedAnswer;
export interface ReadAnswer<T> {
  readonly state: 'answered' | 'cached';
  readonly value: T;
  readonly asOf: Instant;
  readonly detail?: string;
}
export interface FailedAnswer {
  readonly state: FeedFault;
  readonly detail: string;
}

/** Whether there is something to go by. */
export function wasRead<T>(answer: Answer<T>): answer is ReadAnswer<T> {
  return answer.state === 'answered' || answer.state === 'cached';
}

export interface FeedReader {
  read<T>(question: Question<T>): Promise<Answer<T>>;
}

/** One update is assessed for several architectures in a row: a feed is read once for all of them. */
const REMEMBERED: Milliseconds = 5 * MINUTE;
/** What did not answer is soon asked again. */
const FAULT_REMEMBERED: Milliseconds = 20 * SECOND;

const timeOf = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export interface FeedReaderOptions {
  readonly cache: FeedCache;
  readonly now: Clock;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * Reads feeds: each once for several assessments in a row, only what has changed since it was kept, and what was kept
 * for a feed that is down. What is kept is what was made of an answer and not the answer: the whole of Amazon's
 * updateinfo or of Canonical's archive has no room in the table, what an assessment needs of them has, and it need not
 * be made again.
 */
export function feedReader({ cache, now, log }: FeedReaderOptions): FeedReader {
  const remembered = new Map<string, { until: Instant; answer: Promise<Answer<unknown>> }>();

  /** The cache is a saving: its own faults cost time, not evidence. */
  const kept = async (key: string): Promise<KeptFeed | undefined> => {
    try {
      return await cache.get(key);
    } catch (error) {
      log.warn('A kept feed could not be read', { key, error });
      return undefined;
    }
  };
  const keep = async (key: string, feed: KeptFeed): Promise<void> => {
    try {
      await cache.put(key, feed);
    } catch (error) {
      log.warn('A feed could not be kept', { key, error });
    }
  };

  async function ask<T>({ key, ask: askFeed, freshFor = 0 }: Question<T>): Promise<Answer<T>> {
    const known = await kept(key);
    const valueOf = (feed: KeptFeed): T => JSON.parse(feed.body) as T;
    if (known !== undefined && now() - known.at < freshFor) {
      return { state: 'answered', value: valueOf(known), asOf: known.at };
    }
    try {
      const fresh = await askFeed(known);
      const at = now();
      if (fresh !== 'unchanged') {
        await keep(key, { at, ...fresh.marks, body: JSON.stringify(fresh.value) });
        return { state: 'answered', value: fresh.value, asOf: at };
      }
      if (known === undefined) throw new FeedError('malformed', 'It answered "not modified" unasked.');
      // Kept for longer, and known to be younger if it is down next time; not written for every question.
      if (at - known.at > DAY / 2) await keep(key, { ...known, at });
      return { state: 'answered', value: valueOf(known), asOf: at };
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      if (known === undefined) return { state: error.fault, detail: error.message };
      const detail = `${error.message} Its answer of ${timeOf(known.at)} was used.`;
      return { state: 'cached', value: valueOf(known), asOf: known.at, detail };
    }
  }

  return {
    async read<T>(question: Question<T>) {
      for (const [key, { until }] of remembered) if (until <= now()) remembered.delete(key);
      const found = remembered.get(question.key);
      if (found !== undefined) return found.answer as Promise<Answer<T>>;
      const entry = { until: now() + REMEMBERED, answer: ask(question) };
      remembered.set(question.key, entry);
      try {
        const answer = await entry.answer;
        if (answer.state !== 'answered') entry.until = now() + FAULT_REMEMBERED;
        return answer;
      } catch (error) {
        remembered.delete(question.key);
        throw error;
      }
    },
  };
}
