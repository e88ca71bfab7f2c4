import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AMI_STATES, type Ami, type TargetState } from '../../../src/core/builds/target.ts';
import type { AmiUse } from '../../../src/core/images/amiUse.ts';
import { removals, type RemovalInput } from '../../../src/core/images/removals.ts';
import { nextStep, STEP_RULES } from '../../../src/core/images/wayOut.ts';
import { dayOf } from '../../../src/core/time/calendar.ts';
import { DAY, MODES, targetKey } from '../../../src/core/words.ts';
import { anAmi, NOW } from '../builds/builders.ts';
import { aTargetOn, policyWith, standsOn } from './builders.ts';

const PLACES = ['us-east-1', 'us-west-2', 'eu-west-1'];
const ago = fc.integer({ min: 0, max: 60 }).map((days) => NOW - days * DAY);

const anyAmi = (index: number): fc.Arbitrary<Ami> =>
  fc
    .record({
      template: fc.constantFrom('python-ml', 'r-stats'),
      region: fc.constantFrom(...PLACES),
      state: fc.constantFrom(...AMI_STATES),
      supersededAt: fc.option(ago, { nil: undefined }),
      promotedAt: fc.option(ago, { nil: undefined }),
    })
    .map(({ supersededAt, promotedAt, ...ami }) =>
      anAmi({
        ...ami,
        amiId: `ami-${index.toString()}`,
        createdAt: NOW - 90 * DAY,
        ...(supersededAt === undefined ? {} : { supersededAt }),
        ...(promotedAt === undefined ? {} : { promotedAt }),
      }),
    );

const anyUse: fc.Arbitrary<AmiUse> = fc.constantFrom(
  { kind: 'known', by: [] },
  { kind: 'known', by: ['instance i-1'] },
  { kind: 'not-known-yet', because: 'EC2 did not answer' },
);

/** Up to 25 AMIs of two templates in three regions, whose targets stand on some of them. */
const anyInput: fc.Arbitrary<RemovalInput> = fc
  .integer({ min: 0, max: 25 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyAmi(index))))
  .chain((amis) =>
    fc.record({
      amis: fc.constant(amis),
      targets: fc.constant(targetsOf(amis)),
      open: fc.constant([]),
      policy: fc
        .record({
          deprecateAfter: fc.constantFrom(0, DAY),
          disableAfter: fc.constantFrom(DAY, 14 * DAY),
          deregisterAfter: fc.constantFrom(14 * DAY, 30 * DAY),
          keepPrevious: fc.integer({ min: 0, max: 3 }),
          maximumRemovalsPerDay: fc.integer({ min: 0, max: 5 }),
        })
        .chain((retention) =>
          fc.constantFrom(...MODES, 'act', 'act', 'act').map((mode) => policyWith(retention, { mode })),
        ),
      regions: fc.subarray(PLACES, { minLength: 1 }),
      removedToday: fc.integer({ min: 0, max: 6 }),
      now: fc.constant(NOW),
      uses: fc
        .array(anyUse, { minLength: amis.length, maxLength: amis.length })
        .map((uses) => new Map(amis.map(({ amiId }, i) => [amiId, uses[i] ?? { kind: 'known', by: [] }]))),
    }),
  );

/** Each place stands on its first active AMI, and was on its first that left. */
function targetsOf(amis: readonly Ami[]): TargetState[] {
  return [...new Set(amis.map(targetKey))].map((key) => {
    const here = amis.filter((ami) => targetKey(ami) === key);
    const active = here.find(({ state }) => state === 'active');
    const previous = here.find(({ state }) => state === 'superseded' || state === 'deprecated');
    const { template, region, architecture } = here[0] ?? anAmi();
    return {
      ...aTargetOn({ template, region, architecture }),
      ...(active === undefined ? {} : { active: standsOn(active) }),
      ...(previous === undefined ? {} : { previous: standsOn(previous) }),
    };
  });
}

function hold(property: (input: RemovalInput) => void): void {
  fc.assert(fc.property(anyInput, property), { numRuns: 2_000 });
}

describe('of any AMIs under any policy', () => {
  it('each that is on its way out has one next step, in order, and nothing else has one', () => {
    hold((input) => {
      const found = removals(input);
      const leaving = input.amis.filter((ami) => nextStep(ami) !== undefined);
      expect(found.map(({ ami }) => ami.amiId).sort()).toEqual(leaving.map(({ amiId }) => amiId).sort());
      for (const { ami, step } of found) expect(step).toBe(nextStep(ami));
    });
  });

  it('nothing is due before its age, in another mode than act, or where we may not call', () => {
    hold((input) => {
      for (const { ami, step, due } of removals(input)) {
        if (!due) continue;
        const age = STEP_RULES[step].after(input.policy.retention);
        expect(ami.supersededAt).toBeLessThanOrEqual(input.now - age);
        expect(input.policy.mode).toBe('act');
        expect(input.regions).toContain(ami.region);
      }
    });
  });

  it('nothing is taken away that a target stands on, that rollback returns to, or that anybody may use', () => {
    hold((input) => {
      const stands = input.targets.flatMap(({ active, previous }) => [active?.amiId, previous?.amiId]);
      for (const { ami, step, due } of removals(input)) {
        if (!due || step === 'deprecate') continue;
        expect(stands).not.toContain(ami.amiId);
        expect(input.uses?.get(ami.amiId)).toEqual({ kind: 'known', by: [] });
      }
    });
  });

  it('as many as the policy keeps of those that were active before stay launchable in each place', () => {
    hold((input) => {
      const usable = (ami: Ami) =>
        ami.promotedAt !== undefined && (ami.state === 'superseded' || ami.state === 'deprecated');
      const goes = new Set(
        removals(input)
          .filter(({ due, step }) => due && step !== 'deprecate')
          .map(({ ami }) => ami.amiId),
      );
      for (const key of new Set(input.amis.map(targetKey))) {
        const before = input.amis.filter((ami) => targetKey(ami) === key && usable(ami));
        const left = before.filter(({ amiId }) => !goes.has(amiId));
        const { keepPrevious } = input.policy.retention;
        expect(left.length).toBeGreaterThanOrEqual(Math.min(before.length, keepPrevious));
      }
    });
  });

  it('no more go on any day than the policy lets go, and the oldest go first', () => {
    hold((input) => {
      const { retention, zone } = input.policy;
      const perDay = new Map([[dayOf(NOW, zone), input.removedToday]]);
      const turns = removals(input).filter(
        ({ step, due, rule, at }) => step === 'deregister' && at !== null && (due || rule === 'day-is-full'),
      );
      for (const { at } of turns) {
        const day = dayOf(at ?? NOW, zone);
        perDay.set(day, (perDay.get(day) ?? 0) + 1);
        expect(perDay.get(day)).toBeLessThanOrEqual(retention.maximumRemovalsPerDay);
      }
      const times = turns.map(({ at }) => at ?? NOW);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      const ages = turns.map(({ ami }) => ami.supersededAt ?? NOW);
      expect(ages).toEqual([...ages].sort((a, b) => a - b));
    });
  });

  it('the order in which they are read makes no difference', () => {
    fc.assert(
      fc.property(
        anyInput.chain((input) =>
          fc
            .shuffledSubarray([...input.amis], { minLength: input.amis.length })
            .map((amis) => ({ input, amis })),
        ),
        ({ input, amis }) => {
          expect(removals({ ...input, amis })).toEqual(removals(input));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
