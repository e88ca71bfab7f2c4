import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Comparison } from '../../src/core/evidence/assessment.ts';
import { releaseOf } from '../../src/core/base-images/releaseOf.ts';
import { MINUTE } from '../../src/core/words.ts';
import { memoryFeedCache } from '../../src/memory/memoryFeedCache.ts';
import { KEV, kevJson } from './amazonServer.ts';
import { comparisonOf, evidenceAt } from './evidenceAt.ts';
import type { FeedServer } from './feedServer.ts';
import { feedServer } from './feedServer.ts';
import { archiveOf, manifest, notice, NOTICES, serveUbuntu, UBUNTU } from './ubuntuServer.ts';

const NOW = Date.parse('2024-10-05T12:00:00Z');
const named = (serial: string) => `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-${serial}`;
const noble = (over: Partial<Comparison> = {}) =>
  comparisonOf('ubuntu-24.04', named('20240821'), named('20240927'), over);

let server: FeedServer;
beforeEach(async () => {
  server = await feedServer();
  serveUbuntu(server);
});
afterEach(async () => server.close());

const at = (over: Parameters<typeof evidenceAt>[1] = {}) =>
  evidenceAt(server, { now: () => NOW, policy: server.policy({ timeout: 2_000 }), ...over });

describe('two serials of Ubuntu 24.04', () => {
  test('USN-6986-1 lies between them, by version; a kernel notice by its date', async () => {
    const result = await at().assess(noble());
    expect(result.packages).toEqual([
      { name: 'libssl3t64', before: '3.0.13-0ubuntu3.3', after: '3.0.13-0ubuntu3.4' },
      { name: 'openssl', before: '3.0.13-0ubuntu3.3', after: '3.0.13-0ubuntu3.4' },
      { name: 'tzdata', before: '2024a-3ubuntu1', after: '2024a-3ubuntu1.1' },
    ]);
    expect(result.advisories.map(({ id, by, level, packages }) => [id, by, level, packages])).toEqual([
      ['USN-6986-1', 'version', 'medium', ['libssl3t64', 'openssl']],
      ['USN-6999-1', 'date', 'high', ['linux', 'linux-aws']],
    ]);
    expect(result).toMatchObject({
      type: 'security',
      level: 'high',
      // The high one is known by its date only.
      confidence: 'inferred',
      cves: ['CVE-2024-6119', 'CVE-2024-41009'],
      incomplete: false,
      changelogUrl: 'https://cloud-images.ubuntu.com/releases/noble/release-20240927/',
    });
  });

  test('without a kernel notice it is exact, and medium as Canonical says', async () => {
    server.routes.set(UBUNTU.archive, archiveOf(NOTICES.filter(([name]) => !name.includes('6999'))));
    expect(await at().assess(noble())).toMatchObject({
      type: 'security',
      level: 'medium',
      confidence: 'exact',
      cves: ['CVE-2024-6119'],
    });
  });

  test('known exploitation makes it critical', async () => {
    server.routes.set(KEV, kevJson(['CVE-2024-6119']));
    expect(await at().assess(noble())).toMatchObject({ level: 'critical', exploited: ['CVE-2024-6119'] });
  });

  test('both architectures read each manifest, and the archive once', async () => {
    const evidence = at();
    await evidence.assess(noble());
    await evidence.assess(noble({ architecture: 'arm64' }));
    expect(server.requests.toSorted()).toEqual(
      [
        `GET ${UBUNTU.archive} 200`,
        `GET ${KEV} 200`,
        ...['amd64', 'arm64'].flatMap((architecture) => [
          `GET ${UBUNTU.manifest('20240821', architecture)} 200`,
          `GET ${UBUNTU.manifest('20240927', architecture)} 200`,
        ]),
      ].toSorted(),
    );
  });

  test('the next day only what may have changed is asked for; what is kept is small', async () => {
    const cache = memoryFeedCache();
    const first = await at({ cache }).assess(noble());
    server.requests.length = 0;
    const second = await at({ cache, now: () => NOW + 10 * MINUTE }).assess(noble());
    expect(second).toEqual(first);
    expect(server.requests.toSorted()).toEqual([`GET ${UBUNTU.archive} 304`, `GET ${KEV} 304`].toSorted());
    expect([...cache.kept.values()].every(({ body }) => body.length < 5_000)).toBe(true);
  });

  test('a manifest that is not there leaves the packages unknown', async () => {
    server.routes.delete(UBUNTU.manifest('20240821'));
    const result = await at().assess(noble());
    expect(result).toMatchObject({ level: 'high', confidence: 'unknown', incomplete: true });
    expect(result.because).toContain('the manifest of 20240821 is missing');
    expect(result.sources.map(({ name, state }) => [name, state])).toContainEqual([
      'Ubuntu manifest of 20240821',
      'not-yet',
    ]);
  });

  test.each<[string, Buffer | string, string]>([
    ['HTML', '<!DOCTYPE html><html></html>', 'malformed'],
    ['a cut off archive', archiveOf(NOTICES).subarray(0, 5_000), 'truncated'],
    ['an archive without notices', archiveOf([]), 'malformed'],
  ])('%s in the place of the archive leaves the level unknown', async (_, served, state) => {
    server.routes.set(UBUNTU.archive, served);
    const result = await at().assess(noble());
    expect(result).toMatchObject({ type: 'unknown', level: 'unknown', incomplete: true });
    expect(result.sources.find(({ name }) => name === 'Ubuntu notices')?.state).toBe(state);
    expect(result.packages).toHaveLength(3);
  });

  test('an archive of a mirror that is behind cannot make the image look harmless', async () => {
    server.routes.set(UBUNTU.archive, archiveOf(NOTICES.slice(0, 1)));
    const result = await at().assess(noble());
    expect(result).toMatchObject({ type: 'unknown', level: 'unknown', confidence: 'unknown' });
    expect(result.because.join()).toContain('archive of Ubuntu notices was 213 days older than the image');
  });

  test('a notice that cannot be read is said to be missing', async () => {
    const broken = ['osv/usn/USN-7000-1.json', '{"published": "2024-09-12T00:00:00Z"'] as const;
    server.routes.set(UBUNTU.archive, archiveOf([...NOTICES, broken]));
    expect((await at().assess(noble())).because).toContain('1 Ubuntu notices could not be read');
  });

  test('going back opens again what was fixed', async () => {
    const { from, to } = noble();
    const result = await at().assess(noble({ from: to, to: from }));
    expect(result).toMatchObject({ type: 'rollback', advisories: [] });
    expect(result.reopened).toEqual(['USN-6986-1', 'USN-6999-1']);
  });

  test('an image whose name is gone is found by its id in the catalogue', async () => {
    const item = { id: 'ami-0123456789abcdef0', crsn: 'us-east-1' };
    server.routes.set(
      UBUNTU.catalogue,
      JSON.stringify({
        products: {
          noble: { arch: 'amd64', version: '24.04', versions: { '20240821': { items: { a: item } } } },
        },
      }),
    );
    const from = releaseOf('ubuntu', { imageId: item.id, creationDate: '2024-08-21T08:00:00.000Z' });
    expect(from.readFrom).toBe('creation-date');
    expect((await at().assess(noble({ from }))).advisories.map(({ id }) => id)).toContain('USN-6986-1');
  });

  test('a package that came and went is a change, not a fix', async () => {
    server.routes.set(
      UBUNTU.manifest('20240927'),
      `${manifest('3.0.13-0ubuntu3.3', '6.8.0-41')}zsh\t5.9-6ubuntu2\n`,
    );
    server.routes.set(UBUNTU.archive, archiveOf([notice({ id: 'USN-7030-1' }), ...NOTICES.slice(0, 2)]));
    const result = await at().assess(noble());
    expect(result.packages).toEqual([{ name: 'zsh', before: null, after: '5.9-6ubuntu2' }]);
    expect(result.advisories).toEqual([]);
  });
});
