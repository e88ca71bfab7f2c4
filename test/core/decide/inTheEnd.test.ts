import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY } from '../../../src/core/words.ts';
import { anyPolicy, anyQueue } from './arbitraries.ts';
import { DOLLAR, TWO_PM } from './builders.ts';
import { anyFuture, arrivalOf, estimatesBy } from './futures.ts';
import { simulate } from './simulator.ts';

const RUNS = { numRuns: 10_000 };
const TIMEOUT = 180_000;

test(
  '(e) with finitely many arrivals everything affordable and not held is granted in the end',
  () => {
    const cases = anyPolicy.chain(({ policy, clocks }) =>
      fc.record({
        policy: fc.constant(policy),
        clocks: fc.constant(clocks),
        queue: anyQueue(policy, { most: 8, oldest: 3 * DAY }),
        futures: fc.array(anyFuture, { minLength: 8, maxLength: 8 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ policy, clocks, queue, futures }) => {
        // A grant that is used up is the one thing that time does not mend.
        const endless = {
          ...policy,
          grants: policy.grants.map((grant) => ({ ...grant, limit: 1e6 * DOLLAR })),
        };
        const byId = new Map(queue.map(({ id }, index) => [id, futures[index]!]));
        const world = simulate({
          input: { policy: endless, clocks, ...estimatesBy(byId) },
          arrivals: queue.map((build, index) => arrivalOf(build, futures[index]!)),
          from: TWO_PM - 3 * DAY,
          until: TWO_PM + 400 * DAY,
          onPlan: ({ reasons }, { queue: waiting }) => {
            const planned = new Set(reasons.map(({ regionBuild }) => regionBuild.id));
            const all = reasons.length === waiting.size && [...waiting.keys()].every((id) => planned.has(id));
            if (!all) expect.fail('not each that waits has its one outcome');
          },
        });
        expect([...world.finished.keys(), ...world.refused].sort()).toEqual(queue.map(({ id }) => id).sort());
        const { daily, monthly, urgent } = policy.budgets;
        for (const { id, pot, maxCost } of queue) {
          const limit = { daily: Math.min(daily, monthly), monthly, urgent }[pot];
          const affordable = byId.get(id)!.estimate.ceiling <= Math.min(limit, maxCost ?? limit);
          expect(world.refused.has(id)).toBe(!affordable);
        }
      }),
      RUNS,
    );
  },
  TIMEOUT,
);
