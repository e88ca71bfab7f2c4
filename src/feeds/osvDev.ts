import { createHash } from 'node:crypto';
import type { Advisory } from '../core/evidence/advisory.ts';
import type { Comparison, SourceAnswer } from '../core/evidence/assessment.ts';
import type { Findings } from '../core/evidence/assess.ts';
import { FeedError } from '../core/evidence/feeds/feedError.ts';
import { parseOsvAdvisory } from '../core/evidence/feeds/osv.ts';
import { osvBatches, osvQueries, parseOsvBatch } from '../core/evidence/feeds/osvQuery.ts';
import type { OsvQuery } from '../core/evidence/feeds/osvQuery.ts';
import { dayOf, inferredFindings } from '../core/evidence/findings.ts';
import type { Inventory } from '../core/evidence/inventory.ts';
import { goesBySource, withSources } from '../core/evidence/sourcePackages.ts';
import { DAY } from '../core/words.ts';
import type { Instant } from '../core/words.ts';
import { wholeText } from './bytes.ts';
import { wasRead } from './feedReader.ts';
import { inParallel } from '../core/inParallel.ts';
import { readExploited } from './kev.ts';
import { addressAt, requestFile, sourceAnswer } from './session.ts';
import type { Session } from './session.ts';
import { tooOld } from './tooOld.ts';

const ADDRESS = 'https://api.osv.dev';
const source = 'osv';

/** Requests for records at once. */
const AT_ONCE = 12;

/** Pages of further answers to a batch: OSV.dev gives a thousand ids a question and page. */
const MOST_PAGES = 50;

/** Records of one assessment: what was published between two images is a small part of it. */
const MOST_RECORDS = 4_000;

/** Of a record, of which several are held at once: the largest real ones (kernel notices) have a few million. */
const MOST_OF_RECORD = 16_000_000;

async function textOf(session: Session, path: string, post?: string): Promise<string> {
  const url = addressAt(session.policy.sources[source], `${ADDRESS}${path}`);
  const headers = post === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await requestFile(session, {
    source,
    url,
    headers,
    ...(post === undefined ? { most: MOST_OF_RECORD } : { post }),
  });
  if (answer === 'unchanged')
    throw new FeedError('malformed', `${url} is unchanged, though nothing was kept.`);
  return wholeText(answer.body);
}

/** A record, and when it was last changed, where OSV.dev tells. */
interface Mention {
  readonly id: string;
  readonly modified: Instant | undefined;
}

/** The records about a package list that were changed after some time, and so may be published after it; by id. */
async function mentionedSince(
  session: Session,
  queries: readonly OsvQuery[],
  since: Instant,
): Promise<Mention[]> {
  const found = new Map<string, Mention>();
  const open = osvBatches(queries);
  for (let page = 0; open.length > 0; page += 1) {
    const [asked = []] = open.splice(0, 1);
    const post = JSON.stringify({ queries: asked });
    const answer = parseOsvBatch(await textOf(session, '/v1/querybatch', post), asked);
    for (const id of answer.ids) {
      const modified = answer.modified.get(id);
      if ((modified ?? since) >= since) found.set(id, { id, modified });
    }
    if (answer.more.length > 0) open.push([...answer.more]);
    if (page > MOST_PAGES) throw new FeedError('too-large', 'OSV.dev had always more to say.');
  }
  if (found.size > MOST_RECORDS) {
    throw new FeedError('too-large', `OSV.dev knows ${found.size} records changed since the older image.`);
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** One that has not changed is not asked for again, for whatever image. */
const RECORD_KEPT = 30 * DAY;

/** A record as it is about one ecosystem; null if it is withdrawn or about another one. */
async function advisoryOf(
  session: Session,
  { id, modified }: Mention,
  ecosystems: readonly string[],
): Promise<Advisory | null> {
  const path = `/v1/vulns/${encodeURIComponent(id)}`;
  const changed = modified === undefined ? 'at an unknown time' : new Date(modified).toISOString();
  const answer = await session.reader.read<Advisory | null>({
    key: `${addressAt(session.policy.sources[source], `${ADDRESS}${path}`)} of ${changed} ${ecosystems.join('|')} osv 3`,
    ...(modified === undefined ? {} : { freshFor: RECORD_KEPT }),
    async ask() {
      return { value: parseOsvAdvisory(await textOf(session, path), ecosystems), marks: {} };
    },
  });
  if (answer.state === 'answered') return answer.value;
  throw new FeedError(
    answer.state === 'cached' ? 'down' : answer.state,
    answer.detail ?? `${id} is not there.`,
  );
}

/** What tells the questions about two package lists apart. */
const markOf = (queries: readonly OsvQuery[]): string =>
  createHash('sha256').update(JSON.stringify(queries)).digest('hex').slice(0, 32);

/**
 * The advisories OSV.dev knows about packages that can have been published after a time: ids by questions of a
 * thousand packages each, then record by record those that changed since.
 */
export async function readOsvAdvisories(
  session: Session,
  queries: readonly OsvQuery[],
  ecosystems: readonly string[],
  since: Instant,
) {
  return session.reader.read<readonly Advisory[]>({
    key: `${addressAt(session.policy.sources[source], ADDRESS)} ${ecosystems.join('|')} ${markOf(queries)} since ${since} osv 2`,
    async ask() {
      const mentioned = await mentionedSince(session, queries, since);
      const found = await inParallel(mentioned, (one) => advisoryOf(session, one, ecosystems), AT_ONCE);
      return { value: found.filter((advisory) => advisory !== null), marks: {} };
    },
  });
}

const OWN_NAMES =
  'advisories are about source packages, which the list does not tell: the well-known ones were found by name';

/** Whether sources had to be guessed. */
const isWithoutSources = (known: Inventory, ecosystems: readonly string[]): boolean =>
  goesBySource(ecosystems) && known.every(({ source }) => source === undefined);

/**
 * What OSV.dev says of two images by our last build's package list, for upstreams that do not say what their images
 * hold. Without such a list nothing is asked.
 */
export async function osvEvidence(session: Session, comparison: Comparison): Promise<Findings> {
  const { base, from, to } = comparison;
  const { ecosystems = [] } = base;
  const known = comparison.known && withSources(comparison.known, ecosystems);
  if (known === undefined || ecosystems.length === 0) {
    const nothing = {
      advisories: known === undefined ? null : [],
      exploited: new Set<string>(),
      sources: [],
    };
    const findings = inferredFindings(comparison, nothing);
    if (known === undefined) return findings;
    return { ...findings, fixed: null, gaps: [`no ecosystem of OSV.dev is known for ${base.name}`] };
  }
  const [older, newer] = [dayOf(from), dayOf(to)].sort((a, b) => a - b) as [Instant, Instant];
  const [answer, exploited] = await Promise.all([
    readOsvAdvisories(session, osvQueries(known, ecosystems), ecosystems, older - DAY),
    readExploited(session),
  ]);
  const told: SourceAnswer = sourceAnswer('OSV.dev', answer, (all) => `${all.length} advisories were read.`);
  const advisories = wasRead(answer) ? answer.value : null;
  const sources = [told, ...exploited.sources];
  const data = { advisories, exploited: exploited.cves, sources };
  const findings = inferredFindings({ ...comparison, known }, data);
  return {
    ...findings,
    ...(isWithoutSources(comparison.known ?? [], ecosystems) ? { notes: [OWN_NAMES] } : {}),
    gaps: [...findings.gaps, ...(wasRead(answer) ? tooOld('OSV.dev', answer.asOf, newer) : [])],
  };
}
