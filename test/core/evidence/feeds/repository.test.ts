import { describe, expect, test } from 'vitest';
import { readWhole } from '../../../../src/core/evidence/feeds/chunkParser.ts';
import { parseMirrorList } from '../../../../src/core/evidence/feeds/mirrorList.ts';
import { releaseDate, releasemdParser } from '../../../../src/core/evidence/feeds/releasemd.ts';
import { repomdParser } from '../../../../src/core/evidence/feeds/repomd.ts';
import { releasemdXml, repomdXml } from '../amazonFeeds.ts';

describe('releasemd.xml', () => {
  test('is read though it declares the encoding utf8, and ordered by the date part', () => {
    const document = releasemdXml([
      '2023.10.20260105',
      '2023.9.20251208',
      '2023.9.20251208',
      '2023.0.20230222rc0',
      '2023.9.20251105',
    ]);
    expect(document).toContain("encoding='utf8'");
    expect(readWhole(document, releasemdParser())).toEqual([
      '2023.9.20251105',
      '2023.9.20251208',
      '2023.10.20260105',
    ]);
  });

  test('the answer for what is missing on the CDN (403) is no list', () => {
    const denied =
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
    expect(() => readWhole(denied, releasemdParser())).toThrow('found <Error> where <root> was expected');
    expect(() => readWhole('<root><releases/></root>', releasemdParser())).toThrow('names no release');
  });

  test('releaseDate', () => {
    expect(releaseDate('2023.10.20260105')).toBe('20260105');
    expect(releaseDate('latest')).toBeUndefined();
  });
});

describe('mirror.list', () => {
  const upstream = 'https://cdn.amazonlinux.com/al2023/core/guids/46ff/x86_64/';
  test.each([
    ['one address without a newline', upstream, undefined, [upstream]],
    ['no slash at the end', upstream.slice(0, -1), undefined, [upstream]],
    [
      'several, in lines',
      `${upstream}\r\n\n# second\nhttp://example.org/b\n`,
      undefined,
      [upstream, 'http://example.org/b/'],
    ],
    [
      "one's own mirror takes the place of the host",
      upstream,
      'https://mirror.example/amazon/',
      ['https://mirror.example/amazon/al2023/core/guids/46ff/x86_64/'],
    ],
    [
      'a mirror without a path',
      upstream,
      'http://127.0.0.1:8080',
      ['http://127.0.0.1:8080/al2023/core/guids/46ff/x86_64/'],
    ],
  ])('%s', (_, text, mirror, addresses) => {
    expect(parseMirrorList(text, mirror)).toEqual(addresses);
  });

  test.each([
    ['', 'mirror.list is empty'],
    ['<html></html>', 'which is no http address'],
    ['file:///etc/passwd', 'which is no http address'],
    ['x'.repeat(70_000), 'longer than a list of mirrors can be'],
  ])('%.20j is refused', (text, message) => {
    expect(() => parseMirrorList(text)).toThrow(message);
  });
});

describe('repomd.xml', () => {
  const location = {
    href: 'repodata/updateinfo.xml.gz',
    sha256: 'ab'.repeat(32),
    size: 610_596,
    openSize: 6_402_617,
  };

  test('tells where the updateinfo is, how large, with which sum and how old', () => {
    expect(readWhole(repomdXml(location), repomdParser())).toEqual({
      ...location,
      madeAt: Date.parse('2026-01-20T09:06:40Z'),
    });
  });

  test.each([
    ['<repomd/>', 'names no updateinfo'],
    [repomdXml({ ...location, href: '../../etc/passwd' }), 'names a file outside of the repository'],
    [repomdXml({ ...location, href: 'https://example.org/x' }), 'names a file outside of the repository'],
    [repomdXml(location).slice(0, 300), 'it was cut off'],
  ])('%.20j is refused', (document, message) => {
    expect(() => readWhole(document, repomdParser())).toThrow(message);
  });

  test('a sum of another kind and odd sizes are not used', () => {
    const document = repomdXml(location).replaceAll('sha256', 'md5').replace('610596', 'big');
    const read = readWhole(document, repomdParser());
    expect(read).toMatchObject({ href: location.href, openSize: location.openSize });
    expect([read.sha256, read.size]).toEqual([undefined, undefined]);
  });
});
