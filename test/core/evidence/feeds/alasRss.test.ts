import { describe, expect, test } from 'vitest';
import { uniteFeeds } from '../../../../src/core/evidence/advisory.ts';
import { advisoryId } from '../../../../src/core/evidence/feeds/amazonDistributions.ts';
import { alasRssParser } from '../../../../src/core/evidence/feeds/alasRss.ts';
import { readWhole } from '../../../../src/core/evidence/feeds/chunkParser.ts';
import { parseFeedDate } from '../../../../src/core/evidence/feeds/feedDates.ts';
import { rssItem, rssXml } from '../amazonFeeds.ts';

const read = (...items: string[]) => readWhole(rssXml(items), alasRssParser('amazon-linux-2023'));

describe('the RSS feed', () => {
  test('a new title, with the minute of publication', () => {
    expect(
      read(
        rssItem(
          'ALAS2023-2026-1695 (important): kernel6.12',
          ['CVE-2026-22986', 'CVE-2026-23302'],
          '2026-05-08T18:03:00Z',
        ),
      ),
    ).toEqual([
      {
        id: 'ALAS2023-2026-1695',
        level: 'high',
        cves: ['CVE-2026-22986', 'CVE-2026-23302'],
        published: Date.parse('2026-05-08T18:03:00Z'),
        fixes: [],
        about: ['kernel6.12'],
        feeds: ['rss'],
        url: 'https://alas.aws.amazon.com/AL2023/ALAS2023-2026-1695.html',
      },
    ]);
  });

  test('an old title leaves out the distribution', () => {
    const [advisory] = read(
      rssItem(
        'ALAS-2023-126 (important): device-mapper-multipath',
        ['CVE-2022-3787'],
        '2023-03-07T00:29:00Z',
      ),
    );
    expect(advisory).toMatchObject({ id: 'ALAS2023-2023-126', about: ['device-mapper-multipath'] });
  });

  test('live patches, drivers and what is no advisory are left out', () => {
    expect(
      read(
        rssItem('ALAS2023LIVEPATCH-2026-100 (critical): kernel-livepatch', ['CVE-2026-0001'], '2026-01-20'),
        rssItem('ALAS2023NVIDIA-2026-200 (critical): nvidia-driver', ['CVE-2026-0002'], '2026-01-20'),
        rssItem('Welcome', [], '2026-01-20'),
        '<item></item>',
      ),
    ).toEqual([]);
  });

  test('disagreeing CVE lists are united, and both feeds named', () => {
    const [rss] = read(
      rssItem(
        'ALAS2023-2026-3149 (critical): kernel',
        ['CVE-2026-2', 'CVE-2026-30', 'CVE-2026-1000', 'CVE-2026-4000'],
        '2026-07-10T17:05:00Z',
      ),
    );
    const updateinfo = {
      ...rss!,
      cves: ['CVE-2026-4000'],
      published: 0,
      fixes: [{ name: 'kernel', version: '1:6.1-1' }],
      feeds: ['updateinfo'],
      about: [],
    };
    expect(uniteFeeds([updateinfo], [rss!])).toEqual([
      {
        ...rss,
        cves: ['CVE-2026-1000', 'CVE-2026-4000'],
        fixes: updateinfo.fixes,
        feeds: ['updateinfo', 'rss'],
      },
    ]);
  });
});

test.each([
  ['amazon-linux-2', 'ALAS-2018-1106', 'ALAS2-2018-1106'],
  ['amazon-linux-2', 'ALAS2KERNEL-5.10-2026-115', 'ALAS2KERNEL-5.10-2026-115'],
  // Before 2024 the kernels' ids were without the 2.
  ['amazon-linux-2', 'ALASKERNEL-5.10-2022-018', 'ALAS2KERNEL-5.10-2022-018'],
  ['amazon-linux-2', 'ALAS2KERNEL-5.15-2026-115', undefined],
  ['amazon-linux-2', 'ALASPHP8.1-2026-1', undefined],
  ['amazon-linux-2', 'ALAS2023-2026-1', undefined],
  ['amazon-linux-2023', 'alas2023-2026-1', 'ALAS2023-2026-1'],
] as const)('%s: %s is %s', (distribution, text, id) => {
  expect(advisoryId(distribution, text)).toBe(id);
});

test.each([
  ['Tue, 07 Mar 2023 00:29:00 GMT', '2023-03-07T00:29:00Z'],
  ['7 Mar 2023 00:29', '2023-03-07T00:29:00Z'],
  ['2024-09-03T14:33:38Z', '2024-09-03T14:33:38Z'],
  ['2024-06-14T14:00:40.182624Z', '2024-06-14T14:00:40Z'],
  ['2024-06-14T14:00:40+02:00', '2024-06-14T12:00:40Z'],
  ['2024-06-14T14:00:40+0200', '2024-06-14T12:00:40Z'],
  ['Mon, 19 Jan 2026 09:00:00 -0800', '2026-01-19T17:00:00Z'],
  ['Mon, 19 Jan 2026 09:00:00 +0530', '2026-01-19T03:30:00Z'],
  ['29 Feb 2024 09:00 UT', '2024-02-29T09:00:00Z'],
  ['', undefined],
  ['soon', undefined],
  ['2026-02-30', undefined],
  ['30 Feb 2026 09:00 GMT', undefined],
  ['2026-01-19 09:60', undefined],
  ['Mon, 19 Jan 2026 09:00:00 PST', undefined],
  ['2026-13-45 09:00', undefined],
  ['7 Foo 2023 00:29', undefined],
  ['x'.repeat(100), undefined],
])('date %s is %s', (text, at) => {
  expect(parseFeedDate(text)).toBe(at === undefined ? undefined : Date.parse(at));
});
