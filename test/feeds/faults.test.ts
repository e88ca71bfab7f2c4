import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Assessment, SourceState } from '../../src/core/evidence/assessment.ts';
import { MINUTE } from '../../src/core/words.ts';
import { memoryFeedCache } from '../../src/memory/memoryFeedCache.ts';
import { alas2023, updateinfoXml } from '../core/evidence/amazonFeeds.ts';
import { AL2023, KEV, kevJson, serveAmazonLinux2023, serveRepository, unpublish } from './amazonServer.ts';
import { al2023, evidenceAt } from './evidenceAt.ts';
import type { FeedServer, Handler, Served } from './feedServer.ts';
import { feedServer, redirect, silence } from './feedServer.ts';

const NOW = Date.parse('2026-07-15T12:00:00Z');
const UPDATEINFO = `${AL2023.repository}repodata/updateinfo.xml.gz`;
const REPOMD = `${AL2023.repository}repodata/repomd.xml`;
/** Important fixes, known by version. */
const COMPARISON = al2023('2023.12.20260611', '2023.12.20260622');

let server: FeedServer;
beforeEach(async () => {
  server = await feedServer();
  serveAmazonLinux2023(server, NOW);
});
afterEach(async () => server.close());

const stateOf = ({ sources }: Assessment, name: string): SourceState | undefined =>
  sources.find((source) => source.name === name)?.state;

/** Sends without end; says how much a client took. */
function endless(): { handler: Handler; taken: () => number } {
  // gzip with blocks that are stored as they are.
  const block = (text: string) =>
    Buffer.concat([Buffer.from([0, 0xff, 0xff, 0, 0]), Buffer.alloc(0xffff, ' ').fill(text, 0, text.length)]);
  const piece = block('');
  let taken = 0;
  const handler: Handler = (_, response) => {
    response.writeHead(200, { 'content-length': 10_000_000_000 });
    response.write(Buffer.concat([Buffer.from('1f8b0800000000000003', 'hex'), block('<updates>')]));
    const send = (): void => {
      while (!response.destroyed && response.write(piece)) taken += piece.length;
    };
    response.on('drain', send);
    send();
  };
  return { handler, taken: () => taken };
}

const whole = gzipSync(updateinfoXml(alas2023()));

const breakOff: Handler = (_, response) => {
  response.writeHead(200, { 'content-length': whole.length });
  response.write(whole.subarray(0, 1_000), () => response.destroy());
};

describe('a feed of no use leads to unknown, with the reason', () => {
  test.each<[string, string, Served | undefined, SourceState]>([
    ['garbage in the place of gzip', UPDATEINFO, Buffer.alloc(2 * whole.length, 7), 'malformed'],
    ['HTML in the place of XML', REPOMD, '<!DOCTYPE html><html><body>Maintenance</body></html>', 'malformed'],
    ['HTML in the place of an address', AL2023.mirrorList, '<html></html>', 'malformed'],
    ['a truncated gzip', UPDATEINFO, whole.subarray(0, 2_000), 'truncated'],
    [
      'another file than the repository describes',
      UPDATEINFO,
      gzipSync('<updates></updates>  '),
      'truncated',
    ],
    ['a connection that breaks off', UPDATEINFO, breakOff, 'truncated'],
    ['a redirect loop', AL2023.mirrorList, redirect(AL2023.mirrorList), 'down'],
    ['a redirect to what is no web address', AL2023.mirrorList, redirect('file:///etc/passwd'), 'down'],
    ['nothing at all', UPDATEINFO, silence, 'timeout'],
    ['403', AL2023.mirrorList, undefined, 'down'],
    ['an error that stays', REPOMD, (_, response) => void response.writeHead(503).end(), 'down'],
  ])('%s', async (_, path, served, state) => {
    if (served === undefined) server.routes.delete(path);
    else server.routes.set(path, served);
    const result = await evidenceAt(server).assess(COMPARISON);
    expect(stateOf(result, 'Amazon Linux updateinfo')).toBe(state);
    expect(result).toMatchObject({ confidence: 'unknown', incomplete: true });
    expect(result.because.join()).toContain('the Amazon Linux updateinfo did not answer');
    // The RSS feed has names and dates: what it tells is a lower bound.
    expect(['high', 'unknown']).toContain(result.level);
  });

  test('a body of 10 GB is not read beyond the limit', async () => {
    const { handler, taken } = endless();
    server.routes.set(UPDATEINFO, handler);
    const policy = server.policy({ timeout: 2_000, maximumBytes: 3_000_000 });
    const result = await evidenceAt(server, { policy }).assess(COMPARISON);
    expect(stateOf(result, 'Amazon Linux updateinfo')).toBe('too-large');
    expect(taken()).toBeLessThan(20_000_000);
  });

  test('a small file that unpacks to a large one is not unpacked beyond the limit', async () => {
    const bomb = `<updates><!--${' '.repeat(30_000_000)}--></updates>`;
    serveRepository(server, AL2023, bomb, NOW);
    server.routes.set(REPOMD, String(server.routes.get(REPOMD)).replace(/<open-size>\d+/, '<open-size>1'));
    const policy = server.policy({ timeout: 2_000, maximumBytes: 1_000_000 });
    const result = await evidenceAt(server, { policy }).assess(COMPARISON);
    expect(stateOf(result, 'Amazon Linux updateinfo')).toBe('too-large');
  });

  test('nobody answers', async () => {
    const policy = server.policy({ timeout: 300, baseUrl: 'http://127.0.0.1:9' });
    const result = await evidenceAt(server, { policy }).assess(COMPARISON);
    expect(result).toMatchObject({
      type: 'unknown',
      level: 'unknown',
      confidence: 'unknown',
      incomplete: true,
    });
    expect(new Set(result.sources.map(({ state }) => state))).toEqual(new Set(['down']));
    expect(result.sources[0]?.detail).toMatch(/^http:\/\/127\.0\.0\.1:9\/.* cannot be reached: /);
  });

  test('everybody is silent: the time of the whole assessment ends it', async () => {
    for (const path of server.routes.keys()) server.routes.set(path, silence);
    const policy = server.policy({ timeout: MINUTE });
    const start = performance.now();
    const result = await evidenceAt(server, { policy, limit: 500 }).assess(COMPARISON);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(result).toMatchObject({ type: 'unknown', incomplete: true });
    expect(new Set(result.sources.map(({ state }) => state))).toContain('timeout');
  });

  test('an error that passes is asked past', async () => {
    let times = 0;
    const document = server.routes.get(REPOMD);
    server.routes.set(REPOMD, (_, response) => {
      times += 1;
      response.writeHead(times === 1 ? 503 : 200).end(document);
    });
    const result = await evidenceAt(server).assess(COMPARISON);
    expect(result).toMatchObject({ type: 'security', incomplete: false });
  });
});

describe('release notes', () => {
  test('a release without a page leads to the page of its quarter: not yet, and asked again', async () => {
    unpublish(server, '2023.12.20260622');
    const result = await evidenceAt(server).assess(COMPARISON);
    expect(stateOf(result, 'Amazon Linux release notes')).toBe('not-yet');
    expect(result).toMatchObject({ type: 'unknown', level: 'unknown', incomplete: true });
    expect(result.because).toContain('the release notes of 2023.12.20260622 are missing');
  });

  test('a release that is denied (403) is not there yet', async () => {
    const page = `${AL2023.notes}/relnotes-2023.12.20260622`;
    for (const ending of ['md', 'html']) server.routes.delete(`${page}.${ending}`);
    const result = await evidenceAt(server).assess(COMPARISON);
    expect(stateOf(result, 'Amazon Linux release notes')).toBe('not-yet');
  });

  test('a page that is no page of release notes', async () => {
    const page = `${AL2023.notes}/relnotes-2023.12.20260622`;
    for (const ending of ['md', 'html'])
      server.routes.set(`${page}.${ending}`, '<html><h1>Sorry</h1></html>');
    const result = await evidenceAt(server).assess(COMPARISON);
    expect(stateOf(result, 'Amazon Linux release notes')).toBe('malformed');
  });
});

describe('what was kept', () => {
  const later = { now: () => NOW + 10 * MINUTE };

  test('what has not changed is not read again', async () => {
    const cache = memoryFeedCache();
    const first = await evidenceAt(server, { cache }).assess(COMPARISON);
    server.requests.length = 0;
    const second = await evidenceAt(server, { cache, ...later }).assess(COMPARISON);
    expect(second).toEqual(first);
    expect(server.requests).not.toContain(`GET ${UPDATEINFO} 200`);
    expect(server.requests).toContain(`GET ${AL2023.rss} 304`);
    expect(server.requests).toContain(`GET ${AL2023.releases} 304`);
    expect(server.requests).toContain(`GET ${KEV} 304`);
    // Pages of older releases are not even asked for.
    const pages = server.requests.filter((request) => request.includes('relnotes-20'));
    expect(pages.every((request) => request.includes('2023.12.20260622'))).toBe(true);
  });

  test('a feed that is down is answered from what was kept, and says so', async () => {
    const cache = memoryFeedCache();
    const first = await evidenceAt(server, { cache }).assess(COMPARISON);
    server.routes.clear();
    const second = await evidenceAt(server, { cache, ...later }).assess(COMPARISON);
    expect(second).toMatchObject({ ...first, sources: second.sources, incomplete: true });
    expect(new Set(second.sources.map(({ state }) => state))).toEqual(new Set(['cached']));
    expect(second.sources[0]?.detail).toContain('Its answer of 2026-07-15 12:00 UTC was used.');
  });

  test('what was kept from before the release does not make it look harmless', async () => {
    const cache = memoryFeedCache();
    const before = { now: () => Date.parse('2026-06-20T00:00:00Z') };
    serveRepository(server, AL2023, updateinfoXml([alas2023().find(({ packages }) => packages)!]), NOW);
    await evidenceAt(server, { cache, ...before }).assess(al2023('2023.12.20260608', '2023.12.20260611'));
    server.routes.delete(REPOMD);
    const result = await evidenceAt(server, { cache }).assess(COMPARISON);
    expect(stateOf(result, 'Amazon Linux updateinfo')).toBe('cached');
    expect(result.confidence).toBe('unknown');
    expect(result.because).toContain(
      'the Amazon Linux updateinfo was 2 days older than the image: it cannot know what that fixes',
    );
  });

  test('a mirror that is behind is seen', async () => {
    serveRepository(server, AL2023, updateinfoXml([]), Date.parse('2026-06-01T00:00:00Z'));
    const result = await evidenceAt(server).assess(COMPARISON);
    expect(result.confidence).toBe('unknown');
    expect(result.because.join()).toContain('updateinfo was 21 days older than the image');
  });

  test('a cache that fails costs time only', async () => {
    const cache = {
      get: () => Promise.reject(new Error('no table')),
      put: () => Promise.reject(new Error('no table')),
    };
    expect(await evidenceAt(server, { cache }).assess(COMPARISON)).toMatchObject({ type: 'security' });
  });
});

describe('the catalogue of exploited vulnerabilities', () => {
  test('a match is critical', async () => {
    const { cves, level } = await evidenceAt(server).assess(COMPARISON);
    expect(level).toBe('high');
    server.routes.set(KEV, kevJson([cves[0]!]));
    expect(await evidenceAt(server).assess(COMPARISON)).toMatchObject({
      level: 'critical',
      exploited: [cves[0]],
    });
  });

  test('is said to be missing when it is', async () => {
    server.routes.set(KEV, '{"count": 7, "vulnerabilities": []}');
    const result = await evidenceAt(server).assess(COMPARISON);
    expect(result).toMatchObject({ level: 'high', incomplete: true });
    expect(result.because.at(-1)).toContain('the catalogue of exploited vulnerabilities did not answer');
  });

  test('is left out by the policy', async () => {
    const policy = server.policy();
    const sources = { ...policy.sources, cisa_kev: { ...policy.sources.cisa_kev, enabled: false } };
    const result = await evidenceAt(server, { policy: { ...policy, sources } }).assess(COMPARISON);
    expect(result.sources.map(({ name }) => name)).not.toContain('CISA KEV');
    expect(result.incomplete).toBe(false);
  });
});

test('without a source that may be asked, nothing is asked and nothing is known', async () => {
  const result = await evidenceAt(server, { policy: server.policy({ enabled: false }) }).assess(COMPARISON);
  expect(result).toMatchObject({ type: 'unknown', level: 'unknown', sources: [], incomplete: false });
  expect(result.because).toContain(
    'the policy asks none of the sources that could tell of amazon-linux-2023',
  );
  expect(server.requests).toEqual([]);
});
