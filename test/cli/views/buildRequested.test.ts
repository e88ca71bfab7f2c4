import { describe, expect, test } from 'vitest';
import { buildRequestedView } from '../../../cli/views/buildRequested.ts';
import { SAMPLES } from '../../api/sampleAnswers.ts';

const shown = (lines: readonly string[]): string => lines.join('\n');

describe('a wish to build', () => {
  const wish = SAMPLES.buildTemplate;
  const [first] = wish.regionBuilds;

  test('an emergency', () =>
    expect(shown(buildRequestedView(wish, 80))).toMatchInlineSnapshot(`
    "Emergency compilation initiated for python-ml
    Trigger: critical-security-patch
    Estimated cost: $8.50
    ETA: 25 minutes (tonight 22:25 UTC)
    Progress: cws templates auto-ami explain python-ml-urgent-abc123
    ├── us-east-1 x86_64: ⏳ queued, starts now
    └── us-west-2 x86_64: ⏳ joins the one that is queued, it was asked for at 20:00
        UTC for amazon-linux-2023"
  `));
  test('an ordinary one, in a mode that only observes', () => {
    const ordinary = {
      ...wish,
      urgent: false,
      estimate: { cost: 85_400, duration: 1_500_000, endsAt: null },
      regionBuilds: [{ ...first!, outcome: 'held' as const, because: 'mode observe: nothing is built' }],
      notes: ['The mode is observe: it decides and explains, and builds nothing.'],
    };
    expect(shown(buildRequestedView(ordinary, 80))).toMatchInlineSnapshot(`
      "Compilation requested for python-ml
      Trigger: critical-security-patch
      Estimated cost: $0.0854
      ETA: 25 minutes after its start
      Progress: cws templates auto-ami explain python-ml-urgent-abc123
      └── us-east-1 x86_64: ⏳ held, mode observe: nothing is built
      Note: The mode is observe: it decides and explains, and builds nothing."
    `);
  });
  test('nothing to do', () => {
    const upToDate = {
      ...wish,
      build: null,
      estimate: { cost: null, duration: null, endsAt: null },
      regionBuilds: [
        {
          ...first!,
          id: null,
          outcome: 'up-to-date' as const,
          because: 'ami-1 has this fingerprint; --force builds it all the same',
        },
      ],
    };
    expect(shown(buildRequestedView(upToDate, 80))).toMatchInlineSnapshot(`
      "Nothing to build for python-ml
      Trigger: critical-security-patch
      └── us-east-1 x86_64: ✓ up to date, ami-1 has this fingerprint; --force builds
          it all the same"
    `);
  });
  test('refused', () => {
    const refused = {
      ...wish,
      build: null,
      estimate: { cost: 80_000_000, duration: null, endsAt: null },
      regionBuilds: [
        {
          ...first!,
          id: null,
          outcome: 'refused' as const,
          because: 'it needs $80.00 and the urgent pot holds $62.50',
        },
      ],
    };
    expect(shown(buildRequestedView(refused, 80))).toMatchInlineSnapshot(`
      "Compilation refused for python-ml
      Trigger: critical-security-patch
      Estimated cost: $80.00
      └── us-east-1 x86_64: ✗ refused, it needs $80.00 and the urgent pot holds $62.50"
    `);
  });
});
