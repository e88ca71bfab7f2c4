import { z } from 'zod';
import { chunks } from '../../chunks.ts';
import type { Instant } from '../../words.ts';
import type { Inventory } from '../inventory.ts';
import { parseFeedDate } from './feedDates.ts';
import { FeedError } from './feedError.ts';
import { parseJson } from './parseJson.ts';

/** One question to OSV.dev's `POST /v1/querybatch`. */
export interface OsvQuery {
  readonly package: { readonly ecosystem: string; readonly name: string };
  /** Absent: all versions. */
  readonly version?: string;
  readonly page_token?: string;
}

/** More in one request are answered with "too many queries". */
export const OSV_BATCH = 1_000;

const LONGEST_ANSWER = 32 * 1024 * 1024;

/** The questions for a package list: OSV.dev goes by source packages where it knows them, so both names are asked. */
export function osvQueries(inventory: Inventory, ecosystems: readonly string[]): OsvQuery[] {
  const questions = new Map<string, OsvQuery>();
  for (const { name, version, source, sourceVersion } of inventory) {
    for (const ecosystem of ecosystems) {
      const asked =
        source === undefined ? { name, version } : { name: source, version: sourceVersion ?? version };
      const query = { package: { ecosystem, name: asked.name }, version: asked.version };
      questions.set(`${ecosystem} ${asked.name} ${asked.version}`, query);
    }
  }
  return [...questions.values()];
}

/** The questions for all that is known about packages, whatever their version. */
export function osvQueriesByName(names: readonly string[], ecosystem: string): OsvQuery[] {
  return [...new Set(names)].sort().map((name) => ({ package: { ecosystem, name } }));
}

/** Questions in requests of a size OSV.dev takes. */
export function osvBatches(queries: readonly OsvQuery[]): OsvQuery[][] {
  return chunks(queries, OSV_BATCH);
}

const answer = z.object({
  results: z
    .array(
      z.object({
        vulns: z
          .array(z.object({ id: z.string().min(1).max(200), modified: z.string().optional() }))
          .nullish(),
        next_page_token: z.string().nullish(),
      }),
    )
    .optional(),
});

export interface OsvBatchAnswer {
  /** Ids of records, each once, sorted. */
  readonly ids: readonly string[];
  /** When a record was last changed, never before it was published; absent where the answer does not tell. */
  readonly modified: ReadonlyMap<string, Instant>;
  /** The questions that have more to say, with the token for it. */
  readonly more: readonly OsvQuery[];
}

/**
 * Reads the answer to a batch: ids only, in the order of the questions. `{}` in a question's place means nothing is
 * known, `{}` as a whole that nothing is known about any.
 */
export function parseOsvBatch(text: string, queries: readonly OsvQuery[]): OsvBatchAnswer {
  const { results } = parseJson("OSV.dev's answer", text, answer, LONGEST_ANSWER);
  if (results === undefined) return { ids: [], modified: new Map(), more: [] };
  if (results.length !== queries.length) {
    throw new FeedError(
      'malformed',
      `OSV.dev was asked ${queries.length} questions and answered ${results.length}.`,
    );
  }
  const found = results.flatMap(({ vulns }) => vulns ?? []);
  const modified = new Map(
    found.flatMap(({ id, modified: text }) => {
      const at = parseFeedDate(text);
      return at === undefined ? [] : [[id, at] as const];
    }),
  );
  const more = queries.flatMap((query, index) => {
    const token = results[index]?.next_page_token;
    return token ? [{ ...query, page_token: token }] : [];
  });
  return { ids: [...new Set(found.map(({ id }) => id))].sort(), modified, more };
}
