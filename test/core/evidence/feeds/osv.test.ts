import { describe, expect, test } from 'vitest';
import { osvAdvisory, parseOsvAdvisory } from '../../../../src/core/evidence/feeds/osv.ts';
import { osvBatches, osvQueries, parseOsvBatch } from '../../../../src/core/evidence/feeds/osvQuery.ts';
import {
  ALSA_2024_2433,
  DSA_5532_1,
  RHSA_2026_76750,
  RLSA_2024_3671,
  SUSE_SU,
  USN_6986_1,
} from './osvRecords.ts';

describe('an OSV record', () => {
  test("Canonical's: priority instead of score, binaries of the right release, ids from upstream and cves_map", () => {
    expect(osvAdvisory(USN_6986_1, ['Ubuntu:24.04:LTS'])).toEqual({
      id: 'USN-6986-1',
      level: 'medium',
      cves: ['CVE-2024-6119'],
      published: Date.parse('2024-09-03T14:33:38Z'),
      fixes: [
        { name: 'libssl3t64', version: '3.0.13-0ubuntu3.4' },
        { name: 'openssl', version: '3.0.13-0ubuntu3.4' },
      ],
      about: ['openssl'],
      feeds: ['osv'],
      url: 'https://ubuntu.com/security/notices/USN-6986-1',
    });
  });

  test("Rocky's: the grade of the summary", () => {
    expect(osvAdvisory(RLSA_2024_3671, ['Rocky Linux:9'])).toMatchObject({
      level: 'medium',
      cves: ['CVE-2024-27280', 'CVE-2024-27281', 'CVE-2024-27282'],
      published: Date.parse('2024-06-14T14:00:40Z'),
      fixes: [{ name: 'ruby', version: '0:3.3.1-2.module+el9.4.0+20787+4c237fd3', of: 'source' }],
    });
  });

  test("Alma's: binary packages", () => {
    expect(osvAdvisory(ALSA_2024_2433, ['AlmaLinux:9'])?.fixes.map(({ name }) => name)).toEqual([
      'avahi',
      'avahi-libs',
    ]);
  });

  test("Red Hat's: only the asked product's versions", () => {
    const ecosystems = ['Red Hat:enterprise_linux:9::baseos', 'Red Hat:enterprise_linux:9::appstream'];
    expect(osvAdvisory(RHSA_2026_76750, ecosystems)).toMatchObject({
      level: 'high',
      cves: ['CVE-2026-9496', 'CVE-2026-19534'],
      fixes: [{ name: 'nodejs', version: '1:22.23.2-2.module+el9.8.0+24958+80b2ac6e', of: 'source' }],
    });
  });

  test("Debian's: the score decides, its urgency is no severity", () => {
    expect(osvAdvisory(DSA_5532_1, ['Debian:12'])).toMatchObject({
      level: 'high',
      fixes: [{ name: 'openssl', version: '3.0.11-1~deb12u2', of: 'source', introduced: '3.0.0-1' }],
    });
  });

  test("SUSE's: binaries by name, no severity known", () => {
    expect(osvAdvisory(SUSE_SU, ['SUSE:Linux Enterprise Module for Basesystem 15 SP6'])).toMatchObject({
      level: 'unknown',
      fixes: [
        { name: 'libopenssl3', version: '3.1.4-150600.5.15.1' },
        { name: 'openssl-3', version: '3.1.4-150600.5.15.1' },
      ],
    });
  });

  test.each([
    ['another release', USN_6986_1, ['Ubuntu:20.04:LTS']],
    ['withdrawn', { ...USN_6986_1, withdrawn: '2024-10-01T00:00:00Z' }, ['Ubuntu:24.04:LTS']],
    ['nothing affected', { id: 'X-1' }, ['Ubuntu:24.04:LTS']],
  ])('%s concerns nobody', (_, record, ecosystems) => {
    expect(osvAdvisory(record, ecosystems)).toBeNull();
  });

  test('what has no fix yet fixes nothing', () => {
    const unfixed = {
      id: 'UBUNTU-CVE-2024-1000',
      severity: [{ type: 'Ubuntu', score: 'high' }],
      affected: [
        {
          package: { ecosystem: 'Ubuntu:24.04:LTS', name: 'curl' },
          ranges: [
            { type: 'ECOSYSTEM', events: [{ introduced: '0' }] },
            { type: 'GIT', events: [{ fixed: 'abc' }] },
          ],
          ecosystem_specific: { binaries: [{ binary_name: 'curl', binary_version: '8.5.0-2ubuntu10.6' }] },
        },
      ],
    };
    expect(osvAdvisory(unfixed, ['Ubuntu:24.04:LTS'])).toMatchObject({
      level: 'high',
      cves: ['CVE-2024-1000'],
      fixes: [],
    });
  });

  test.each(['', 'null', '[]', '{}', '{"id":1}', '{"id":"X","affected":[{"ranges":7}]}', '<html>'])(
    '%j is refused',
    (text) => {
      expect(() => parseOsvAdvisory(text, ['Debian:12'])).toThrow('The OSV record');
    },
  );
});

describe('OSV.dev', () => {
  const queries = osvQueries(
    [
      { name: 'libssl3', version: '3.0.11-1', source: 'openssl', sourceVersion: '3.0.11-1' },
      { name: 'openssl', version: '3.0.11-1' },
      { name: 'bash', version: '5.2-1' },
    ],
    ['Debian:12'],
  );

  test('is asked about source packages, each once', () => {
    expect(queries.map((query) => [query.package.name, query.version])).toEqual([
      ['openssl', '3.0.11-1'],
      ['bash', '5.2-1'],
    ]);
  });

  test('takes a thousand questions at once', () => {
    const many = osvQueries(
      Array.from({ length: 2_001 }, (_, i) => ({ name: `p${i}`, version: '1' })),
      ['Debian:12'],
    );
    expect(osvBatches(many).map(({ length }) => length)).toEqual([1_000, 1_000, 1]);
  });

  test('answers in the order of the questions; {} means nothing, a token that there is more', () => {
    const answer = {
      results: [
        {
          vulns: [
            { id: 'DSA-1', modified: '2023-10-24T00:00:00Z' },
            { id: 'CVE-2', modified: 'x' },
          ],
          next_page_token: 't',
        },
        {},
      ],
    };
    expect(parseOsvBatch(JSON.stringify(answer), queries)).toEqual({
      ids: ['CVE-2', 'DSA-1'],
      modified: new Map([['DSA-1', Date.parse('2023-10-24T00:00:00Z')]]),
      more: [{ ...queries[0], page_token: 't' }],
    });
    expect(parseOsvBatch('{}', queries)).toEqual({
      ids: [],
      modified: new Map(),
      more: [],
    });
  });

  test.each([
    ['{"results":[{}]}', 'was asked 2 questions and answered 1'],
    ['{"code":3,"message":"too many queries","results":7}', 'has another shape than expected at results'],
    ['upstream connect error', "OSV.dev's answer is no JSON"],
  ])('%j is refused', (text, message) => {
    expect(() => parseOsvBatch(text, queries)).toThrow(message);
  });
});
