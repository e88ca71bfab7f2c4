import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import type { Outcome } from '../../../src/core/decide/outcome.ts';
import { plan } from '../../../src/core/decide/plan.ts';
import { MINUTE } from '../../../src/core/words.ts';
import { anyInput, anyPolicy, anyQueue, anyEstimate } from './arbitraries.ts';
import { A_BASE, running, TWO_PM } from './builders.ts';

const RUNS = { numRuns: 10_000 };
/** On a busy machine with two cores. */
const TIMEOUT = 120_000;

const idOf = ({ regionBuild }: Outcome) => regionBuild.id;
/** Decision and sentence of each, whatever its place: what is held does not move anybody by moving up. */
const said = (outcomes: readonly Outcome[]) =>
  Object.fromEntries(
    outcomes.map(({ regionBuild, kind, line }) => [regionBuild.id, `${kind} ${line.rule}: ${line.because}`]),
  );

describe('properties of one plan (issue 4)', () => {
  test(
    '(b) a critical request never waits for a window',
    () => {
      const anyNow = fc.nat({ max: 24 * 60 });
      const cases = anyPolicy.chain(({ policy, clocks }) =>
        fc.record({
          input: fc.constant({ policy, clocks }),
          queue: anyQueue(policy, { most: 8 }),
          minutes: anyNow,
          estimate: anyEstimate,
        }),
      );
      fc.assert(
        fc.property(cases, ({ input, queue, minutes, estimate }) => {
          const now = TWO_PM + minutes * MINUTE;
          const made = plan({
            ...input,
            now,
            queue,
            running: [],
            pots: [],
            estimateOf: () => estimate,
            baseImagesOf: () => [A_BASE],
          });
          for (const outcome of made.reasons) {
            if (outcome.regionBuild.urgency !== 'critical') continue;
            const backingOff = (outcome.regionBuild.notBefore ?? now) > now;
            // A slot is only refused to it by others that must start as well.
            const refused = ['pot-limit', 'max-cost'];
            const expected = backingOff
              ? ['retry-backoff', ...refused]
              : ['critical', 'slots', 'cannot-pay', ...refused];
            expect(expected).toContain(outcome.line.rule);
            const { region } = outcome.regionBuild;
            if (outcome.line.rule === 'slots')
              expect(
                made.grants.filter(
                  ({ regionBuild }) => regionBuild.region === region && regionBuild.urgency === 'critical',
                ),
              ).toHaveLength(input.policy.slotsPerRegion);
          }
        }),
        RUNS,
      );
    },
    TIMEOUT,
  );

  test(
    '(d) within one plan, a request that ranks later changes the outcome of none before it',
    () => {
      fc.assert(
        fc.property(anyInput, fc.nat(), (input, cut) => {
          const whole = plan(input).reasons;
          const kept = whole.slice(0, cut % (whole.length + 1));
          const ids = new Set(kept.map(idOf));
          const shorter = plan({ ...input, queue: input.queue.filter(({ id }) => ids.has(id)) }).reasons;
          expect(shorter).toEqual(kept);
        }),
        RUNS,
      );
    },
    TIMEOUT,
  );

  test(
    '(e) each open request is exactly one of granted, waiting, parked, held, refused, with its reason',
    () => {
      fc.assert(
        fc.property(anyInput, (input) => {
          const made = plan(input);
          const kinds = [made.grants, made.waiting, made.parked, made.held, made.refused];
          const listed = kinds.flat().map(idOf).sort();
          expect(listed).toEqual(input.queue.map(({ id }) => id).sort());
          expect(made.reasons.map(idOf).sort()).toEqual(listed);
          for (const { kind, line, ...rest } of made.reasons) {
            expect(line.at).toBe(input.now);
            expect(line.rule).not.toBe('');
            expect(line.because.startsWith(`${kind}: `)).toBe(true);
            if ('until' in rest && rest.until !== null) expect(rest.until).toBeGreaterThan(input.now);
          }
        }),
        RUNS,
      );
    },
    TIMEOUT,
  );

  test(
    '(f) plan is deterministic and independent of the order of its input',
    () => {
      const shuffles = anyInput.chain((input) =>
        fc.record({
          input: fc.constant(input),
          queue: fc.shuffledSubarray([...input.queue], { minLength: input.queue.length }),
          running: fc.shuffledSubarray([...input.running], { minLength: input.running.length }),
          pots: fc.shuffledSubarray([...input.pots], { minLength: input.pots.length }),
        }),
      );
      fc.assert(
        fc.property(shuffles, ({ input, ...shuffled }) => {
          expect(plan({ ...input, ...shuffled })).toEqual(plan(input));
        }),
        RUNS,
      );
    },
    TIMEOUT,
  );

  test(
    'the grants of one plan fit together: slots of their own, targets of their own, pots within their limits',
    () => {
      fc.assert(
        fc.property(anyInput, (input) => {
          const { grants } = plan(input);
          const slots = [
            ...input.running.map(({ region, grant }) => `${region} ${grant!.slot}`),
            ...grants.map(({ regionBuild, slot }) => `${regionBuild.region} ${slot}`),
          ];
          expect(new Set(slots).size).toBe(slots.length);
          const targets = [...input.running, ...grants.map(({ regionBuild }) => regionBuild)].map(
            ({ template, region, architecture }) => `${template} ${region} ${architecture}`,
          );
          expect(new Set(targets.slice(input.running.length)).size).toBe(grants.length);
          const held = new Map<string, number>();
          for (const { key, amount, limit } of grants.flatMap(({ holdings }) => holdings)) {
            const total = (held.get(key) ?? input.pots.find((pot) => pot.key === key)?.settled ?? 0) + amount;
            held.set(key, total);
            expect(total).toBeLessThanOrEqual(limit);
          }
        }),
        RUNS,
      );
    },
    TIMEOUT,
  );

  test(
    'no decision and no sentence changes before nextChange, if nothing else happens',
    () => {
      fc.assert(
        fc.property(
          anyInput,
          fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
          (input, part) => {
            const first = plan(input);
            // As after the grants and refusals have been committed.
            const granted = first.grants.map(({ regionBuild, slot }): RegionBuild =>
              running(regionBuild, { slot, at: input.now }),
            );
            const pots = [...input.pots];
            for (const { key, amount } of first.grants.flatMap(({ holdings }) => holdings)) {
              const index = pots.findIndex((pot) => pot.key === key);
              const before = index < 0 ? { key, reserved: 0, settled: 0, overrun: 0 } : pots[index]!;
              pots.splice(index < 0 ? pots.length : index, 1, {
                ...before,
                reserved: before.reserved + amount,
              });
            }
            const gone = new Set([...first.grants, ...first.refused].map(idOf));
            const after = {
              ...input,
              queue: input.queue.filter(({ id }) => !gone.has(id)),
              running: [...input.running, ...granted],
              pots,
            };
            const { reasons, grants, nextChange } = plan(after);
            // Only a refused parent lets another grant through at once.
            if (nextChange === null || grants.length > 0) return;
            expect(nextChange.at).toBeGreaterThan(input.now);
            const later = input.now + Math.floor(part * (nextChange.at - input.now));
            expect(said(plan({ ...after, now: later }).reasons)).toEqual(said(reasons));
          },
        ),
        RUNS,
      );
    },
    TIMEOUT,
  );
});
