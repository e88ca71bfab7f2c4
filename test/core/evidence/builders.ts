import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import { releaseOf } from '../../../src/core/base-images/releaseOf.ts';
import type { Advisory } from '../../../src/core/evidence/advisory.ts';
import type { Comparison } from '../../../src/core/evidence/assessment.ts';
import type { Findings } from '../../../src/core/evidence/assess.ts';
import type { FixedAdvisory } from '../../../src/core/evidence/fixed.ts';
import type { InstalledPackage, Inventory } from '../../../src/core/evidence/inventory.ts';

const PUBLISHED = Date.parse('2026-01-20T18:00:00Z');

export const anAdvisory = (over: Partial<Advisory> = {}): Advisory => ({
  id: 'ALAS2023-2026-1',
  level: 'high',
  cves: ['CVE-2026-1000'],
  published: PUBLISHED,
  fixes: [{ name: 'libxml2', version: '2.10.4-1.amzn2023.0.15' }],
  about: [],
  feeds: ['updateinfo'],
  ...over,
});

export const aFixedAdvisory = (over: Partial<FixedAdvisory> = {}): FixedAdvisory => ({
  id: 'ALAS2023-2026-1',
  level: 'high',
  cves: ['CVE-2026-1000'],
  packages: ['libxml2'],
  by: 'version',
  feeds: ['updateinfo'],
  published: PUBLISHED,
  ...over,
});

/** The release of an image of a base, by the image's name. */
export const aRelease = (base: string, name: string) =>
  releaseOf(BASE_IMAGES.find((one) => one.name === base)!.family, { imageId: 'ami-1', name });

export const al2023 = (release: string, kernel = '6.1') =>
  aRelease('amazon-linux-2023', `al2023-ami-${release}.0-kernel-${kernel}-x86_64`);

export const aComparison = (over: Partial<Comparison> = {}): Comparison => ({
  base: BASE_IMAGES.find(({ name }) => name === 'amazon-linux-2023')!,
  architecture: 'x86_64',
  from: al2023('2023.10.20260105'),
  to: al2023('2023.10.20260120'),
  ...over,
});

/** A package list as long as that of a whole image, with these in it. */
export const aWholeList = (...packages: readonly InstalledPackage[]): Inventory => [
  ...packages,
  ...Array.from({ length: 120 }, (_, n) => ({ name: `filler-${n}`, version: '1:1-1' })),
];

export const someFindings = (over: Partial<Findings> = {}): Findings => ({
  method: 'lists',
  changes: [{ name: 'libxml2', before: '2.10.4-1.amzn2023.0.14', after: '2.10.4-1.amzn2023.0.15' }],
  fixed: [aFixedAdvisory()],
  gaps: [],
  exploited: new Set(),
  sources: [],
  ...over,
});
