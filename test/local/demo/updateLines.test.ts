import { expect, test } from 'vitest';
import type { AssessedUpdate } from '../../../local/demo/follow/detection.ts';
import { assessmentLine, observationLine } from '../../../local/demo/view/updateLines.ts';

const place = (region: string, architecture: 'x86_64' | 'arm64') => ({
  ...{ region, architecture, previousRelease: '2023.9.20251117', seenAt: '2026-11-24T20:00:00.000Z' },
  previousImageId: 'ami-0fa3fe0fa7920f68e',
  imageId: 'ami-068c0051b15cdb816',
  imageName: 'al2023-ami-2023.9.20251208.0-kernel-6.1-x86_64',
});

const UPDATE: AssessedUpdate = {
  release: '2023.9.20251208',
  firstSeenAt: '2026-11-24T20:00:00.000Z',
  observations: [place('us-east-1', 'x86_64'), place('us-east-1', 'arm64'), place('us-west-2', 'x86_64')],
  assessment: {
    ...{ type: 'security', level: 'high', confidence: 'exact', assessedAt: '2026-11-24T20:00:01.000Z' },
    advisories: ['ALAS2023-2025-1349', 'ALAS2023-2025-1350'],
    cves: ['CVE-2025-66418'],
    packages: [{ name: 'openssl', from: '3.0', to: '3.1' }],
    changelogUrl: null,
    sources: [{ name: 'release notes', state: 'answered', detail: 'all of it' }],
  },
};

test('what was detected, and where', () => {
  expect(observationLine(UPDATE)).toBe(
    'Detected 2023.9.20251208, before it 2023.9.20251117, in us-east-1 and us-west-2 for x86_64 and arm64',
  );
});

test('what it fixes', () => {
  expect(assessmentLine(UPDATE)).toBe(
    'Assessed: security, level high (exact); 1 package, 2 advisories, 1 CVE',
  );
});

test('who did not answer, where nothing is known', () => {
  const assessment = {
    ...UPDATE.assessment,
    ...{ type: 'maintenance' as const, level: 'unknown' as const, confidence: 'unknown' as const },
    ...{ advisories: [], cves: [], packages: [] },
    sources: [{ name: 'release notes', state: 'down', detail: 'connection refused' }],
  };
  expect(assessmentLine({ ...UPDATE, assessment })).toBe(
    'Assessed: maintenance, level unknown (unknown); release notes: down',
  );
});
