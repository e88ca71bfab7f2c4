import { describe, expect, test } from 'vitest';
import { statusView } from '../../../cli/views/status.ts';
import type { TemplateStatus } from '../../../src/api/answers.ts';
import { NOW, STATUS } from '../../api/sampleAnswers.ts';

const shown = (lines: readonly string[]): string => lines.join('\n');

describe('status', () => {
  test('in the middle of its work', () =>
    expect(shown(statusView(STATUS, Infinity))).toMatchInlineSnapshot(`
      "AUTO-AMI STATUS (mode act: it builds, promotes and removes)

      Popular Templates (auto-compilation enabled):
      ├── python-ml: ✓ Compiled (last: 2 days ago)
      ├── r-research: ⏳ Queued for Tue 1 Dec 02:00 UTC
      │   └── ⏳ us-east-1 x86_64: queued for Tue 1 Dec 02:00 UTC: the monthly pot has $1.20 left and this needs $1.98: parked until 02:00 UTC on Tue 1 Dec
      └── deep-learning-gpu: ⚠️ Pending security update (critical), starts tonight 02:30 UTC
          ├── ⏳ us-east-1 x86_64: queued for tonight 02:30 UTC: urgent window opens 02:30 UTC; must start by 19:10 UTC to meet the high deadline
          └── ▶ us-west-2 x86_64: building (TESTING) for 12 minutes, done tonight 22:13 UTC

      Other Templates:
      └── 12 more templates known and not kept: \`cws templates list\`

      Recent Activity:
      ├── amazon-linux-2023 base image updated to 2023.12.20260727 (security: high), 2 hours ago
      ├── python-ml: ami-0abc123def0000001 active in us-east-1, 2 days ago
      ├── 2 templates scheduled for rebuild
      ├── Estimated rebuild completion: tomorrow 06:00 UTC
      └── Base images scanned 7 minutes ago"
    `));

  test('of a deployment that knows nothing yet', () => {
    const empty = {
      ...STATUS,
      mode: 'observe' as const,
      scan: null,
      templates: [],
      otherTemplates: 0,
      activity: [],
      completesAt: null,
    };
    expect(shown(statusView(empty, 80))).toMatchInlineSnapshot(`
      "AUTO-AMI STATUS (mode observe: it decides and explains, and changes nothing in the account)

      Templates (auto-compilation enabled):
      └── none yet: \`cws templates auto-ami build TEMPLATE\` keeps one

      Recent Activity:
      └── ⚠️ Base images were never scanned: \`cws scan\` starts one"
    `);
  });

  test('with sources that fail, a mode of its own and a failed place', () => {
    const [first] = STATUS.templates;
    const scan = {
      at: NOW,
      succeeded: false,
      problems: [{ base: 'ubuntu-22.04', region: 'us-west-2', problem: 'Throttling:\n Rate exceeded' }],
    };
    const lastFailure = { at: '2026-11-24T21:00:00.000Z', reason: 'ImageFailed: pip check found a conflict' };
    const template: TemplateStatus = {
      ...first!,
      mode: 'propose',
      places: [{ ...first!.places[0]!, lastFailure }],
    };
    const troubled = {
      ...STATUS,
      scan,
      templates: [template],
      activity: [],
      otherTemplates: 1,
      completesAt: null,
    };
    expect(shown(statusView(troubled, 80))).toMatchInlineSnapshot(`
      "AUTO-AMI STATUS (mode act: it builds, promotes and removes)

      Popular Templates (auto-compilation enabled):
      └── python-ml: ✗ Failed (in us-east-1) [mode: propose]
          └── ✗ us-east-1 x86_64: failed 1 hour ago: ImageFailed: pip check found a
              conflict

      Other Templates:
      └── 1 more template known and not kept: \`cws templates list\`

      Recent Activity:
      └── ⚠️ Scan of base images had problems just now
          └── ubuntu-22.04 in us-west-2: Throttling: Rate exceeded"
    `);
  });
});
