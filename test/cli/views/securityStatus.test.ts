import { expect, test } from 'vitest';
import { securityStatusView } from '../../../cli/views/securityStatus.ts';
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
  expect(shown({ ...MOMENT, updates: [] })).toContain('No active AMI lacks an update'));

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
  expect(shown({ ...MOMENT, updates: [{ ...update!, templates }] })).toContain(sentence);
});
