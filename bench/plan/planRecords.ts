import type { RegionBuild } from '../../src/core/builds/regionBuild.ts';
import { learnedDurations } from '../../src/core/money/learnedDurations.ts';
import { estimateCeiling, estimateExpected, hourlyCost } from '../../src/core/money/estimate.ts';
import { fallbackPrices } from '../../src/core/money/fallbackPrices.ts';
import { policyClocks } from '../../src/core/decide/policyClocks.ts';
import type { BuildEstimate, PlanInput } from '../../src/core/decide/planInput.ts';
import { fractionOf } from '../../src/core/decide/spread.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/policy/policy.ts';
import { ARCHITECTURES, DAY, HOUR, MINUTE, type Trigger } from '../../src/core/words.ts';
import { requestOf } from '../../src/core/decide/requestOf.ts';

/** Tue 24 Nov 2026, 02:01 UTC: off-peak windows have just opened, so that every rule has something to say. */
const NOW = Date.UTC(2026, 10, 24, 2, 1);
const REGIONS = ['us-east-1', 'us-west-2', 'eu-central-1', 'ap-southeast-2'];
const CAUSES = [
  { trigger: 'security', level: 'critical' },
  { trigger: 'security', level: 'high' },
  { trigger: 'security', level: 'medium' },
  { trigger: 'security', level: 'medium' },
  { trigger: 'security', level: 'low' },
  { trigger: 'popularity', level: 'none' },
  { trigger: 'dependency', level: 'none' },
  { trigger: 'scheduled', level: 'none' },
] as const satisfies readonly { trigger: Trigger; level: string }[];

const POLICY: Policy = {
  ...DEFAULT_POLICY,
  mode: 'act',
  regionPriority: REGIONS,
  zone: 'America/New_York',
  perLevel: { ...DEFAULT_POLICY.perLevel, low: { window: 30 * DAY, action: 'auto' } },
};

/** A queue of so many requests for as many targets, with every level, trigger, region and state of deadline in it. */
export function planRecords(count: number): PlanInput {
  const queue: RegionBuild[] = [];
  const estimates = new Map<string, BuildEstimate>();
  for (let index = 0; queue.length < count; index++) {
    const region = REGIONS[index % REGIONS.length]!;
    const architecture = ARCHITECTURES[Math.floor(index / REGIONS.length) % ARCHITECTURES.length]!;
    const template = `template-${Math.floor(index / (REGIONS.length * ARCHITECTURES.length))}`;
    const chance = (name: string) => fractionOf(`${name}/${index}`);
    const cause = CAUSES[Math.floor(chance('cause') * CAUSES.length)]!;
    const age =
      chance('age') * (cause.level === 'critical' ? 3 * HOUR : cause.level === 'high' ? DAY : 6 * DAY);
    const durations = Array.from({ length: 5 }, (_, n) => (10 + 40 * chance(`duration-${n}`)) * MINUTE);
    const target = { template, region, architecture };
    const at = Math.floor(NOW - age);
    const requested = requestOf(
      {
        target,
        reasons: [{ ...cause, at, because: `${cause.trigger} ${cause.level}` }],
        launches: Math.floor(chance('launches') * 9),
      },
      POLICY,
      learnedDurations(durations, POLICY).p90,
      at,
    );
    if (requested === undefined) continue;
    const id = `${template}-${region}-${architecture}-1`;
    queue.push({
      ...requested.wish,
      id,
      sequence: 1,
      build: template,
      status: 'queued',
      revision: 1,
      attempts: 0,
      executionNumber: 1,
      cost: 0,
    });
    estimates.set(id, estimateFor(region, durations));
  }
  const bases = [
    { imageId: 'ami-2', imageName: 'base-2', release: '2', since: NOW - 2 * DAY },
    { imageId: 'ami-1', imageName: 'base-1', release: '1', since: NOW - 9 * DAY },
  ];
  return {
    now: NOW,
    policy: POLICY,
    clocks: policyClocks(POLICY),
    queue,
    running: [],
    pots: [],
    estimateOf: ({ id }) => estimates.get(id)!,
    baseImagesOf: () => bases,
  };
}

function estimateFor(region: string, durations: readonly number[]): BuildEstimate {
  const { p50, p90 } = learnedDurations(durations, POLICY);
  const prices = fallbackPrices({ region, instanceType: 'm7i.large', operatingSystem: 'linux' })!;
  const size = { volumeGb: 30, snapshotGb: 8, copies: 0 };
  return {
    p50,
    p90,
    maximumDuration: POLICY.maximumDuration,
    instanceType: 'm7i.large',
    hourlyCost: hourlyCost(prices, size),
    ceiling: estimateCeiling(prices, size, POLICY.maximumDuration),
    expected: estimateExpected(prices, size, p50),
  };
}
