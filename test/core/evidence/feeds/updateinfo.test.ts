import { describe, expect, test } from 'vitest';
import type { Advisory } from '../../../../src/core/evidence/advisory.ts';
import { readChunks, readWhole } from '../../../../src/core/evidence/feeds/chunkParser.ts';
import { updateinfoParser } from '../../../../src/core/evidence/feeds/updateinfo.ts';
import { alas2023, updateinfoXml } from '../amazonFeeds.ts';

function read(document: string, wants?: (id: string, names: Iterable<string>) => boolean): Advisory[] {
  const advisories: Advisory[] = [];
  readWhole(
    document,
    updateinfoParser('amazon-linux-2023', (advisory) => advisories.push(advisory), wants),
  );
  return advisories;
}

const update = (inside: string, type = 'security') =>
  `<updates><update type="${type}" status="final"><id>ALAS2023-2026-1</id>${inside}</update></updates>`;

const one = (inside: string, type?: string) => read(update(inside, type))[0];

const fixedPackage = (attributes: string) =>
  `<pkglist><collection short="amazon-linux-2023"><name>Amazon Linux 2023</name><package ${attributes}><filename>x.rpm</filename></package></collection></pkglist>`;

describe('updateinfo', () => {
  test('an advisory as upstream writes it', () => {
    const facts = alas2023().find(({ id }) => id === 'ALAS2023-2025-1128')!;
    expect(read(updateinfoXml([facts]))).toEqual([
      {
        id: 'ALAS2023-2025-1128',
        level: 'low',
        cves: [],
        published: Date.parse(facts.issued!),
        fixes: facts.packages!.map(([name, epoch, version, release]) => ({
          name,
          version: `${epoch === 0 ? '' : `${epoch}:`}${version}-${release}`,
        })),
        about: [],
        feeds: ['updateinfo'],
        url: 'https://alas.aws.amazon.com/AL2023/ALAS2023-2025-1128.html',
      },
    ]);
  });

  test.each([
    ['Important', 'high'],
    ['important', 'high'],
    ['Critical', 'critical'],
    ['Medium', 'medium'],
    [' low ', 'low'],
    ['Severe', 'unknown'],
  ])('severity %s, whatever its case, is %s', (word, level) => {
    expect(one(`<severity>${word}</severity>`)?.level).toBe(level);
  });

  test('no severity is unknown, and an advisory without a CVE is one', () => {
    expect(one('')).toMatchObject({ level: 'unknown', cves: [], fixes: [] });
  });

  test.each([
    ['2026-02-16 09:00', '2026-02-16T09:00:00Z'],
    ['2023-02-17 20:41:00', '2023-02-17T20:41:00Z'],
    ['2023-02-17', '2023-02-17T00:00:00Z'],
    ['17 February', undefined],
  ])('date %s without a zone is UTC', (text, at) => {
    expect(one(`<issued date="${text}"/>`)?.published).toBe(at === undefined ? undefined : Date.parse(at));
  });

  test('CVE ids are taken from references of that type, each once and in order', () => {
    const reference = (id: string, type = 'cve') =>
      `<reference id="${id}" type="${type}" href="x" title=""/>`;
    const ids = ['CVE-2024-10000', 'cve-2024-9999', 'CVE-2023-1', 'CVE-2024-9999'].map((id) => reference(id));
    expect(
      one(`<references>${ids.join('')}${reference('CVE-2020-1111', 'bugzilla')}</references>`)?.cves,
    ).toEqual(['CVE-2024-9999', 'CVE-2024-10000']);
  });

  test.each([
    [
      'name="openssl" version="3.2.2" release="1" epoch="1" arch="x86_64"',
      [{ name: 'openssl', version: '1:3.2.2-1', architectures: ['x86_64'] }],
    ],
    [
      'name="openssl" version="3.2.2" release="1" epoch="0" arch="aarch64"',
      [{ name: 'openssl', version: '3.2.2-1', architectures: ['arm64'] }],
    ],
    ['name="tzdata" version="2025c" release="1" arch="noarch"', [{ name: 'tzdata', version: '2025c-1' }]],
    ['name="openssl-debuginfo" version="3.2.2" release="1" arch="x86_64"', []],
    ['name="openssl-debugsource" version="3.2.2" release="1" arch="x86_64"', []],
    ['name="kernel-debuginfo-common-x86_64" version="6.1" release="1" arch="x86_64"', []],
    // A live patch has a version of its own and is in no image.
    ['name="kernel-livepatch-6.1.159-182.297" version="1.0" release="0" arch="x86_64"', []],
    ['name="openssl" version="3.2.2" release="1" arch="src"', []],
    ['name="openssl" version="" release="1" arch="x86_64"', []],
  ])('package %s', (attributes, fixes) => {
    expect(one(fixedPackage(attributes))?.fixes).toEqual(fixes);
  });

  test('other updates are no advisories', () => {
    expect(one('', 'bugfix')).toBeUndefined();
    expect(read('<updates/>')).toEqual([]);
  });

  test('keeps only what the caller wants, and counts all', async () => {
    const kept: Advisory[] = [];
    const wanted = updateinfoParser(
      'amazon-linux-2023',
      (advisory) => kept.push(advisory),
      (_, names) => [...names].includes('kernel6.12'),
    );
    const document = updateinfoXml(alas2023());
    const chunks = Array.from({ length: Math.ceil(document.length / 1_000) }, (_, i) =>
      document.slice(i * 1_000, (i + 1) * 1_000),
    );
    expect(await readChunks(chunks, wanted)).toBe(65);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.every(({ fixes }) => fixes.some(({ name }) => name === 'kernel6.12'))).toBe(true);
  });
});
