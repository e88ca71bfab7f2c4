import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Comparison } from '../../src/core/evidence/assessment.ts';
import { MINUTE } from '../../src/core/words.ts';
import { memoryFeedCache } from '../../src/memory/memoryFeedCache.ts';
import { aWholeList } from '../core/evidence/builders.ts';
import {
  ALSA_2024_2433,
  DSA_5532_1,
  RHSA_2026_76750,
  RHSA_2026_80001,
  RLSA_2024_3671,
  SUSE_SU,
} from '../core/evidence/feeds/osvRecords.ts';
import { comparisonOf, evidenceAt } from './evidenceAt.ts';
import type { FeedServer } from './feedServer.ts';
import { feedServer } from './feedServer.ts';
import { serveOsv } from './osvServer.ts';
import type { OsvRecord } from './osvServer.ts';

let server: FeedServer;
beforeEach(async () => {
  server = await feedServer();
});
afterEach(async () => server.close());

const at = (over: Parameters<typeof evidenceAt>[1] = {}) =>
  evidenceAt(server, { policy: server.policy({ timeout: 2_000 }), ...over });

const debian = (over: Partial<Comparison> = {}) =>
  comparisonOf('debian-12', 'debian-12-amd64-20231013-1532', 'debian-12-amd64-20231030-1548', {
    known: aWholeList(
      { name: 'libssl3', version: '3.0.9-1', source: 'openssl', sourceVersion: '3.0.9-1' },
      { name: 'bash', version: '5.2.15-2+b2', source: 'bash', sourceVersion: '5.2.15-2' },
    ),
    ...over,
  });

describe('what OSV.dev says of our last build', () => {
  test.each<[string, Comparison, Record<string, OsvRecord[]>, string, string]>([
    ['Debian', debian(), { openssl: [DSA_5532_1] }, 'DSA-5532-1', 'high'],
    [
      'Rocky Linux',
      comparisonOf(
        'rocky-9',
        'Rocky-9-EC2-Base-9.4-20240523.0.x86_64',
        'Rocky-9-EC2-Base-9.4-20240618.0.x86_64',
        { known: aWholeList({ name: 'ruby', version: '3.3.0-1.module+el9.4.0+1+a' }) },
      ),
      { ruby: [RLSA_2024_3671] },
      'RLSA-2024:3671',
      'medium',
    ],
    [
      'AlmaLinux',
      comparisonOf('alma-9', 'AlmaLinux OS 9.4.20240401 x86_64', 'AlmaLinux OS 9.4.20240507 x86_64', {
        known: aWholeList({ name: 'avahi-libs', version: '0.8-19.el9' }),
      }),
      { 'avahi-libs': [ALSA_2024_2433] },
      'ALSA-2024:2433',
      'medium',
    ],
    [
      'RHEL',
      comparisonOf(
        'rhel-9',
        'RHEL-9.8.0_HVM-20260901-x86_64-1-Hourly2-GP3',
        'RHEL-9.8.0_HVM-20261010-x86_64-1-Hourly2-GP3',
        { known: aWholeList({ name: 'nodejs', version: '1:22.22.0-1.module+el9' }) },
      ),
      { nodejs: [RHSA_2026_76750] },
      'RHSA-2026:76750',
      'high',
    ],
    [
      'RHEL 10, by its point release',
      comparisonOf(
        'rhel-10',
        'RHEL-10.1.0_HVM-20260901-x86_64-1-Hourly2-GP3',
        'RHEL-10.1.0_HVM-20261010-x86_64-1-Hourly2-GP3',
        { known: aWholeList({ name: 'kernel', version: '6.12.0-124.8.1.el10_1' }) },
      ),
      { kernel: [RHSA_2026_80001] },
      'RHSA-2026:80001',
      'high',
    ],
    [
      'SUSE',
      comparisonOf(
        'sles-15-sp6',
        'suse-sles-15-sp6-v20240808-hvm-ssd-x86_64',
        'suse-sles-15-sp6-v20240910-hvm-ssd-x86_64',
        { known: aWholeList({ name: 'libopenssl3', version: '3.1.4-150600.5.12.1', source: 'openssl-3' }) },
      ),
      { 'openssl-3': [SUSE_SU] },
      'SUSE-SU-2024:3106-1',
      'unknown',
    ],
  ])('%s', async (_, comparison, records, id, level) => {
    serveOsv(server, records);
    const now = () => Date.parse('2026-11-01T00:00:00Z');
    const result = await at({ now }).assess(comparison);
    expect(result.advisories.map((advisory) => [advisory.id, advisory.by])).toEqual([[id, 'date']]);
    expect(result).toMatchObject({ type: 'security', level, confidence: 'inferred', incomplete: false });
  });

  test('asks by ecosystem and source, goes through all pages, reads only what can be new', async () => {
    const old = { ...DSA_5532_1, id: 'DSA-5417-1', published: '2023-05-31T00:00:00Z' };
    const batches = serveOsv(server, { openssl: [old, DSA_5532_1] });
    const result = await at().assess(debian());
    expect(result.advisories.map(({ id }) => id)).toEqual(['DSA-5532-1']);
    expect(batches).toEqual([
      [
        { package: { ecosystem: 'Debian:12', name: 'openssl' }, version: '3.0.9-1' },
        { package: { ecosystem: 'Debian:12', name: 'bash' }, version: '5.2.15-2' },
      ],
      [{ package: { ecosystem: 'Debian:12', name: 'openssl' }, version: '3.0.9-1', page_token: '1' }],
    ]);
    expect(server.requests).not.toContain('GET /v1/vulns/DSA-5417-1 200');
  });

  test('a list without sources, as Image Builder gives it: the well-known ones are found by name, and that is said', async () => {
    const batches = serveOsv(server, { openssl: [DSA_5532_1] });
    const known = aWholeList(...['libssl3', 'bash'].map((name) => ({ name, version: '3.0.9-1' })));
    const result = await at().assess(debian({ known }));
    expect(batches[0]?.map(({ package: { name } }) => name)).toEqual(['openssl', 'bash']);
    expect(result).toMatchObject({ level: 'high', confidence: 'inferred', incomplete: false });
    expect(result.advisories.map(({ id, packages }) => [id, packages])).toEqual([
      ['DSA-5532-1', ['libssl3']],
    ]);
    expect(result.because.join()).toContain('which the list does not tell');
  });

  test('a thousand questions a request', async () => {
    const batches = serveOsv(server, {});
    const known = Array.from({ length: 1_001 }, (_, i) => ({ name: `package-${i}`, version: '1' }));
    const result = await at().assess(debian({ known }));
    expect(batches.map(({ length }) => length)).toEqual([1_000, 1]);
    expect(result).toMatchObject({ type: 'maintenance', level: 'none', confidence: 'inferred' });
  });

  test('without a build of ours nothing is asked', async () => {
    serveOsv(server, {});
    const { base, architecture, from, to } = debian();
    const result = await at().assess({ base, architecture, from, to });
    expect(result).toMatchObject({ type: 'unknown', level: 'unknown', confidence: 'unknown' });
    expect(result.because).toContain('no build of ours on the older image has left a package list to go by');
    expect(server.requests).toEqual([]);
  });

  test.each<[string, string | Buffer | undefined, string]>([
    ['HTML', '<html></html>', 'malformed'],
    ['fewer answers than questions', '{"results":[{}]}', 'malformed'],
    ['its own error', '{"code":3,"message":"too many queries","results":7}', 'malformed'],
    ['nothing there', undefined, 'down'],
  ])('%s leads to unknown', async (_, served, state) => {
    serveOsv(server, {});
    if (served === undefined) server.routes.delete('/v1/querybatch');
    else server.routes.set('/v1/querybatch', served);
    const result = await at().assess(debian());
    expect(result).toMatchObject({ type: 'unknown', level: 'unknown', incomplete: true });
    expect(result.sources[0]).toMatchObject({ name: 'OSV.dev', state });
  });

  test('a record that has not changed is fetched once, whatever images are compared and however often', async () => {
    serveOsv(server, { openssl: [DSA_5532_1] });
    const cache = memoryFeedCache();
    const fetched = () => server.requests.filter((line) => line.includes('/v1/vulns/')).length;
    await at({ cache }).assess(debian());
    expect(fetched()).toBe(1);
    const known = aWholeList({
      name: 'libssl3',
      version: '3.0.8-1',
      source: 'openssl',
      sourceVersion: '3.0.8-1',
    });
    expect(await at({ cache }).assess(debian({ known }))).toMatchObject({ level: 'high', incomplete: false });
    expect(fetched()).toBe(1);
    const changed = { ...DSA_5532_1, published: '2023-10-25T00:00:00Z' };
    serveOsv(server, { openssl: [changed] });
    await at({ cache }).assess(debian());
    expect(fetched()).toBe(2);
  });

  test('null stands for what a record does not say', async () => {
    serveOsv(server, { openssl: [DSA_5532_1] });
    const record = { ...DSA_5532_1, withdrawn: null, summary: null, modified: null };
    server.routes.set('/v1/vulns/DSA-5532-1', JSON.stringify(record));
    expect(await at().assess(debian())).toMatchObject({ level: 'high', incomplete: false });
  });

  test('records without end, many at once, are not fetched beyond a record’s limit', async () => {
    const records = Array.from({ length: 40 }, (_, n) => ({ ...DSA_5532_1, id: `DSA-${n}-1` }));
    serveOsv(server, { openssl: records });
    let sent = 0;
    for (const { id } of records)
      server.routes.set(`/v1/vulns/${id}`, (_, response) => {
        const send = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(64_000, ' '))) sent += 64_000;
        };
        response.on('drain', send);
        send();
      });
    const policy = server.policy({ timeout: 2_000, maximumBytes: 1_000_000 });
    const result = await at({ policy }).assess(debian());
    expect(result).toMatchObject({ type: 'unknown', level: 'unknown', incomplete: true });
    expect(result.sources[0]).toMatchObject({ name: 'OSV.dev', state: 'too-large' });
    // Twelve at once, and what the sockets hold: nothing waits in memory for what is never read.
    expect(sent).toBeLessThan(12 * 8_000_000);
  });

  test('a record that is broken leads to unknown: it may be the one that counts', async () => {
    serveOsv(server, { openssl: [DSA_5532_1] });
    server.routes.set('/v1/vulns/DSA-5532-1', '{"id": ');
    expect(await at().assess(debian())).toMatchObject({ type: 'unknown', level: 'unknown' });
  });

  test('what was kept is used while it is down, unless it is from before the image', async () => {
    serveOsv(server, { openssl: [DSA_5532_1] });
    const day = (date: string) => () => Date.parse(date);
    const [early, late] = [memoryFeedCache(), memoryFeedCache()];
    await at({ cache: early, now: day('2023-10-25T00:00:00Z') }).assess(debian());
    await at({ cache: late, now: day('2023-10-31T00:00:00Z') }).assess(debian());
    server.routes.delete('/v1/querybatch');
    const now = () => day('2023-10-31T00:00:00Z')() + 10 * MINUTE;
    expect(await at({ cache: late, now }).assess(debian())).toMatchObject({
      level: 'high',
      confidence: 'inferred',
      incomplete: true,
    });
    const result = await at({ cache: early, now }).assess(debian());
    expect(result).toMatchObject({ level: 'high', confidence: 'unknown', incomplete: true });
    expect(result.because.join()).toContain('OSV.dev was 5 days older than the image');
  });
});

describe('a base with two kinds of evidence', () => {
  const named = (serial: string) => `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-${serial}`;

  test('the second is asked where the first leaves something open, and both are told', async () => {
    serveOsv(server, {});
    const known = aWholeList({ name: 'openssl', version: '3.0.13-0ubuntu3.3' });
    const comparison = comparisonOf('ubuntu-24.04', named('20240821'), named('20240927'), { known });
    const result = await at().assess(comparison);
    expect(result).toMatchObject({ type: 'maintenance', confidence: 'inferred', incomplete: true });
    expect(result.sources.map(({ name, state }) => `${name}: ${state}`).toSorted()).toEqual([
      'CISA KEV: answered',
      'OSV.dev: answered',
      'Ubuntu manifest of 20240821: not-yet',
      'Ubuntu manifest of 20240927: not-yet',
      'Ubuntu notices: down',
    ]);
    expect(result.because).toContain('the manifest of 20240821 is missing');
  });
});
