import { describe, expect, test } from 'vitest';
import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import { assess } from '../../../src/core/evidence/assess.ts';
import type { Comparison } from '../../../src/core/evidence/assessment.ts';
import { osvAdvisory } from '../../../src/core/evidence/feeds/osv.ts';
import { parseReleaseNotes } from '../../../src/core/evidence/feeds/releaseNotes.ts';
import { parseUbuntuManifest } from '../../../src/core/evidence/feeds/ubuntuManifest.ts';
import {
  amazonFindings,
  dayOf,
  inferredFindings,
  ubuntuFindings,
} from '../../../src/core/evidence/findings.ts';
import { sectionOf } from '../../../src/core/evidence/imageSections.ts';
import { releaseNotesMarkdown } from './amazonFeeds.ts';
import { aComparison, al2023, anAdvisory, aRelease, aWholeList } from './builders.ts';
import { aKernelNotice, RLSA_2024_3671, USN_6986_1 } from './feeds/osvRecords.ts';

const quiet = { exploited: new Set<string>(), sources: [] };

describe('Ubuntu: two manifests with USN-6986-1 between them', () => {
  const ubuntu = BASE_IMAGES.find(({ name }) => name === 'ubuntu-24.04')!;
  const image = (serial: string) =>
    aRelease('ubuntu-24.04', `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-${serial}`);
  const comparison: Comparison = {
    base: ubuntu,
    architecture: 'x86_64',
    from: image('20240821'),
    to: image('20240910'),
  };
  const manifest = (openssl: string, abi: number, snap: number) =>
    parseUbuntuManifest(
      [
        'adduser\t3.137ubuntu1',
        `libssl3t64:amd64\t${openssl}`,
        `linux-image-6.8.0-${abi}-generic\t6.8.0-${abi}.${abi}`,
        `linux-image-virtual\t6.8.0-${abi}.${abi}`,
        'linux-base\t4.5ubuntu9',
        `openssl\t${openssl}`,
        `snap:core22\tlatest/stable\t${snap}`,
      ].join('\n'),
    );
  const from = manifest('3.0.13-0ubuntu3.3', 40, 1564);
  const to = manifest('3.0.13-0ubuntu3.4', 44, 1621);
  const notices = (...records: unknown[]) =>
    records
      .map((record) => osvAdvisory(record, ubuntu.ecosystems ?? []))
      .filter((advisory) => advisory !== null);

  test('the notice, its CVE and priority, exactly', () => {
    const result = assess(
      comparison,
      ubuntuFindings(comparison, { ...quiet, from, to, advisories: notices(USN_6986_1) }),
    );
    expect(result).toMatchObject({
      type: 'security',
      level: 'medium',
      confidence: 'exact',
      cves: ['CVE-2024-6119'],
      packages: [
        { name: 'libssl3t64', before: '3.0.13-0ubuntu3.3', after: '3.0.13-0ubuntu3.4' },
        { name: 'openssl', before: '3.0.13-0ubuntu3.3', after: '3.0.13-0ubuntu3.4' },
        { name: 'snap:core22', before: '1564', after: '1621' },
      ],
      changelogUrl: 'https://cloud-images.ubuntu.com/releases/noble/release-20240910/',
    });
    expect(result.advisories.map(({ id, packages, by }) => [id, packages, by])).toEqual([
      ['USN-6986-1', ['libssl3t64', 'openssl'], 'version'],
    ]);
  });

  test('the kernel on AWS goes by dates and says so; the generic one of the manifests does not count', () => {
    const between = aKernelNotice('USN-7003-1', '2024-09-05T10:00:00Z', 'high');
    const before = aKernelNotice('USN-6949-1', '2024-08-08T10:00:00Z', 'critical');
    const generic = { ...between, id: 'USN-1-1', affected: between.affected.slice(0, 1) };
    const findings = ubuntuFindings(comparison, {
      ...quiet,
      from,
      to,
      advisories: notices(USN_6986_1, between, before, generic),
    });
    const result = assess(comparison, findings);
    expect(result).toMatchObject({
      type: 'security',
      level: 'high',
      confidence: 'inferred',
      cves: ['CVE-2024-6119', 'CVE-2024-41009'],
    });
    expect(result.advisories.map(({ id }) => id)).toEqual(['USN-6986-1', 'USN-7003-1']);
  });

  test('without a manifest it is unknown, or inferred from our last build', () => {
    const data = { ...quiet, from: null, to, advisories: notices(USN_6986_1) };
    expect(assess(comparison, ubuntuFindings(comparison, data))).toMatchObject({
      type: 'unknown',
      level: 'unknown',
      confidence: 'unknown',
      because: ['what the image changes is not known', 'the manifest of 20240821 is missing'],
    });
    const known = { ...comparison, known: aWholeList(...from) };
    expect(assess(known, ubuntuFindings(known, data))).toMatchObject({
      type: 'security',
      level: 'medium',
      confidence: 'inferred',
    });
  });
});

describe('the distributions without package lists', () => {
  const rocky = BASE_IMAGES.find(({ name }) => name === 'rocky-9')!;
  const image = (date: string) => aRelease('rocky-9', `Rocky-9-EC2-Base-9.4-${date}.0.x86_64`);
  const comparison: Comparison = {
    base: rocky,
    architecture: 'x86_64',
    from: image('20240523'),
    to: image('20240619'),
    known: aWholeList({ name: 'ruby', version: '3.3.0-1.module+el9.4.0+1' }),
  };
  const advisories = [osvAdvisory(RLSA_2024_3671, rocky.ecosystems ?? [])].filter(
    (advisory) => advisory !== null,
  );

  test('what is open in our last build and was published in between, inferred', () => {
    const result = assess(comparison, inferredFindings(comparison, { ...quiet, advisories }));
    expect(result).toMatchObject({ type: 'security', level: 'medium', confidence: 'inferred', packages: [] });
  });

  test('also where the next point release was made before the last image of the one before', () => {
    const to = aRelease('rocky-9', 'Rocky-9-EC2-Base-9.5-20240601.0.x86_64');
    const next = { ...comparison, from: image('20240619'), to };
    expect(assess(next, inferredFindings(next, { ...quiet, advisories }))).toMatchObject({
      type: 'security',
      level: 'medium',
      confidence: 'inferred',
    });
  });

  test('without a build of ours, or without a feed, it is unknown', () => {
    const { known, ...unbuilt } = comparison;
    expect(known).toHaveLength(aWholeList().length + 1);
    expect(assess(unbuilt, inferredFindings(unbuilt, { ...quiet, advisories }))).toMatchObject({
      type: 'unknown',
      level: 'unknown',
    });
    expect(assess(comparison, inferredFindings(comparison, { ...quiet, advisories: null }))).toMatchObject({
      type: 'unknown',
      level: 'unknown',
    });
  });
});

describe('Amazon Linux', () => {
  const page = (release: string, ...packages: string[]) =>
    [
      release,
      parseReleaseNotes(
        releaseNotesMarkdown({
          release,
          imageUpdates: { 'Default Kernel 6.1 AMI': [...packages, `system-release-${release}-1.amzn2023`] },
        }),
        release,
      ),
    ] as const;
  const releases = ['2023.10.20260105', '2023.10.20260120'];
  const data = {
    ...quiet,
    releases,
    notes: new Map([
      page(releases[0]!, 'libxml2-2.10.4-1.amzn2023.0.14'),
      page(releases[1]!, 'libxml2-2.10.4-1.amzn2023.0.15', 'bash-5.2.15-1.amzn2023'),
    ]),
    advisories: [anAdvisory()],
  };

  test('the version before is that of the last release that listed the package', () => {
    expect(amazonFindings(aComparison(), data).changes).toEqual([
      { name: 'bash', firstNew: '5.2.15-1.amzn2023', after: '5.2.15-1.amzn2023' },
      { name: 'libxml2', before: '2.10.4-1.amzn2023.0.14', after: '2.10.4-1.amzn2023.0.15' },
    ]);
  });

  describe('where no release before listed the package, our last build tells, which a template may have changed', () => {
    const alone = { ...data, notes: new Map([page(releases[1]!, 'libxml2-2.10.4-1.amzn2023.0.15')]) };
    const built = (...packages: { name: string; version: string }[]) => {
      const comparison = aComparison({ known: aWholeList(...packages) });
      const found = amazonFindings(comparison, alone);
      return { changes: found.changes, ...assess(comparison, found) };
    };

    test('an older version than the first since is that of the base: inferred', () => {
      expect(built({ name: 'libxml2', version: '2.10.4-1.amzn2023.0.14' })).toMatchObject({
        changes: [{ name: 'libxml2', before: '2.10.4-1.amzn2023.0.14', after: '2.10.4-1.amzn2023.0.15' }],
        ...{ type: 'security', level: 'high', confidence: 'inferred' },
      });
    });

    test.each([
      ['one that a template had upgraded', [{ name: 'libxml2', version: '2.10.4-1.amzn2023.0.15' }]],
      ['one that a template had removed', []],
    ])('%s hides nothing that the base fixes for all', (_, packages) => {
      expect(built(...packages)).toMatchObject({
        changes: [{ name: 'libxml2', firstNew: '2.10.4-1.amzn2023.0.15', after: '2.10.4-1.amzn2023.0.15' }],
        ...{ type: 'security', level: 'high' },
      });
    });

    test('what the release notes tell goes before it', () => {
      const known = aWholeList({ name: 'libxml2', version: '2.10.4-1.amzn2023.0.13' });
      expect(amazonFindings(aComparison({ known }), data).changes).toContainEqual({
        ...{ name: 'libxml2', before: '2.10.4-1.amzn2023.0.14', after: '2.10.4-1.amzn2023.0.15' },
      });
    });

    test('a list without epochs has them all the same', () => {
      const kernel = page(releases[1]!, 'vim-2:9.1.100-1.amzn2023');
      const known = [
        ...aWholeList().filter(({ version }) => !/^[1-9]/.test(version)),
        ...Array.from({ length: 120 }, (_, n) => ({ name: `p${n}`, version: '1-1' })),
        { name: 'vim', version: '9.1.50-1.amzn2023' },
      ];
      const old = anAdvisory({
        id: 'ALAS2023-2024-1',
        fixes: [{ name: 'vim', version: '2:9.1.20-1.amzn2023' }],
      });
      const comparison = aComparison({ known });
      const found = amazonFindings(comparison, { ...data, notes: new Map([kernel]), advisories: [old] });
      expect(found.changes).toEqual([
        { name: 'vim', before: '2:9.1.50-1.amzn2023', after: '2:9.1.100-1.amzn2023' },
      ]);
      expect(assess(comparison, found)).toMatchObject({ type: 'maintenance', level: 'none' });
    });
  });

  test('a missing page is inferred from our last build, if there is one', () => {
    const late = { ...data, notes: new Map([page(releases[0]!)]) };
    expect(assess(aComparison(), amazonFindings(aComparison(), late))).toMatchObject({
      type: 'unknown',
      confidence: 'unknown',
    });
    const built = aComparison({
      known: aWholeList({ name: 'libxml2', version: '2.10.4-1.amzn2023.0.14' }),
    });
    expect(assess(built, amazonFindings(built, late))).toMatchObject({
      type: 'security',
      level: 'high',
      confidence: 'inferred',
      because: ['1 advisory is fixed', 'the release notes of 2023.10.20260120 are missing'],
    });
  });

  test('without the list of releases something may lie in between', () => {
    expect(amazonFindings(aComparison(), { ...data, releases: null }).gaps).toEqual([
      'the list of releases did not answer',
    ]);
  });

  test('another kernel: its lists do not join', () => {
    const comparison = aComparison({ to: al2023('2023.10.20260120', '6.12') });
    const result = assess(comparison, amazonFindings(comparison, { ...data, advisories: [] }));
    expect(result).toMatchObject({ type: 'feature', level: 'unknown', confidence: 'unknown' });
  });

  test('two builds of one release have the same packages, as far as is known', () => {
    const again = aRelease('amazon-linux-2023', 'al2023-ami-2023.10.20260105.4-kernel-6.1-x86_64');
    const comparison = aComparison({ to: again });
    expect(assess(comparison, amazonFindings(comparison, data))).toMatchObject({
      type: 'maintenance',
      level: 'none',
      confidence: 'inferred',
    });
  });

  test('a release upstream does not list yet is read from its page', () => {
    expect(amazonFindings(aComparison(), { ...data, releases: [releases[0]!] }).changes).toHaveLength(2);
  });

  test('a section with rows that are no packages does not count as read', () => {
    const odd = page(releases[1]!, 'libxml2-2.10.4-1.amzn2023.0.15', 'and others');
    expect(sectionOf(odd[1], { flavour: 'default', kernel: '6.1' })).toBe(
      'the release notes of 2023.10.20260120 have no section for the default kernel 6.1 image',
    );
  });

  test("no page of an image names its release's day wrongly", () => {
    expect(dayOf(al2023('2023.10.20260120'))).toBe(Date.parse('2026-01-20T00:00:00Z'));
    expect(dayOf({ name: 'ami-1', date: '00000000', build: '', readFrom: 'creation-date' })).toBe(0);
  });
});
