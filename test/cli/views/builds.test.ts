import { describe, expect, test } from 'vitest';
import { buildsView } from '../../../cli/views/builds.ts';
import { explainView } from '../../../cli/views/explain.ts';
import { queueView } from '../../../cli/views/queue.ts';
import { FAILED, MOMENT, SAMPLES } from '../../api/sampleAnswers.ts';

const shown = (lines: readonly string[]): string => lines.join('\n');

describe('builds', () => {
  test('the queue', () =>
    expect(shown(queueView(SAMPLES.queue, 90))).toMatchInlineSnapshot(`
      "AUTO-AMI QUEUE (3 region builds open)

      us-east-1: 0 of 10 slots taken
      us-west-2: 1 of 10 slots taken

      ├── ▶ python-ml in us-west-2 x86_64: building (TESTING) for 12 minutes, done tonight
      │   │   22:13 UTC
      │   └── python-ml-us-west-2-x86_64-4, level high, daily pot, due tomorrow 20:00 UTC
      ├── ⏳ python-ml in us-east-1 x86_64: queued for tonight 02:30 UTC: urgent window
      │   │   opens 02:30 UTC; must start by 19:10 UTC to meet the high deadline
      │   └── python-ml-us-east-1-x86_64-7, level high, daily pot, due tomorrow 20:00 UTC
      └── ⏳ r-research in us-east-1 x86_64: queued for Tue 1 Dec 02:00 UTC: the monthly pot
          │   has $1.20 left and this needs $1.98: parked until 02:00 UTC on Tue 1 Dec
          └── r-research-us-east-1-x86_64-2, monthly pot"
    `));
  test('an empty queue', () => {
    const empty = {
      ...MOMENT,
      total: 0,
      regions: [{ region: 'us-east-1', running: 0, slots: 1 }],
      regionBuilds: [],
    };
    expect(shown(queueView(empty, 90))).toMatchInlineSnapshot(`
      "AUTO-AMI QUEUE (0 region builds open)

      us-east-1: 0 of 1 slot taken

      Nothing waits and nothing runs."
    `);
  });
  test('more than is shown', () => {
    expect(queueView({ ...SAMPLES.queue, total: 4_003 }, 90).at(-1)).toBe('4000 more: --limit shows them.');
  });
  test('the list', () =>
    expect(shown(buildsView(SAMPLES.builds, 90))).toMatchInlineSnapshot(`
    "BUILDS

    └── python-ml-20261124-1f3a: amazon-linux-2023 moved to 2023.12.20260727 (high) (2
        │   hours ago)
        ├── ✓ us-east-1 x86_64: ami-0abc123def0000001 94 minutes ago, cost $0.0854
        └── ✗ us-west-2 x86_64: failed 1 hour ago: Component validation failed: pip check
            found a conflict in numpy (ImageFailed)"
  `));
  test('no builds', () =>
    expect(buildsView({ ...MOMENT, builds: [] }, 90)).toEqual(['BUILDS', '', 'None yet.']));
  test('the story of one', () =>
    expect(shown(explainView(SAMPLES.explain, 100))).toMatchInlineSnapshot(`
      "BUILD python-ml-20261124-1f3a
      Template: python-ml
      Asked for: 24 Nov 20:00:00 UTC, because amazon-linux-2023 moved to 2023.12.20260727 (high)

      └── ✓ us-east-1 x86_64: ami-0abc123def0000001 94 minutes ago, cost $0.0854
          ├── Region build: python-ml-us-east-1-x86_64-7
          ├── Why
          │   └── amazon-linux-2023 moved to 2023.12.20260727 (high) [security]
          ├── Level high, urgency high, paid from the daily pot
          ├── Due tomorrow 20:00 UTC
          ├── Attempt 1, 24 Nov 20:01:00: succeeded, $0.0854 of $0.4123 spent in daily#2026-11-24 and
          │   monthly#2026-11
          └── Story (times in UTC)
              ├── 24 Nov 20:00:00 requested: python-ml/us-east-1/x86_64 asked for: amazon-linux-2023 moved
              │   to 2023.12.20260727 (high)
              ├── 24 Nov 20:01:00 granted: attempt 1, slot 0 of us-east-1
              └── 24 Nov 20:26:00 promoted: ami-0abc123def0000001 is the active AMI"
    `));
  test('the story of one that failed', () => {
    const [first] = SAMPLES.explain.regionBuilds;
    const failed = {
      ...SAMPLES.explain,
      regionBuilds: [{ ...first!, ...FAILED, attemptHistory: [], story: [] }],
    };
    expect(shown(explainView(failed, 100))).toMatchInlineSnapshot(`
      "BUILD python-ml-20261124-1f3a
      Template: python-ml
      Asked for: 24 Nov 20:00:00 UTC, because amazon-linux-2023 moved to 2023.12.20260727 (high)

      └── ✗ us-west-2 x86_64: failed 1 hour ago: Component validation failed: pip check found a
          │   conflict in numpy (ImageFailed)
          ├── Region build: python-ml-us-west-2-x86_64-4
          ├── Why
          │   └── amazon-linux-2023 moved to 2023.12.20260727 (high) [security]
          ├── Level high, urgency high, paid from the daily pot
          ├── Due tomorrow 20:00 UTC
          └── Log: https://s3.example/auto-ami/logs/python-ml-us-west-2-x86_64-4/console.log"
    `);
  });
});
