import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AdvisoryFacts } from '../core/evidence/amazonFeeds.ts';
import { aWholeList } from '../core/evidence/builders.ts';
import { updateinfoXml } from '../core/evidence/amazonFeeds.ts';
import { AL2023, serveAmazonLinux2, serveAmazonLinux2023, serveRepository } from './amazonServer.ts';
import { al2023, comparisonOf, evidenceAt } from './evidenceAt.ts';
import type { FeedServer } from './feedServer.ts';
import { feedServer } from './feedServer.ts';

const NOW = Date.parse('2026-07-15T12:00:00Z');

let server: FeedServer;
beforeEach(async () => {
  server = await feedServer();
});
afterEach(async () => server.close());

describe('Amazon Linux 2', () => {
  const core: AdvisoryFacts = {
    id: 'ALAS2-2026-3200',
    severity: 'medium',
    issued: '2026-04-14T18:00:00Z',
    cves: ['CVE-2026-25646'],
    packages: [['libpng', 2, '1.5.13', '8.amzn2.0.8']],
  };
  const kernel: AdvisoryFacts = {
    id: 'ALASKERNEL-5.10-2026-123',
    severity: 'important',
    issued: '2026-04-14T18:00:00Z',
    cves: [],
    packages: [['kernel', 0, '5.10.252', '250.1005.amzn2']],
  };
  const april = comparisonOf(
    'amazon-linux-2',
    'amzn2-ami-kernel-5.10-hvm-2.0.20260120.1-x86_64-gp2',
    'amzn2-ami-kernel-5.10-hvm-2.0.20260413.0-x86_64-gp2',
  );

  test('by its list of pages, and both repositories', async () => {
    serveAmazonLinux2(server, NOW, { core: updateinfoXml([core]), kernel: updateinfoXml([kernel]) });
    const result = await evidenceAt(server).assess(april);
    expect(result.advisories.map(({ id, by, level }) => [id, by, level])).toEqual([
      ['ALAS2-2026-3200', 'version', 'medium'],
      ['ALAS2KERNEL-5.10-2026-123', 'version', 'high'],
    ]);
    expect(result).toMatchObject({
      type: 'security',
      level: 'high',
      confidence: 'exact',
      incomplete: false,
      changelogUrl: 'https://docs.aws.amazon.com/AL2/latest/relnotes/relnotes-20260413.html',
    });
    expect(result.packages).toContainEqual({
      name: 'libtiff',
      before: '4.0.3-35.amzn2.0.28',
      after: '4.0.3-35.amzn2.0.30',
    });
  });

  test("without the kernel's repository the level is a lower bound", async () => {
    serveAmazonLinux2(server, NOW, { core: updateinfoXml([core]), kernel: '<html></html>' });
    const result = await evidenceAt(server).assess(april);
    expect(result).toMatchObject({ type: 'security', level: 'medium', confidence: 'unknown' });
    expect(result.because.join()).toContain('the Amazon Linux updateinfo of kernel 5.10 did not answer');
  });

  test('a list that is no list', async () => {
    serveAmazonLinux2(server, NOW, { core: updateinfoXml([core]), kernel: updateinfoXml([kernel]) });
    server.routes.set('/AL2/latest/relnotes/relnotes-al2.md', '# Amazon Linux 2 release notes\n');
    const result = await evidenceAt(server).assess(april);
    expect(result).toMatchObject({ level: 'high', confidence: 'unknown' });
    expect(result.because).toContain('the list of releases did not answer');
  });
});

describe('images that are made from Amazon Linux 2023', () => {
  const ecs = (known?: readonly { name: string; version: string }[]) =>
    comparisonOf(
      'ecs-optimized-al2023',
      'al2023-ami-ecs-hvm-2023.0.20260611-kernel-6.1-x86_64',
      'al2023-ami-ecs-hvm-2023.0.20260629-kernel-6.1-x86_64',
      known === undefined ? {} : { known },
    );

  beforeEach(() => {
    serveAmazonLinux2023(server, NOW);
    const fixed: AdvisoryFacts = {
      id: 'ALAS2023-2026-1882',
      severity: 'Important',
      issued: '2026-06-22T09:00:00Z',
      cves: ['CVE-2026-46062'],
      packages: [['kernel', 1, '6.1.170', '210.320.amzn2023']],
    };
    serveRepository(server, AL2023, updateinfoXml([fixed]), NOW);
  });

  test("are inferred from our last build's list", async () => {
    const known = aWholeList({ name: 'kernel', version: '1:6.1.168-203.330.amzn2023' });
    const result = await evidenceAt(server).assess(ecs(known));
    expect(result.advisories.map(({ id, by }) => [id, by])).toEqual([['ALAS2023-2026-1882', 'date']]);
    expect(result).toMatchObject({ type: 'security', level: 'high', confidence: 'inferred' });
    expect(server.requests.filter((request) => request.includes(AL2023.notes))).toEqual([]);
  });

  test('without one they are unknown', async () => {
    expect(await evidenceAt(server).assess(ecs())).toMatchObject({ type: 'unknown', level: 'unknown' });
  });
});

describe('repositories', () => {
  const comparison = al2023('2023.12.20260611', '2023.12.20260622');
  beforeEach(() => serveAmazonLinux2023(server, NOW));

  test('the next of a list of mirrors is tried', async () => {
    const good = String(server.routes.get(AL2023.mirrorList));
    server.routes.set(AL2023.mirrorList, `https://cdn.amazonlinux.com/gone/\n${good}\n`);
    const result = await evidenceAt(server).assess(comparison);
    expect(result).toMatchObject({ type: 'security', level: 'high', confidence: 'exact', incomplete: false });
  });

  test('two architectures, one after the other, are read once', async () => {
    const evidence = evidenceAt(server);
    const first = await evidence.assess(comparison);
    const asked = server.requests.length;
    const second = await evidence.assess({ ...comparison, architecture: 'arm64' });
    expect(second.level).toBe(first.level);
    expect(server.requests).toHaveLength(asked);
  });

  test('all at once as well', async () => {
    const evidence = evidenceAt(server);
    await Promise.all(['x86_64', 'arm64', 'x86_64'].map(() => evidence.assess(comparison)));
    expect(new Set(server.requests).size).toBe(server.requests.length);
  });

  test('an updateinfo packed in a way that is not known', async () => {
    const repomd = `${AL2023.repository}repodata/repomd.xml`;
    server.routes.set(
      repomd,
      String(server.routes.get(repomd)).replace('updateinfo.xml.gz', 'updateinfo.xml.zst'),
    );
    const result = await evidenceAt(server).assess(comparison);
    expect(result.confidence).toBe('unknown');
    expect(result.because.join()).toContain('packs its updateinfo in a way that is not known');
  });

  test('not packed at all is read too', async () => {
    const repomd = `${AL2023.repository}repodata/repomd.xml`;
    const document = '<updates></updates>';
    serveRepository(server, AL2023, document, NOW);
    const plain = String(server.routes.get(repomd))
      .replace('updateinfo.xml.gz', 'updateinfo.xml')
      .replace(/<checksum.*?<\/checksum>/g, '')
      .replace(/<size>\d+/g, `<size>${document.length}`);
    server.routes.set(repomd, plain);
    server.routes.set(`${AL2023.repository}repodata/updateinfo.xml`, document);
    const result = await evidenceAt(server).assess(comparison);
    expect(result.sources.find(({ name }) => name === 'Amazon Linux updateinfo')).toMatchObject({
      state: 'answered',
      detail: '0 advisories were read.',
    });
  });
});
