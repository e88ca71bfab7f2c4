import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DEFAULT_POLICY, EVIDENCE_SOURCES, type EvidencePolicy } from '../../src/core/policy/policy.ts';
import { feedEvidence } from '../../src/feeds/feedEvidence.ts';
import { memoryFeedCache } from '../../src/memory/memoryFeedCache.ts';
import { memoryLog } from '../../src/memory/memoryLog.ts';
import { peakMemory, secondsOf } from '../measure.ts';
import { COMPARED, type FeedName } from './feeds.ts';

/*
 * A process that does one thing, so that its memory is of that alone: it assesses one update, or takes the floor,
 * which is to fetch and unpack the same files and do nothing with them.
 */

/** What the process is asked to do. */
export type Task =
  | { readonly kind: 'assess'; readonly feed: FeedName; readonly url: string }
  | { readonly kind: 'floor'; readonly urls: readonly string[] };

export interface Done {
  readonly seconds: number;
  /** The most the process held, and what it held before it began. */
  readonly memory: number;
  readonly before: number;
  /** How sure the assessment is, and what it found. */
  readonly found?: {
    readonly confidence: string;
    readonly advisories: number;
    readonly gaps: readonly string[];
  };
}

process.once('message', (task: Task) => {
  void (task.kind === 'assess' ? assess(task) : floor(task)).then((done) => {
    process.send?.(done);
    process.disconnect();
  });
});

async function assess({ feed, url }: Task & { kind: 'assess' }): Promise<Done> {
  const { now, comparison } = COMPARED[feed];
  const evidence = feedEvidence({
    fetch,
    now: () => now,
    cache: memoryFeedCache(),
    log: memoryLog(),
    policy: async () => allAt(url),
  });
  const before = peakMemory();
  let found: Done['found'];
  const seconds = await secondsOf(async () => {
    const { confidence, advisories, sources } = await evidence.assess(comparison());
    const gaps = sources
      .filter(({ state }) => state !== 'answered')
      .map(({ name, state, detail }) => `${name}: ${state}, ${detail}`);
    found = { confidence, advisories: advisories.length, gaps };
  });
  return { seconds, memory: peakMemory(), before, ...(found === undefined ? {} : { found }) };
}

/** The policy's own limits, with all sources at one address. */
function allAt(url: string): EvidencePolicy {
  const { sources, reassessFor } = DEFAULT_POLICY.evidence;
  const here = EVIDENCE_SOURCES.map((name) => [name, { ...sources[name], baseUrl: url }] as const);
  return { reassessFor, sources: Object.fromEntries(here) as EvidencePolicy['sources'] };
}

async function floor({ urls }: Task & { kind: 'floor' }): Promise<Done> {
  const before = peakMemory();
  const seconds = await secondsOf(() => Promise.all(urls.map(fetchAndUnpack)));
  return { seconds, memory: peakMemory(), before };
}

async function fetchAndUnpack(url: string): Promise<void> {
  const { body } = await fetch(url);
  if (body === null) return;
  const packed = Readable.fromWeb(body);
  if (url.endsWith('.xz')) await throughXz(packed);
  else if (url.endsWith('.gz')) await pipeline(packed, createGunzip(), nowhere());
  else await pipeline(packed, nowhere());
}

/** By the program that everybody has: nothing unpacks faster. */
async function throughXz(packed: Readable): Promise<void> {
  const xz = spawn('xz', ['-d', '-c'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(xz, 'exit');
  await pipeline(packed, xz.stdin);
  await ended;
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
