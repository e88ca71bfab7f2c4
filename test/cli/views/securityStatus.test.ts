import { expect, test } from 'vitest';
import { securityStatusView } from '../../../cli/views/securityStatus.ts';
import type { PackageHolesAnswer } from '../../../src/api/answers.ts';
import { MOMENT, SAMPLES } from '../../api/sampleAnswers.ts';

const shown = (answer = SAMPLES.securityStatus, evidence = false): string =>
  securityStatusView({ evidence })(answer, 100).join('\n');

test('what is lacking, by level, and what is everywhere', () =>
  expect(shown()).toMatchInlineSnapshot(`
  "SECURITY UPDATE STATUS

  Critical Updates Available:
  └── amazon-linux-2023 2023.12.20260727: CVE-2026-1234, CVE-2026-1235; security update, level
      │   critical, exact (seen 2 hours ago)
      ├── Affected templates: python-ml
      │   ├── python-ml us-east-1 x86_64: ami-0abc123def0000001, rebuild starts tonight 22:30 UTC
      │   └── python-ml us-west-2 x86_64: ami-0abc123def0000002, no rebuild is asked for
      └── Manual rebuild: cws templates auto-ami build --security-update

  Recent Security Updates:
  └── ✓ rocky-9 9.4.20240523: not assessed yet (seen 3 hours ago), in every AMI of r-research"
`));

test('with the evidence', () =>
  expect(shown(SAMPLES.securityStatus, true)).toMatchInlineSnapshot(`
    "SECURITY UPDATE STATUS

    Critical Updates Available:
    └── amazon-linux-2023 2023.12.20260727: CVE-2026-1234, CVE-2026-1235; security update, level
        │   critical, exact (seen 2 hours ago)
        ├── Affected templates: python-ml
        │   ├── python-ml us-east-1 x86_64: ami-0abc123def0000001, rebuild starts tonight 22:30 UTC
        │   └── python-ml us-west-2 x86_64: ami-0abc123def0000002, no rebuild is asked for
        ├── Because (1)
        │   └── ALAS2023-2026-1234 is critical: CVE-2026-1234 is known to be exploited
        ├── Advisories (2)
        │   ├── ALAS2023-2026-1234 (critical): CVE-2026-1234, CVE-2026-1235; in openssl
        │   └── ALAS2023-2026-1240 (high, inferred from its date): no CVE; in kernel
        ├── Packages (2)
        │   ├── kernel 1:6.1.147-172.266.amzn2023 → 1:6.1.148-173.267.amzn2023
        │   └── openssl 1:3.2.2-1.amzn2023.0.2
        ├── Sources (2)
        │   ├── ✓ updateinfo: answered, 214 advisories
        │   └── ⚠️ cisa-kev: cached, It did not answer. Its answer of yesterday was used.
        └── Manual rebuild: cws templates auto-ami build --security-update

    Recent Security Updates:
    └── ✓ rocky-9 9.4.20240523: not assessed yet (seen 3 hours ago), in every AMI of r-research"
  `));

test('nothing is lacking', () =>
  expect(shown({ ...MOMENT, updates: [], packages: [] })).toContain('No active AMI lacks an update'));

const HOLES: PackageHolesAnswer = {
  template: 'python-ml',
  region: 'us-east-1',
  architecture: 'x86_64',
  amiId: 'ami-0abc123def0000001',
  level: 'high',
  checkedAt: '2026-11-24T05:00:00.000Z',
  advisories: [
    {
      id: 'ALAS2023-2026-2001',
      level: 'high',
      cves: ['CVE-2026-4001', 'CVE-2026-4002'],
      exploited: ['CVE-2026-4001'],
      packages: [{ name: 'nginx', installed: '1:1.28.0-1', fixed: '1:1.28.1-1' }],
      published: '2026-11-23T18:00:00.000Z',
      url: null,
      askedAt: '2026-11-24T05:00:00.000Z',
      outlived: false,
    },
    {
      id: 'ALAS2023-2026-1900',
      level: 'low',
      cves: [],
      exploited: [],
      packages: [{ name: 'openssl', installed: '1:3.2.2-1', fixed: '1:3.2.2-2' }],
      published: null,
      url: null,
      askedAt: '2026-11-20T05:00:00.000Z',
      outlived: true,
    },
    {
      id: 'ALAS2023-2026-1800',
      level: 'none',
      cves: [],
      exploited: [],
      packages: [{ name: 'vim', installed: '1-1', fixed: '1-2' }],
      published: null,
      url: null,
      askedAt: null,
      outlived: false,
    },
  ],
  more: 0,
  rebuild: {
    id: 'python-ml-us-east-1-x86_64-8',
    status: 'queued',
    approval: 'not-needed',
    startsAt: '2026-11-24T22:30:00.000Z',
    endsAt: '2026-11-24T23:00:00.000Z',
  },
};

test('what is open in the packages of our own AMIs', () =>
  expect(shown({ ...MOMENT, updates: [], packages: [HOLES, { ...HOLES, more: 3, rebuild: null }] }))
    .toMatchInlineSnapshot(`
    "SECURITY UPDATE STATUS

    No active AMI lacks an update of its base image.

    Open In Packages Of Active AMIs:
    ├── python-ml us-east-1 x86_64: CVE-2026-4001, CVE-2026-4002, ALAS2023-2026-1900,
    │   │   ALAS2023-2026-1800; level high, found 5 days ago
    │   ├── In ami-0abc123def0000001: nginx, openssl, vim
    │   └── rebuild starts tonight 22:30 UTC
    └── python-ml us-east-1 x86_64: CVE-2026-4001, CVE-2026-4002, ALAS2023-2026-1900,
        │   ALAS2023-2026-1800 and what 3 more advisories are about; level high, found 5 days ago
        ├── In ami-0abc123def0000001: nginx, openssl, vim
        └── no rebuild is asked for"
  `));

test('what is open in the packages of our own AMIs, with the evidence', () =>
  expect(shown({ ...MOMENT, updates: [], packages: [HOLES] }, true)).toMatchInlineSnapshot(`
    "SECURITY UPDATE STATUS

    No active AMI lacks an update of its base image.

    Open In Packages Of Active AMIs:
    └── python-ml us-east-1 x86_64: CVE-2026-4001, CVE-2026-4002, ALAS2023-2026-1900,
        │   ALAS2023-2026-1800; level high, found 5 days ago
        ├── In ami-0abc123def0000001: nginx, openssl, vim
        ├── rebuild starts tonight 22:30 UTC
        └── Advisories (3), checked 17 hours ago
            ├── ALAS2023-2026-2001 (high, known to be exploited: CVE-2026-4001): CVE-2026-4001,
            │   CVE-2026-4002; nginx 1:1.28.0-1 → 1:1.28.1-1; a rebuild was asked for 17 hours ago
            ├── ALAS2023-2026-1900 (low): no CVE; openssl 1:3.2.2-1 → 1:3.2.2-2; a rebuild was asked for
            │   5 days ago and did not close it
            └── ALAS2023-2026-1800 (none): no CVE; vim 1-1 → 1-2; no reason for a rebuild"
  `));

test.each([
  [{ status: 'queued', approval: 'wanted' }, 'rebuild waits for approval'],
  [{ status: 'queued', startsAt: null }, 'rebuild queued'],
  [{ status: 'queued', startsAt: MOMENT.now }, 'rebuild is about to start'],
  [{ status: 'running', endsAt: null }, 'is being rebuilt'],
  [{ status: 'running' }, 'is being rebuilt, done tonight 23:00'],
] as const)('a rebuild that is %j', (state, sentence) => {
  const [update] = SAMPLES.securityStatus.updates;
  const [place] = update!.templates[0]!.places;
  const rebuild = { ...place!.rebuild!, ...state };
  const templates = [{ template: 'python-ml', places: [{ ...place!, rebuild }] }];
  expect(shown({ ...MOMENT, updates: [{ ...update!, templates }], packages: [] })).toContain(sentence);
});
