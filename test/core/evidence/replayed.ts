import { expect } from 'vitest';
import { releaseOf } from '../../../src/core/base-images/releaseOf.ts';
import type { Assessment } from '../../../src/core/evidence/assessment.ts';
import type { expectedReplay } from './amazonFeeds.ts';

/** The image of a release of Amazon Linux 2023, as its name says it; `image` such as `minimal 6.1`. */
export function imageOf(image: string, release: string) {
  const [size, kernel] = image.split(' ');
  const name = `al2023-ami-${size === 'minimal' ? 'minimal-' : ''}${release}.0-kernel-${kernel}-x86_64`;
  return releaseOf('amazon-linux-2023', { imageId: 'ami-1', name });
}

/** What was found is what the independent script works out of the raw data. */
export function expectReplayed(
  result: Assessment,
  expected: ReturnType<typeof expectedReplay>[number],
): void {
  const changes = result.packages.map(({ name, before, after }) => `${name} ${before ?? '?'} ${after ?? ''}`);
  expect({
    changes: typeof expected.changes === 'number' ? changes.length : changes,
    advisories: result.advisories.map(({ id, by }) => `${id} ${by}`),
    cves: result.cves,
    level: result.level,
  }).toEqual({
    changes: expected.changes,
    advisories: expected.advisories,
    cves: expected.cves,
    level: expected.level,
  });
  if (!expected.known) expect([result.type, result.confidence]).toEqual(['unknown', 'unknown']);
}
