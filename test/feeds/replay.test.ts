import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BASE_IMAGES } from '../../src/core/base-images/catalogue.ts';
import { feedEvidence } from '../../src/feeds/feedEvidence.ts';
import { memoryFeedCache } from '../../src/memory/memoryFeedCache.ts';
import { memoryLog } from '../../src/memory/memoryLog.ts';
import type { Evidence } from '../../src/ports.ts';
import { al2023Releases, expectedReplay } from '../core/evidence/amazonFeeds.ts';
import { expectReplayed, imageOf } from '../core/evidence/replayed.ts';
import { AL2023, serveAmazonLinux2023 } from './amazonServer.ts';
import { feedServer } from './feedServer.ts';
import type { FeedServer } from './feedServer.ts';

const NOW = Date.parse('2026-07-15T12:00:00Z');
const base = BASE_IMAGES.find(({ name }) => name === 'amazon-linux-2023')!;

let server: FeedServer;
let evidence: Evidence;

beforeAll(async () => {
  server = await feedServer();
  serveAmazonLinux2023(server, NOW);
  evidence = feedEvidence({
    fetch,
    now: () => NOW,
    cache: memoryFeedCache(),
    log: memoryLog(),
    policy: async () => server.policy(),
  });
});
afterAll(async () => server.close());

describe('the history of Amazon Linux 2023, over HTTP', () => {
  test.each(expectedReplay().map((row) => [row.image, row.from, row.to, row] as const))(
    '%s: %s to %s',
    async (image, from, to, expected) => {
      const result = await evidence.assess({
        base,
        architecture: 'x86_64',
        from: imageOf(image, from),
        to: imageOf(image, to),
      });
      expectReplayed(result, expected);
      expect(result.incomplete).toBe(false);
    },
  );

  test('every feed was read once for all of it', () => {
    expect(new Set(server.requests).size).toBe(server.requests.length);
    const pages = al2023Releases().map(({ release }) => release);
    const read = server.requests.filter((request) => request.endsWith(' 200'));
    expect(read.filter((request) => request.includes(AL2023.notes)).length).toBeLessThanOrEqual(pages.length);
    expect(read).toContain(`GET ${AL2023.repository}repodata/updateinfo.xml.gz 200`);
  });
});
