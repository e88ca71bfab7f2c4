import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startsAtOnce, mustStartAt } from '../../../src/core/decide/mustStart.ts';
import { paceOf } from '../../../src/core/decide/paceOf.ts';
import { policyClocks } from '../../../src/core/decide/policyClocks.ts';
import { boundedDuration } from '../../../src/core/time/latestStart.ts';
import { DAY, HOUR, MINUTE } from '../../../src/core/words.ts';
import { aPolicy, aRegionBuild, aWindow, TWO_PM } from './builders.ts';
import { anyFuture, arrivalOf, estimatesBy, type Future } from './futures.ts';
import { anyPolicy, anyQueue, REGIONS } from './arbitraries.ts';
import { type Arrival, simulate, type World } from './simulator.ts';

const RUNS = { numRuns: 10_000 };
const TIMEOUT = 180_000;

describe('properties of plans in a row, over simulated days (issue 4)', () => {
  test(
    '(a) at every commit, reserved + settled ≤ limit for every pot, overruns apart',
    () => {
      const cases = anyPolicy.chain(({ policy, clocks }) =>
        fc.record({
          policy: fc.constant(policy),
          clocks: fc.constant(clocks),
          queue: anyQueue(policy, { most: 10, oldest: 2 * HOUR }),
          futures: fc.array(anyFuture, { minLength: 10, maxLength: 10 }),
          staleReads: fc.boolean(),
        }),
      );
      fc.assert(
        fc.property(cases, ({ policy, clocks, queue, futures, staleReads }) => {
          const byId = new Map(queue.map(({ id }, index) => [id, futures[index]!]));
          simulate({
            input: { policy, clocks, ...estimatesBy(byId) },
            arrivals: queue.map((build, index) => arrivalOf(build, futures[index]!)),
            from: TWO_PM - 2 * HOUR,
            until: staleReads ? TWO_PM : TWO_PM + DAY,
            staleReads,
            onCommit: ({ pots }, key, limit) => {
              const { reserved, settled, overrun } = pots.get(key)!;
              // An `expect` that holds costs more than the plan it looks at.
              if (reserved < 0 || reserved + settled - overrun > limit) expect.fail(`${key} holds too much`);
            },
          });
        }),
        RUNS,
      );
    },
    TIMEOUT,
  );

  test(
    '(c) where ticks are honoured, durations stay within the bound, pots do not refuse, nothing is held and must-start requests find slots: every deadline that leaves bound + 2 minutes is met',
    () => {
      const policies = [1, 2, 4].map((slotsPerRegion) =>
        aPolicy({
          slotsPerRegion,
          soak: slotsPerRegion === 2 ? 20 * MINUTE : 0,
          windows: { offPeak: [aWindow(2, 6), aWindow(15, 16)], urgent: [aWindow(20, 23)] },
        }),
      );
      const clocks = policies.map(policyClocks);
      const cases = fc.record({
        policy: fc.nat({ max: policies.length - 1 }),
        requests: fc.array(
          fc.record({
            region: fc.constantFrom(...REGIONS.slice(0, 2)),
            urgency: fc.constantFrom('critical', 'high', 'normal', 'normal', 'low'),
            arrival: fc.integer({ min: 0, max: 10 * HOUR }),
            /** Beyond the arrival, bound and two minutes; not always enough. */
            slack: fc.integer({ min: -10 * MINUTE, max: 30 * HOUR }),
            binds: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
            future: anyFuture,
          }),
          { maxLength: 8 },
        ),
      });
      let promised = 0;
      fc.assert(
        fc.property(cases, ({ policy: index, requests }) => {
          const policy = policies[index]!;
          const futures = new Map<string, Future>();
          const arrivals = requests.map(
            ({ region, urgency, arrival, slack, binds, future }, number): Arrival => {
              const template = `template-${number}`;
              const pace = paceOf({ template, urgency }, future.estimate.p90, policy);
              const requestedAt = TWO_PM + arrival;
              const build = aRegionBuild({
                template,
                region,
                urgency,
                requestedAt,
                deadline: requestedAt + pace.soak + boundedDuration(pace) + 2 * MINUTE + slack,
                deadlineBinds: binds,
              });
              futures.set(build.id, future);
              return arrivalOf(build, future);
            },
          );
          const paceOfBuild = (build: (typeof arrivals)[number]['build']) =>
            paceOf(build, futures.get(build.id)!.estimate.p90, policy);
          const { finished } = simulate({
            input: { policy, clocks: clocks[index]!, ...estimatesBy(futures) },
            arrivals,
            from: TWO_PM,
            until: TWO_PM + 4 * DAY,
            onTick: (world) => fc.pre(mustStartsFit(world)),
          });
          function mustStartsFit({ queue, running, now }: World): boolean {
            const wanted = new Map<string, number>();
            const count = (region: string) => wanted.set(region, (wanted.get(region) ?? 0) + 1);
            for (const { build } of running.values()) count(build.region);
            for (const build of queue.values())
              if (startsAtOnce(build) || mustStartAt(build, paceOfBuild(build), policy) <= now)
                count(build.region);
            return [...wanted.values()].every((slots) => slots <= policy.slotsPerRegion);
          }
          for (const { build } of arrivals) {
            const pace = paceOfBuild(build);
            const bound = pace.soak + boundedDuration(pace);
            if (!build.deadlineBinds || build.deadline! < build.requestedAt + bound + 2 * MINUTE) continue;
            promised++;
            expect(finished.get(build.id)!.endedAt + pace.soak).toBeLessThanOrEqual(build.deadline!);
          }
        }),
        { ...RUNS, maxSkipsPerRun: 20 },
      );
      expect(promised).toBeGreaterThan(RUNS.numRuns);
    },
    TIMEOUT,
  );
});
