import { describe, expect, test } from 'vitest';
import { highestLevel, knownLevel, sortCves } from '../../../src/core/evidence/advisory.ts';
import { cvss3Score, cvssLevel } from '../../../src/core/evidence/cvss.ts';
import { raiseExploited } from '../../../src/core/evidence/exploited.ts';
import { severityLevel } from '../../../src/core/evidence/severity.ts';

describe('severity words', () => {
  test.each([
    ['alas', 'Important', 'high'],
    ['alas', 'important', 'high'],
    ['alas', 'Critical', 'critical'],
    ['alas', 'medium', 'medium'],
    ['alas', 'Low', 'low'],
    ['alas', 'moderate', 'unknown'],
    ['redHat', 'Critical', 'critical'],
    ['redHat', 'Important', 'high'],
    ['redHat', 'Moderate', 'medium'],
    ['redHat', 'Low', 'low'],
    ['ubuntu', 'critical', 'critical'],
    ['ubuntu', 'high', 'high'],
    ['ubuntu', 'negligible', 'low'],
    ['ubuntu', 'untriaged', 'unknown'],
    ['inspector', 'INFORMATIONAL', 'none'],
    ['inspector', 'UNTRIAGED', 'unknown'],
    ['inspector', undefined, 'unknown'],
    ['alas', 'constructor', 'unknown'],
  ] as const)('%s: %s is %s', (vendor, word, level) => {
    expect(severityLevel(vendor, word)).toBe(level);
  });
});

describe('CVSS 3 base scores', () => {
  test.each([
    // All 2,592 vectors agree with the Python library cvss 3.x; these are some of them.
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', 7.5],
    ['CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:H', 6.6],
    ['CVSS:3.1/AV:L/AC:L/PR:L/UI:R/S:U/C:H/I:H/A:H', 7.3],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
    ['CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4],
    ['CVSS:3.0/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L', 4.2],
    ['CVSS:3.1/AV:P/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N', 1.7],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O', 9.8],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', null],
    ['AV:N/AC:L/Au:N/C:P/I:P/A:P', null],
    ['CVSS:3.1/AV:N', null],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X', null],
    ['', null],
  ])('%s: %s', (vector, score) => {
    expect(cvss3Score(vector)).toBe(score);
  });

  test.each([
    [10, 'critical'],
    [9, 'critical'],
    [8.9, 'high'],
    [7, 'high'],
    [6.9, 'medium'],
    [4, 'medium'],
    [3.9, 'low'],
    [0.1, 'low'],
    [0, 'none'],
    [null, 'unknown'],
  ])('%s is %s', (score, level) => {
    expect(cvssLevel(score)).toBe(level);
  });
});

describe('levels together', () => {
  test.each([
    [[], 'none'],
    [['low', 'medium'], 'medium'],
    [['low', 'unknown'], 'unknown'],
    [['medium', 'unknown'], 'unknown'],
    [['unknown', 'high'], 'high'],
    [['critical', 'unknown'], 'critical'],
  ] as const)('of %j the most urgent is %s', (levels, highest) => {
    expect(highestLevel(levels)).toBe(highest);
  });

  test('of two statements about one thing a known one counts', () => {
    expect(knownLevel('unknown', 'low')).toBe('low');
    expect(knownLevel('high', 'medium')).toBe('high');
  });

  test('known exploitation raises to critical', () => {
    const exploited = new Set(['CVE-2024-1']);
    expect(raiseExploited({ level: 'low', cves: ['CVE-2024-2', 'CVE-2024-1'] }, exploited)).toEqual({
      level: 'critical',
      exploited: ['CVE-2024-1'],
    });
    expect(raiseExploited({ level: 'low', cves: ['CVE-2024-2'] }, exploited)).toEqual({
      level: 'low',
      exploited: [],
    });
  });

  test('CVE ids sort by year and number', () => {
    expect(sortCves(['CVE-2024-10000', 'CVE-2024-9999', 'CVE-2023-1', 'CVE-2023-1'])).toEqual([
      'CVE-2023-1',
      'CVE-2024-9999',
      'CVE-2024-10000',
    ]);
  });
});
