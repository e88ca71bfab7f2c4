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

async function textOf(session: Session, path: string, post?: string): Promise<string> {
  const url = addressAt(session.policy.sources[source], `${ADDRESS}${path}`);
  const headers = post === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await requestFile(session, {
    source,
    url,
    headers,
    ...(post === undefined ? {} : { post }),
  });
  if (answer === 'unchanged')
    throw new FeedError('malformed', `${url} is unchanged, though nothing was kept.`);
  return wholeText(answer.body);
}

/** Ids of the records about a package list that were changed after some time, and so may be published after it. */
async function idsSince(session: Session, queries: readonly OsvQuery[], since: Instant): Promise<string[]> {
  const ids = new Set<string>();
  const open = osvBatches(queries);
  for (let page = 0; open.length > 0; page += 1) {
    const [asked = []] = open.splice(0, 1);
    const post = JSON.stringify({ queries: asked });
    const answer = parseOsvBatch(await textOf(session, '/v1/querybatch', post), asked);
    for (const id of answer.ids) if ((answer.modified.get(id) ?? since) >= since) ids.add(id);
    if (answer.more.length > 0) open.push([...answer.more]);
    if (page > MOST_PAGES) throw new FeedError('too-large', 'OSV.dev had always more to say.');
  }
  if (ids.size > MOST_RECORDS) {
    throw new FeedError('too-large', `OSV.dev knows ${ids.size} records changed since the older image.`);
  }
  return [...ids].sort();
}

/** A record of one ecosystem; null if it is withdrawn or about another one. */
async function advisoryOf(
  session: Session,
  id: string,
  ecosystems: readonly string[],
): Promise<Advisory | null> {
  return parseOsvAdvisory(await textOf(session, `/v1/vulns/${encodeURIComponent(id)}`), ecosystems);
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
      const ids = await idsSince(session, queries, since);
      const found = await inParallel(ids, (id) => advisoryOf(session, id, ecosystems), AT_ONCE);
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
