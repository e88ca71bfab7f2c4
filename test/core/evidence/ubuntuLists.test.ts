import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import { assess } from '../../../src/core/evidence/assess.ts';
import { osvAdvisory } from '../../../src/core/evidence/feeds/osv.ts';
import { parseUbuntuManifest } from '../../../src/core/evidence/feeds/ubuntuManifest.ts';
import { ubuntuFindings } from '../../../src/core/evidence/findings.ts';
import { compareVersions } from '../../../src/core/evidence/versions/packageVersion.ts';
import { aComparison, aRelease } from './builders.ts';
import { USN_6859_1, USN_6986_1 } from './feeds/osvRecords.ts';

/** Real lists of the archive (test/fixtures/ubuntu/README.md says how they were taken). */
const list = (day: string) =>
  parseUbuntuManifest(readFileSync(`test/fixtures/ubuntu/noble-${day}.manifest`, 'utf8'));
const [released, updated] = [list('20240423'), list('20261127')];

const base = BASE_IMAGES.find(({ name }) => name === 'ubuntu-24.04')!;
const image = (serial: string) =>
  aRelease('ubuntu-24.04', `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-${serial}`);
const advisories = [USN_6986_1, USN_6859_1]
  .map((record) => osvAdvisory(record, base.ecosystems ?? []))
  .filter((advisory) => advisory !== null);
const data = { exploited: new Set<string>(), sources: [], advisories };

describe('two whole lists of Ubuntu 24.04', () => {
  const comparison = aComparison({ base, from: image('20240423'), to: image('20261127') });
  const result = assess(comparison, ubuntuFindings(comparison, { ...data, from: released, to: updated }));

  test('are read to the last line', () => {
    expect([released.length, updated.length]).toEqual([511, 511]);
  });

  test('differ in the 309 packages that dpkg itself finds newer, and none of them seems older', () => {
    expect(result.packages).toHaveLength(309);
    for (const { name, before, after } of result.packages)
      expect(compareVersions('deb', before ?? '', after ?? ''), name).toBe(-1);
  });

  test('have the two notices between them, by version, each with the packages that are installed', () => {
    expect(result).toMatchObject({
      type: 'security',
      level: 'high',
      confidence: 'exact',
      cves: ['CVE-2024-6119', 'CVE-2024-6387'],
    });
    expect(result.advisories.map(({ id, level, by, packages }) => [id, level, by, packages])).toEqual([
      ['USN-6859-1', 'high', 'version', ['openssh-client', 'openssh-server', 'openssh-sftp-server']],
      ['USN-6986-1', 'medium', 'version', ['libssl3t64', 'openssl']],
    ]);
  });

  test('the other way round open them again', () => {
    const back = aComparison({ base, from: image('20261127'), to: image('20240423') });
    expect(assess(back, ubuntuFindings(back, { ...data, from: updated, to: released }))).toMatchObject({
      type: 'rollback',
      advisories: [],
      reopened: ['USN-6859-1', 'USN-6986-1'],
    });
  });
});
