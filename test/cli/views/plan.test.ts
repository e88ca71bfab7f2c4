import { expect, test } from 'vitest';
import { planView } from '../../../cli/views/plan.ts';
import type { PlanAnswer } from '../../../src/api/answers.ts';
import { SAMPLES } from '../../api/sampleAnswers.ts';

const shown = (lines: readonly string[]): string => lines.join('\n');

test('a plan', () =>
  expect(shown(planView(SAMPLES.plan, 110))).toMatchInlineSnapshot(`
    "PLAN (mode observe: nothing of it is done; mode act would do it)

    To build (the first 2 of 3):
    ├── ▶ python-ml in us-west-2 x86_64: building (TESTING) for 12 minutes, done tonight 22:13 UTC
    │   ├── Why: amazon-linux-2023 moved to 2023.12.20260727 (high)
    │   ├── About $0.0750, at most $0.4123, from the daily pot of 2026-11-24 and the monthly pot of 2026-11
    │   └── Due tomorrow 20:00 UTC
    └── ⏳ python-ml in us-east-1 x86_64: queued for tonight 02:30 UTC: urgent window opens 02:30 UTC; must
        │   start by 19:10 UTC to meet the high deadline
        ├── Why: amazon-linux-2023 moved to 2023.12.20260727 (high)
        ├── Not in the queue yet: the next look at what is missing asks for it
        ├── About $0.0750, at most $0.4123, from the daily pot of 2026-11-25 and the monthly pot of 2026-11 and
        │   grant nsf-123
        └── Due tomorrow 20:00 UTC

    To promote:
    └── python-ml in us-east-1 x86_64: ami-0abc123def0000002 instead of ami-0abc123def0000001, Thu 26 Nov 20:00
        UTC (candidate: it soaks for 2 days)

    To remove:
    ├── python-ml in us-east-1 x86_64: deprecate ami-0abc123def0000000, at the next daily look (it gave way 19:00
    │   UTC on Mon 23 Nov, and 24 hours after that it is to be deprecated)
    └── python-ml in us-west-2 x86_64: disable ami-0abc123def0000009, not yet (it is the one that rollback returns
        to)

    Not asked for:
    └── nothing is asked for java-dev: disabled by ada: old

    Cost of 3 builds: about $0.15 once, at most $0.8246; keeping the images about $1.60 a month
    Next change: tonight 02:30 UTC"
  `));

test('a plan with nothing in it', () => {
  const nothing: PlanAnswer = {
    ...SAMPLES.plan,
    mode: 'act',
    total: 0,
    builds: [],
    notAsked: [],
    promotions: [],
    removals: [],
    totalRemovals: 0,
  };
  expect(shown(planView({ ...nothing, nextChange: null }, 110))).toMatchInlineSnapshot(`
    "PLAN (mode act: it is done as shown)

    Nothing to build: every image is as it should be, or nothing is asked for."
  `);
});

test('a plan that is cut, and a price that nobody knows', () => {
  const lines = planView({ ...SAMPLES.plan, total: 40, estimate: null, totalRemovals: 57 }, 110);
  expect(lines).toContain('To build (the first 2 of 40):');
  expect(lines).toContain('To remove (the first 2 of 57):');
  expect(lines).toContain('Cost of 40 builds: not known, since one price is not');
});
