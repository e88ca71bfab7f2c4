import { describe, expect, test } from 'vitest';
import { FeedError } from '../../../../src/core/evidence/feeds/feedError.ts';
import { tarParser } from '../../../../src/core/evidence/feeds/tarParser.ts';
import { usnArchiveParser } from '../../../../src/core/evidence/feeds/usnArchive.ts';
import { aKernelNotice, USN_6986_1 } from './osvRecords.ts';
import { TAR_END, tarEntry, tarOf } from './tarOf.ts';

function filesOf(archive: Buffer, wants: (name: string) => boolean = () => true, pieces = 700) {
  const files: [string, string][] = [];
  const onFile = (name: string, content: Uint8Array) => files.push([name, Buffer.from(content).toString()]);
  const parser = tarParser({ wants, onFile });
  for (let at = 0; at < archive.length; at += pieces) parser.write(archive.subarray(at, at + pieces));
  return { files, count: parser.end() };
}

describe('a tar archive', () => {
  const long = `osv/${'deep/'.repeat(25)}file.json`;
  const archive = Buffer.concat([
    tarEntry('osv/', '', '5'),
    tarEntry('PaxHeader', '30 mtime=1768900000.5\n', 'x'),
    tarEntry('osv/a.json', '{"a":1}'),
    tarEntry('osv/empty.json', ''),
    tarEntry('osv/b.json', 'x'.repeat(1_024)),
    tarEntry(long, 'y'),
    TAR_END,
    Buffer.from('padding of the last record'),
  ]);

  test.each([1, 511, 512, 513, 100_000])('is read in pieces of %i bytes', (pieces) => {
    expect(filesOf(archive, undefined, pieces)).toEqual({
      files: [
        ['osv/a.json', '{"a":1}'],
        ['osv/b.json', 'x'.repeat(1_024)],
        [long, 'y'],
      ],
      count: 4,
    });
  });

  test('passes over what nobody wants', () => {
    expect(filesOf(archive, (name) => name.includes('b.json')).files).toEqual([
      ['osv/b.json', 'x'.repeat(1_024)],
    ]);
  });

  const fault = (file: Buffer) => {
    try {
      filesOf(file);
    } catch (error) {
      return error instanceof FeedError ? error.fault : error;
    }
    return 'none';
  };

  test.each([
    ['nothing', Buffer.alloc(0), 'truncated'],
    ['cut off', archive.subarray(0, 3_000), 'truncated'],
    ['HTML', Buffer.from('<html>'.padEnd(1_024)), 'malformed'],
    ['a header that was changed', Buffer.concat([Buffer.from('X'), archive.subarray(1)]), 'malformed'],
    ['a file larger than any', tarEntry('a', Buffer.alloc(0)).fill('7', 124, 135), 'malformed'],
  ])('%s is refused', (_, file, expected) => {
    expect(fault(file)).toBe(expected);
  });
});

describe("Canonical's archive", () => {
  const since = Date.parse('2024-08-01T00:00:00Z');
  const read = (files: readonly (readonly [string, string])[]) => {
    const parser = usnArchiveParser(['Ubuntu:24.04:LTS', 'Ubuntu:22.04:LTS'], since);
    parser.write(tarOf(files));
    return parser.end();
  };
  const notice = (record: { id: string }) => [`osv/usn/${record.id}.json`, JSON.stringify(record)] as const;

  test('gives the notices since a time, by ecosystem, and the newest of all', () => {
    const old = { ...USN_6986_1, id: 'USN-6000-1', published: '2023-04-01T00:00:00Z' };
    const kernel = aKernelNotice('USN-7000-1', '2024-09-11T10:00:00Z', 'high');
    const { advisories, newest, unread } = read([
      ['osv/cve/2024/UBUNTU-CVE-2024-6119.json', '{broken'],
      notice(old),
      notice(USN_6986_1),
      notice(kernel),
      ['osv/lsn/LSN-0100-1.json', '{broken'],
    ]);
    expect(advisories['Ubuntu:24.04:LTS']?.map(({ id }) => id)).toEqual(['USN-6986-1', 'USN-7000-1']);
    expect(advisories['Ubuntu:22.04:LTS']?.map(({ id, fixes }) => [id, fixes[0]?.version])).toEqual([
      ['USN-6986-1', '3.0.2-0ubuntu1.18'],
    ]);
    expect([newest, unread]).toEqual([Date.parse('2024-09-11T10:00:00Z'), 0]);
  });

  test('an older notice is not even parsed, one that cannot be read is counted', () => {
    expect(
      read([
        ['osv/usn/USN-1-1.json', '{"published": "2020-01-01T00:00:00Z", broken'],
        ['osv/usn/USN-2-1.json', '{"published": "2024-09-01T00:00:00Z", broken'],
        ['osv/usn/USN-3-1.json', '{"published": "2024-09-01T00:00:00Z", "id": 7}'],
        ['osv/usn/USN-4-1.json', 'null'],
      ]).unread,
    ).toBe(3);
  });

  test('an archive without a notice is another one', () => {
    expect(() => read([['vex/a.json', '{}']])).toThrow('The archive has 1 files and no notice.');
  });
});
