import { BASE_IMAGES } from '../../src/core/base-images/catalogue.ts';
import { releaseOf } from '../../src/core/base-images/releaseOf.ts';
import type { Comparison } from '../../src/core/evidence/assessment.ts';
import type { EvidencePolicy } from '../../src/core/policy/policy.ts';
import type { Instant, Milliseconds } from '../../src/core/words.ts';
import { feedEvidence } from '../../src/feeds/feedEvidence.ts';
import type { Fetch } from '../../src/feeds/http.ts';
import { memoryFeedCache } from '../../src/memory/memoryFeedCache.ts';
import { memoryLog } from '../../src/memory/memoryLog.ts';
import type { FeedCache } from '../../src/ports.ts';
import type { FeedServer } from './feedServer.ts';

export interface EvidenceAt {
  readonly now?: () => Instant;
  readonly cache?: FeedCache;
  readonly policy?: EvidencePolicy;
  readonly limit?: Milliseconds;
  readonly fetch?: Fetch;
}

/** The real thing, with all sources at a server of this machine. */
export function evidenceAt(server: FeedServer, over: EvidenceAt = {}) {
  const { cache = memoryFeedCache(), policy = server.policy({ timeout: 3_000 }) } = over;
  return feedEvidence({
    fetch: over.fetch ?? fetch,
    now: over.now ?? (() => Date.parse('2026-07-15T12:00:00Z')),
    cache,
    log: memoryLog(),
    policy: async () => policy,
    ...(over.limit === undefined ? {} : { limit: over.limit }),
  });
}

const baseNamed = (name: string) => BASE_IMAGES.find((base) => base.name === name)!;

/** Two images of a base, by their names. */
export function comparisonOf(
  base: string,
  from: string,
  to: string,
  over: Partial<Comparison> = {},
): Comparison {
  const tracked = baseNamed(base);
  const release = (name: string, imageId: string) => releaseOf(tracked.family, { imageId, name });
  return {
    base: tracked,
    architecture: 'x86_64',
    from: release(from, 'ami-1'),
    to: release(to, 'ami-2'),
    ...over,
  };
}

export const al2023 = (from: string, to: string, over: Partial<Comparison> = {}): Comparison =>
  comparisonOf(
    'amazon-linux-2023',
    `al2023-ami-${from}.0-kernel-6.1-x86_64`,
    `al2023-ami-${to}.0-kernel-6.1-x86_64`,
    over,
  );
