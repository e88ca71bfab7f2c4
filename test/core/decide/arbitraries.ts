import fc from 'fast-check';
import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import { policyClocks } from '../../../src/core/decide/policyClocks.ts';
import type { BuildEstimate, PlanInput } from '../../../src/core/decide/planInput.ts';
import { requestOf } from '../../../src/core/decide/requestOf.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';
import { WHOLE_SHARE } from '../../../src/core/policy/policy.ts';
import {
  ARCHITECTURES,
  DAY,
  HOUR,
  type Instant,
  MINUTE,
  SECURITY_LEVELS,
  targetKey,
  type Trigger,
  TRIGGERS,
} from '../../../src/core/words.ts';
import { aBalance, anEstimate, aPolicy, aRegionBuild, aWindow, DOLLAR, running, TWO_PM } from './builders.ts';

export const REGIONS = ['us-east-1', 'us-west-2', 'eu-central-1'];
export const TEMPLATES = ['python-ml', 'r-research', 'deep-learning-gpu', 'ubuntu-basic'];

/** Few policies, made once: their clocks remember their windows over thousands of plans. */
export const POLICIES: readonly Policy[] = [
  aPolicy(),
  aPolicy({ slotsPerRegion: 2, regionPriority: ['us-west-2'], zone: 'UTC' }),
  aPolicy({
    slotsPerRegion: 1,
    jitter: 0,
    preferOffPeak: false,
    windows: { offPeak: [aWindow(2, 6, 'Asia/Kolkata')], urgent: [aWindow(13, 15, 'Europe/London')] },
    budgets: { ...aPolicy().budgets, daily: 3 * DOLLAR, monthly: 20 * DOLLAR, urgent: 4 * DOLLAR },
  }),
  aPolicy({
    slotsPerRegion: 3,
    jitter: 3 * HOUR,
    windows: { offPeak: [aWindow(23, 1), aWindow(14, 15)], urgent: [aWindow(12, 12)] },
    budgets: { ...aPolicy().budgets, daily: 2 * DOLLAR, monthly: 5 * DOLLAR, urgent: 2 * DOLLAR },
    soak: 30 * MINUTE,
    grants: [
      {
        id: 'nsf-1',
        limit: 3 * DOLLAR,
        start: '2026-01-01',
        end: '2027-12-31',
        startsAt: Date.UTC(2026, 0, 1),
        endsAt: Date.UTC(2028, 0, 1),
        owner: 'pi@example.edu',
        shares: { 'python-ml': WHOLE_SHARE / 2, 'r-research': WHOLE_SHARE },
      },
    ],
  }),
];
const CLOCKS = POLICIES.map(policyClocks);

export const anyPolicy = fc
  .nat({ max: POLICIES.length - 1 })
  .map((index) => ({ policy: POLICIES[index]!, clocks: CLOCKS[index]! }));

export const anyTarget = fc.record({
  template: fc.constantFrom(...TEMPLATES),
  region: fc.constantFrom(...REGIONS),
  architecture: fc.constantFrom(...ARCHITECTURES),
});

export const anyEstimate: fc.Arbitrary<BuildEstimate> = fc
  .record({ minutes: fc.integer({ min: 1, max: 120 }), ceiling: fc.integer({ min: 1, max: 3 * DOLLAR }) })
  .map(({ minutes, ceiling }) =>
    anEstimate({ p90: minutes * MINUTE, maximumDuration: 2 * minutes * MINUTE, ceiling, expected: ceiling }),
  );

/** A security reason of any level, or another trigger without one. */
const anyCause = fc.oneof(
  fc.record({
    trigger: fc.constant<Trigger>('security'),
    level: fc.constantFrom(...SECURITY_LEVELS),
  }),
  fc.record({ trigger: fc.constantFrom(...TRIGGERS), level: fc.constant('none' as const) }),
);

/** Requests for different targets, as the request rules make them, detected up to so long before `TWO_PM`. */
export function anyQueue(policy: Policy, options: { most: number; oldest?: number; held?: boolean }) {
  const request = fc.record({
    target: anyTarget,
    cause: anyCause,
    age: fc.integer({ min: 0, max: options.oldest ?? 8 * DAY }),
    urgent: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    launches: fc.nat({ max: 12 }),
    retried: fc.constantFrom(0, 0, 0, 7 * MINUTE),
    approval: fc.constantFrom('given', 'not-needed', 'wanted'),
    maxCost: fc.constantFrom(undefined, undefined, undefined, DOLLAR),
  });
  return fc
    .uniqueArray(request, { maxLength: options.most, selector: ({ target }) => targetKey(target) })
    .map((requests) =>
      requests.flatMap(
        ({ target, cause, age, urgent, launches, retried, approval, maxCost }): RegionBuild[] => {
          const at = TWO_PM - age;
          const reason = { ...cause, at, because: `${cause.trigger} ${cause.level}` };
          const requested = requestOf(
            { target, reasons: [reason], urgent, launches, ...(maxCost === undefined ? {} : { maxCost }) },
            policy,
            30 * MINUTE,
            at,
          );
          if (requested === undefined) return [];
          const { wish } = requested;
          return [
            aRegionBuild({
              ...wish,
              id: `${target.template}-${target.region}-${target.architecture}-1`,
              approval: options.held === true ? approval : 'given',
              ...(retried === 0 ? {} : { notBefore: TWO_PM + retried, attempts: 1 }),
            }),
          ];
        },
      ),
    );
}

/** Anything a plan may be asked: part of the targets running, pots partly used, templates stopped in every way. */
export const anyInput: fc.Arbitrary<PlanInput> = anyPolicy.chain(({ policy, clocks }) =>
  fc
    .record({
      queue: anyQueue(policy, { most: 12, held: true }),
      runs: anyQueue(policy, { most: 4 }),
      estimates: fc.array(anyEstimate, { minLength: 24, maxLength: 24 }),
      minutes: fc.nat({ max: 24 * 60 }),
      used: fc.array(fc.integer({ min: 0, max: 4 * DOLLAR }), { minLength: 4, maxLength: 4 }),
      situation: fc.constantFrom('usual', 'disabled', 'paused', 'child', 'chain'),
      mode: fc.constantFrom('act', 'act', 'act', 'propose', 'observe', 'stopped'),
      minimumAge: fc.constantFrom(0, 0, 2 * DAY),
      blocked: fc.boolean(),
      callersHold: fc.boolean(),
    })
    .map((drawn): PlanInput => {
      const now = TWO_PM + drawn.minutes * MINUTE;
      const numbers = new Map<string, number>();
      const slots = new Map<string, number>();
      return {
        now,
        policy: {
          ...policy,
          templates: { 'ubuntu-basic': { mode: drawn.mode, minimumAge: drawn.minimumAge } },
          blockedImages: drawn.blocked ? [{ imageId: 'ami-2', reason: 'does not boot' }] : [],
        },
        clocks,
        queue: drawn.queue,
        running: drawn.runs.flatMap((build) => {
          const slot = (slots.get(build.region) ?? 0) + 1;
          slots.set(build.region, slot);
          const id = `${build.id}-running`;
          return slot > policy.slotsPerRegion
            ? []
            : [running({ ...build, id, sequence: 0 }, { slot, at: now - 10 * MINUTE })];
        }),
        pots: ['daily#2026-11-24', 'monthly#2026-11', 'urgent#2026-11', 'grant:nsf-1'].map((key, index) =>
          aBalance(key, { settled: drawn.used[index]! }),
        ),
        estimateOf: (build) => {
          const key = targetKey(build);
          if (!numbers.has(key)) numbers.set(key, hashOf(key) % 24);
          return drawn.estimates[numbers.get(key)!]!;
        },
        baseImagesOf: ({ region }) =>
          region === 'eu-central-1' && drawn.blocked
            ? []
            : [
                { imageId: 'ami-2', imageName: 'base-2', release: '2', since: now - HOUR },
                { imageId: 'ami-1', imageName: 'base-1', release: '1', since: now - 36 * HOUR },
              ],
        templates: situationsOf(drawn.situation),
        holds: drawn.callersHold
          ? new Map([
              [
                'r-research-us-west-2-arm64-1',
                { rule: 'turn', because: 'held: it has not asked for its turn' },
              ],
            ])
          : new Map(),
        regions: REGIONS,
      };
    }),
);

function situationsOf(situation: string): NonNullable<PlanInput['templates']> {
  const stopped = { by: 'ada', reason: 'prefers fresh builds' };
  switch (situation) {
    case 'disabled':
      return new Map([['python-ml', { disabled: stopped }]]);
    case 'paused':
      return new Map([['r-research', { paused: stopped }]]);
    case 'child':
      return new Map([['python-ml', { parent: 'ubuntu-basic' }]]);
    case 'chain':
      return new Map([
        ['python-ml', { parent: 'r-research' }],
        ['r-research', { parent: 'ubuntu-basic' }],
        ['ubuntu-basic', { parent: 'deep-learning-gpu' }],
      ]);
    default:
      return new Map();
  }
}

function hashOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7);
}

/** Instants of a day and a bit, to the millisecond. */
export const anyMoment: fc.Arbitrary<Instant> = fc.integer({ min: TWO_PM, max: TWO_PM + DAY });
