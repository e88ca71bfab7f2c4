import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import { policyClocks } from '../../../src/core/decide/policyClocks.ts';
import type { BuildEstimate, PlanInput } from '../../../src/core/decide/planInput.ts';
import type { PotBalance } from '../../../src/core/money/pot.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/core/policy/policy.ts';
import type { Window } from '../../../src/core/time/window.ts';
import { DAY, type Instant, MICRO_DOLLARS_PER_DOLLAR, MINUTE } from '../../../src/core/words.ts';

/** Tue 24 Nov 2026, 14:00 in New York (19:00 UTC): an ordinary afternoon, all default windows closed. */
export const TWO_PM: Instant = Date.UTC(2026, 10, 24, 19);
export const ZONE = 'America/New_York';
export const DOLLAR = MICRO_DOLLARS_PER_DOLLAR;

/** `02:00` in New York on a day of November 2026. */
export function newYork(day: number, hour: number, minute = 0): Instant {
  return Date.UTC(2026, 10, day, hour + 5, minute);
}

export function aWindow(startHour: number, endHour: number, zone = ZONE): Window {
  return { start: startHour * 60, end: endHour * 60, zone, season: null };
}

/** The defaults of design §4 in New York's zone, in mode `act`. */
export function aPolicy(changes: Partial<Policy> = {}): Policy {
  return {
    ...DEFAULT_POLICY,
    mode: 'act',
    zone: ZONE,
    windows: { offPeak: [aWindow(2, 6)], urgent: [aWindow(20, 6)] },
    ...changes,
  };
}

export function aRegionBuild(changes: Partial<RegionBuild> = {}): RegionBuild {
  const template = changes.template ?? 'python-ml';
  const region = changes.region ?? 'us-east-1';
  const architecture = changes.architecture ?? 'x86_64';
  const sequence = changes.sequence ?? 1;
  return {
    id: `${template}-${region}-${architecture}-${sequence}`,
    template,
    region,
    architecture,
    sequence,
    build: template,
    status: 'queued',
    revision: 1,
    requestedAt: TWO_PM,
    triggers: ['security'],
    reasons: [{ trigger: 'security', at: TWO_PM, level: 'medium', because: 'a base image moved (medium)' }],
    level: 'medium',
    urgency: 'normal',
    priority: 60,
    pot: 'daily',
    deadline: TWO_PM + 7 * DAY,
    deadlineBinds: true,
    immediate: false,
    forced: false,
    approval: 'not-needed',
    attempts: 0,
    executionNumber: 1,
    cost: 0,
    ...changes,
  };
}

/** Thirty minutes (p90 × 1.5 = 45), a ceiling of one dollar. */
export function anEstimate(changes: Partial<BuildEstimate> = {}): BuildEstimate {
  return {
    p50: 20 * MINUTE,
    p90: 30 * MINUTE,
    maximumDuration: 180 * MINUTE,
    instanceType: 'm7i.large',
    hourlyCost: Math.floor(DOLLAR / 3),
    ceiling: DOLLAR,
    expected: DOLLAR / 9,
    ...changes,
  };
}

export const A_BASE = { imageId: 'ami-new', imageName: 'al2023-new', release: '2', since: TWO_PM - DAY };

/** A plan input of a quiet system: nothing runs, no pot used, one old enough base image. */
export function anInput(changes: Partial<PlanInput> = {}): PlanInput {
  const policy = changes.policy ?? aPolicy();
  const estimate = anEstimate();
  return {
    now: TWO_PM,
    policy,
    clocks: policyClocks(policy),
    queue: [],
    running: [],
    pots: [],
    estimateOf: () => estimate,
    baseImagesOf: () => [A_BASE],
    ...changes,
  };
}

/** The same region build with a grant, in a slot. */
export function running(
  build: RegionBuild,
  changes: Partial<NonNullable<RegionBuild['grant']>> = {},
): RegionBuild {
  return {
    ...build,
    status: 'running',
    attempts: 1,
    grant: {
      attempt: 1,
      at: TWO_PM - 10 * MINUTE,
      slot: 1,
      baseImageId: A_BASE.imageId,
      baseImageName: A_BASE.imageName,
      baseRelease: A_BASE.release,
      fingerprint: 'f',
      instanceType: 'm7i.large',
      maximumDuration: 180 * MINUTE,
      hourlyCost: Math.floor(DOLLAR / 3),
      reservation: { amount: DOLLAR, holdings: [], pot: build.pot },
      ...changes,
    },
  };
}

export function aBalance(key: string, changes: Partial<PotBalance> = {}): PotBalance {
  return { key, reserved: 0, settled: 0, overrun: 0, ...changes };
}
