import { describe, expect, test } from 'vitest';
import { parseKev } from '../../../../src/core/evidence/feeds/kev.ts';

const entry = (cveID: string) => ({
  cveID,
  vendorProject: 'Linux',
  product: 'Kernel',
  dateAdded: '2025-02-18',
  dueDate: '2025-03-11',
  knownRansomwareCampaignUse: 'Unknown',
  cwes: ['CWE-416'],
});
const catalogue = (over: object = {}) =>
  JSON.stringify({
    title: 'CISA Catalog of Known Exploited Vulnerabilities',
    catalogVersion: '2025.02.19',
    count: 2,
    vulnerabilities: [entry('CVE-2024-53104'), entry(' cve-2025-0108 ')],
    ...over,
  });

describe('the KEV catalogue', () => {
  test('gives CVE ids', () => {
    expect([...parseKev(catalogue())]).toEqual(['CVE-2024-53104', 'CVE-2025-0108']);
  });

  test.each([
    [catalogue({ vulnerabilities: [] }), 'names no vulnerability'],
    [catalogue({ vulnerabilities: [entry('n/a')] }), 'names no vulnerability'],
    [catalogue({ count: 1_273 }), 'says 1273 entries and has 2'],
    [catalogue().slice(0, 100), 'is no JSON'],
    ['<html>', 'is no JSON'],
    ['null', 'has another shape than expected'],
    [
      catalogue({ vulnerabilities: [{ cve: 1 }] }),
      'has another shape than expected at vulnerabilities.0.cveID',
    ],
  ])('%.30j is refused', (text, message) => {
    expect(() => parseKev(text)).toThrow(message);
  });
});
