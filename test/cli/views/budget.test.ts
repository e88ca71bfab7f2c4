import { expect, test } from 'vitest';
import { budgetView } from '../../../cli/views/budget.ts';
import { SAMPLES } from '../../api/sampleAnswers.ts';

const shown = (lines: readonly string[]): string => lines.join('\n');

test('pots, what is held, what is parked, what images cost, and what dormancy saves', () =>
  expect(shown(budgetView(SAMPLES.budget, 110))).toMatchInlineSnapshot(`
    "BUDGET

    POT               LIMIT   SPENT  HELD     LEFT    FORECAST  UNTIL                     OWNER
    daily 2026-11-24  $25.00  $3.21  $0.4123  $21.38  $3.60     tonight 00:00 UTC
    grant nsf-123     $5.00   $5.10  $0.00    -$0.10  $5.10     Fri 1 Jan 2027 00:00 UTC  Ada
    ⚠️ grant:nsf-123: $0.10 was spent above what was held
    ⚠️ grant:nsf-123: about $0.40 more will be wanted than it holds; that is parked
    ⚠️ grant:nsf-123: empty tonight 22:00 UTC at the pace so far

    Held for what runs:
    └── python-ml in us-west-2 x86_64: $0.4123 for attempt 1, since 24 Nov 21:47:00 UTC

    Parked:
    └── python-ml in us-east-1 x86_64: $1.98, until Tue 1 Dec 02:00 UTC: the monthly pot of 2026-11 cannot hold
        its ceiling of $1.98 now

    Keeping 4 images costs about $1.60 a month, from no pot.

    Dormant templates save about $0.15: 2 rebuilds not asked for (\`cws templates auto-ami plan\` names them)."
  `));

test('nothing held, nothing parked, nothing kept', () => {
  const [daily] = SAMPLES.budget.pots;
  const quiet = {
    pots: [daily!],
    reservations: [],
    parked: [],
    keeping: { images: 0, monthly: 0 },
    dormant: { builds: 0, saves: 0 },
  };
  expect(budgetView({ ...SAMPLES.budget, ...quiet }, 110)).toHaveLength(4);
});
