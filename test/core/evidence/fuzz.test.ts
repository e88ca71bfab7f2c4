import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BASE_FAMILIES } from '../../../src/core/base-images/trackedBaseImage.ts';
import { compareReleases } from '../../../src/core/base-images/imageRelease.ts';
import { releaseOf } from '../../../src/core/base-images/releaseOf.ts';
import { cvss3Score } from '../../../src/core/evidence/cvss.ts';
import { parseAl2Releases } from '../../../src/core/evidence/feeds/al2Releases.ts';
import { alasRssParser } from '../../../src/core/evidence/feeds/alasRss.ts';
import type { ChunkParser } from '../../../src/core/evidence/feeds/chunkParser.ts';
import { parseFeedDate } from '../../../src/core/evidence/feeds/feedDates.ts';
import { FeedError } from '../../../src/core/evidence/feeds/feedError.ts';
import { parseKev } from '../../../src/core/evidence/feeds/kev.ts';
import { parseMirrorList } from '../../../src/core/evidence/feeds/mirrorList.ts';
import { parseOsvAdvisory } from '../../../src/core/evidence/feeds/osv.ts';
import { parseOsvBatch } from '../../../src/core/evidence/feeds/osvQuery.ts';
import { releasemdParser } from '../../../src/core/evidence/feeds/releasemd.ts';
import { parseReleaseNotes } from '../../../src/core/evidence/feeds/releaseNotes.ts';
import { repomdParser } from '../../../src/core/evidence/feeds/repomd.ts';
import { findUbuntuImages } from '../../../src/core/evidence/feeds/simplestreams.ts';
import { parseUbuntuManifest } from '../../../src/core/evidence/feeds/ubuntuManifest.ts';
import { updateinfoParser } from '../../../src/core/evidence/feeds/updateinfo.ts';
import { usnArchiveParser } from '../../../src/core/evidence/feeds/usnArchive.ts';
import { xzDecoder } from '../../../src/core/evidence/feeds/xz/xzDecoder.ts';
import { compareDpkg } from '../../../src/core/evidence/versions/dpkgVersion.ts';
import { parseNamedVersion } from '../../../src/core/evidence/versions/nevra.ts';
import { compareEvr } from '../../../src/core/evidence/versions/rpmVersion.ts';
import {
  alas2023,
  releasemdXml,
  releaseNotesHtml,
  releaseNotesMarkdown,
  repomdXml,
  rssItem,
  rssXml,
  updateinfoXml,
} from './amazonFeeds.ts';
import { RHSA_2026_76750, SUSE_SU, USN_6986_1 } from './feeds/osvRecords.ts';
import { tarOf } from './feeds/tarOf.ts';
import { storedXz } from './feeds/xz/storedXz.ts';
import { xzFixture } from './feeds/xz/xzFixture.ts';
import { numbers } from '../numbers.ts';
import { spoil, SPLINTERS } from '../spoil.ts';

/** Cuts a text at a place that depends on it, so that a failure can be repeated from its text alone. */
const inChunks =
  <T>(make: () => ChunkParser<T>) =>
  (text: string): unknown => {
    const parser = make();
    const cut = (text.length * 7) % (text.length + 1);
    parser.write(text.slice(0, cut));
    parser.write(text.slice(cut));
    return parser.end();
  };

const updateinfo = inChunks(() => {
  const kept: unknown[] = [];
  const parser = updateinfoParser('amazon-linux-2023', (advisory) => kept.push(advisory));
  return { write: parser.write, end: () => [parser.end(), kept] };
});

const queries = [{ package: { ecosystem: 'Debian:12', name: 'openssl' }, version: '3.0.11-1' }];
const facts = {
  release: '2023.10.20260120',
  imageUpdates: { 'Default Kernel 6.1 AMI': ['kernel-1:6.1.159-182.297.amzn2023', 'tzdata-2025c-1'] },
};
const simplestreams = {
  products: {
    'com.ubuntu.cloud:server:24.04:amd64': {
      arch: 'amd64',
      version: '24.04',
      versions: { '20240910': { items: { a: { id: 'ami-1', crsn: 'us-east-1' } } } },
    },
  },
};
const someAdvisories = alas2023()
  .filter(({ packages }) => packages !== undefined && packages.length < 6)
  .slice(0, 3);

/** Each parser with valid inputs to be spoiled. */
const PARSERS: Readonly<Record<string, { read: (text: string) => unknown; valid: readonly string[] }>> = {
  'updateinfo.xml': { read: updateinfo, valid: [updateinfoXml(someAdvisories)] },
  'alas.rss': {
    read: inChunks(() => alasRssParser('amazon-linux-2023')),
    valid: [
      rssXml([
        rssItem('ALAS2023-2026-1695 (important): kernel6.12', ['CVE-2026-22986'], '2026-05-08T18:03:00Z'),
      ]),
    ],
  },
  'releasemd.xml': {
    read: inChunks(releasemdParser),
    valid: [releasemdXml(['2023.10.20260120', '2023.9.20251208'])],
  },
  'repomd.xml': {
    read: inChunks(repomdParser),
    valid: [repomdXml({ href: 'repodata/u.xml.gz', sha256: 'ab'.repeat(32), size: 1, openSize: 2 })],
  },
  'release notes': {
    read: (text) => parseReleaseNotes(text, facts.release),
    valid: [releaseNotesMarkdown(facts), releaseNotesHtml(facts)],
  },
  'mirror.list': {
    read: (text) => parseMirrorList(text, 'https://mirror.example/a'),
    valid: ['https://cdn.amazonlinux.com/al2023/core/guids/46ff/x86_64/'],
  },
  'al2 releases': {
    read: parseAl2Releases,
    valid: [
      '| [Updated packages](https://docs.aws.amazon.com/AL2/latest/relnotes/relnotes-20260711.html) |  Amazon Linux 2 2.0.20260709.1 includes updated packages for this release. | July 11, 2026 |',
    ],
  },
  'archive of notices': {
    read: (text) => {
      const parser = usnArchiveParser(['Ubuntu:24.04:LTS'], 0);
      const bytes = Buffer.from(text, 'latin1');
      const cut = (bytes.length * 7) % (bytes.length + 1);
      parser.write(bytes.subarray(0, cut));
      parser.write(bytes.subarray(cut));
      return parser.end();
    },
    valid: [
      tarOf([['osv/usn/USN-6986-1.json', JSON.stringify({ ...USN_6986_1, affected: [] })]]).toString(
        'latin1',
      ),
    ],
  },
  'xz file': {
    read: (text) => {
      let unpacked = '';
      const decoder = xzDecoder((piece) => (unpacked += Buffer.from(piece).toString('latin1')));
      decoder.write(Buffer.from(text, 'latin1'));
      decoder.end();
      return unpacked;
    },
    valid: [xzFixture('small').toString('latin1'), storedXz(Buffer.from('short')).toString('latin1')],
  },
  manifest: {
    read: parseUbuntuManifest,
    valid: ['adduser\t3.137ubuntu1\nlibc6:amd64\t2.39-0ubuntu8.3\nsnap:core22\tlatest/stable\t1621\n'],
  },
  KEV: {
    read: parseKev,
    valid: [JSON.stringify({ count: 1, vulnerabilities: [{ cveID: 'CVE-2024-53104' }] })],
  },
  OSV: {
    read: (text) =>
      parseOsvAdvisory(text, [
        'Ubuntu:24.04:LTS',
        'Red Hat:enterprise_linux:9::appstream',
        'SUSE:Linux Enterprise Module for Basesystem 15 SP6',
      ]),
    valid: [USN_6986_1, RHSA_2026_76750, SUSE_SU].map((record) => JSON.stringify(record)),
  },
  'OSV.dev batch': {
    read: (text) => parseOsvBatch(text, queries),
    valid: [JSON.stringify({ results: [{ vulns: [{ id: 'DSA-1' }], next_page_token: 't' }] })],
  },
  simplestreams: {
    read: (text) => findUbuntuImages(text, new Set(['ami-1'])),
    valid: [JSON.stringify(simplestreams)],
  },
  'image name': {
    read: (name) =>
      BASE_FAMILIES.map((family) => releaseOf(family, { imageId: 'ami-1', name })).sort(compareReleases),
    valid: [
      'al2023-ami-minimal-2023.10.20260120.4-kernel-6.1-x86_64',
      'amzn2-ami-kernel-5.10-hvm-2.0.20260629.0-x86_64-gp2',
      'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20240927.1',
      'RHEL-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3',
      'amazon-eks-node-al2023-x86_64-standard-1.33-v20260120',
      'Windows_Server-2022-English-Full-Base-2026.01.14',
    ],
  },
  version: {
    read: (text) => {
      const half = Math.floor(text.length / 2);
      const [a, b] = [text.slice(0, half), text.slice(half)];
      return [
        compareEvr(a, b),
        compareDpkg(a, b),
        parseNamedVersion(text) ?? null,
        parseFeedDate(text) ?? null,
        cvss3Score(text),
      ];
    },
    valid: [
      'kernel-1:6.1.159-182.297.amzn2023',
      '3.0.13-0ubuntu3.3~rc1^git1',
      'Tue, 07 Mar 2023 00:29:00 GMT',
      '2023-02-17 20:41:00',
      'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
    ],
  },
};

const SPOILT_EACH = 8_000;
const RANDOM_EACH = 500;
const ALL = Object.keys(PARSERS).length * (SPOILT_EACH + RANDOM_EACH);
/** An input this small takes well under a millisecond; on a busy machine some wait. */
const LONGEST_MS = 2_000;

let inputs = 0;
let slowest = 0;

function tryInput(name: string, read: (text: string) => unknown, text: string): void {
  inputs += 1;
  const start = performance.now();
  try {
    const result = read(text);
    // What is read is never much more than what was given: nothing expands.
    if (JSON.stringify(result, jsonMaps).length > 20_000 + 40 * text.length) throw new Error('read too much');
  } catch (error) {
    if (!(error instanceof FeedError))
      throw new Error(`${name} failed on ${JSON.stringify(text)}`, { cause: error });
  }
  slowest = Math.max(slowest, performance.now() - start);
}

const jsonMaps = (_: string, value: unknown): unknown =>
  value instanceof Map || value instanceof Set ? [...value] : value;

describe('no input makes a parser crash, hang or blow up', () => {
  test.each(Object.entries(PARSERS))('%s: valid inputs are read', (_, { read, valid }) => {
    for (const text of valid) expect(() => read(text)).not.toThrow();
  });

  test.each(Object.entries(PARSERS))(
    `%s: ${SPOILT_EACH} spoilt inputs`,
    { timeout: 60_000 },
    (name, { read, valid }) => {
      const next = numbers(name.length * 7_919);
      for (let count = 0; count < SPOILT_EACH; count += 1)
        tryInput(name, read, spoil(valid[count % valid.length] ?? '', next));
    },
  );

  test.each(Object.entries(PARSERS))(
    `%s: ${RANDOM_EACH} inputs of any text`,
    { timeout: 60_000 },
    (name, { read }) => {
      const anything = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        fc.string({ unit: fc.constantFrom(...SPLINTERS, 'a', '1', '.') }),
      );
      fc.assert(
        fc.property(anything, (text) => tryInput(name, read, text)),
        { numRuns: RANDOM_EACH },
      );
    },
  );

  test(`these were ${ALL} inputs, and none took long`, () => {
    expect(ALL).toBeGreaterThanOrEqual(100_000);
    expect(inputs).toBe(ALL);
    expect(slowest).toBeLessThan(LONGEST_MS);
  });
});

describe('large hostile inputs end soon', () => {
  const million = 1_000_000;
  test.each<[string, string, string]>([
    ['updateinfo.xml', 'opened and never closed', '<updates>' + '<update>'.repeat(million / 10)],
    ['updateinfo.xml', 'an endless tag', '<updates ' + 'a="b" '.repeat(million / 6)],
    ['updateinfo.xml', 'nothing but ampersands', `<updates>${'&'.repeat(million)}`],
    ['updateinfo.xml', 'an endless comment', `<updates><!--${'-'.repeat(million)}`],
    [
      'alas.rss',
      'a title without end',
      `<rss><channel><item><title>${'a '.repeat(million / 2)}</title></item></channel></rss>`,
    ],
    ['release notes', 'scripts never closed', '<html>' + '<script>'.repeat(million / 8)],
    ['release notes', 'tags never closed', '<html><h1>' + '<a '.repeat(million / 3)],
    ['release notes', 'one long row', `# x release notes\n|${'a|'.repeat(million / 2)}`],
    ['manifest', 'one long line', 'a'.repeat(million)],
    ['KEV', 'deep arrays', '['.repeat(million)],
    ['image name', 'a long name', 'ubuntu-'.repeat(million / 7)],
    ['version', 'dots', '1.'.repeat(million / 2)],
  ])('%s: %s', { timeout: 20_000 }, (name, _, text) => {
    const start = performance.now();
    const parser = PARSERS[name];
    try {
      parser?.read(text);
    } catch (error) {
      expect(error).toBeInstanceOf(FeedError);
    }
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
