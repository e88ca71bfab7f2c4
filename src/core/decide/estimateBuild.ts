import { learnedDurations } from '../money/learnedDurations.ts';
import {
  type BuildSize,
  estimateCeiling,
  estimateExpected,
  hourlyCost,
  type UnitPrices,
} from '../money/estimate.ts';
import type { Policy } from '../policy/policy.ts';
import { volumeOf } from '../template/fingerprint.ts';
import { DEFAULT_VOLUME_GB } from '../template/imageSpec.ts';
import type { ResolvedTemplate } from '../template/template.ts';
import { type Architecture, MINUTE, type Milliseconds } from '../words.ts';
import type { BuildEstimate } from './planInput.ts';

/** What an estimate is made of; a template that does not resolve any more is estimated as an ordinary one. */
export interface Estimated {
  readonly template: ResolvedTemplate | undefined;
  readonly instanceType: string;
  /** Durations of the last successful builds of the target. */
  readonly durations: readonly Milliseconds[];
  /** Absent: nobody knows what the instance type costs. Such a build is not to be granted. */
  readonly prices: UnitPrices | undefined;
}

const NO_PRICES: UnitPrices = { instanceHour: 0, volumeGbMonth: 0, snapshotGbMonth: 0, copyGb: 0 };

/** What one region build takes: learned durations, bounded by the longest it may run, times the prices of its place. */
export function estimateBuild(
  { template, instanceType, durations, prices = NO_PRICES }: Estimated,
  policy: Pick<Policy, 'assumedDuration' | 'maximumDuration'>,
): BuildEstimate {
  const ownMinutes = template?.build.maxMinutes;
  const maximumDuration = ownMinutes === undefined ? policy.maximumDuration : ownMinutes * MINUTE;
  const { assumedDuration } = policy;
  const { p50, p90 } = learnedDurations(durations, { assumedDuration, maximumDuration });
  const size = sizeOf(template);
  return {
    p50,
    p90,
    maximumDuration,
    instanceType,
    hourlyCost: hourlyCost(prices, size),
    ceiling: estimateCeiling(prices, size, maximumDuration),
    expected: estimateExpected(prices, size, p50),
  };
}

/** How large a build is, and its AMI's snapshots at most. */
export function sizeOf(template: ResolvedTemplate | undefined): BuildSize {
  const volumeGb = (template === undefined ? undefined : volumeOf(template)) ?? DEFAULT_VOLUME_GB;
  return { volumeGb, snapshotGb: volumeGb, copies: 0 };
}

/** The instance type Image Builder is asked for first, which also prices the reservation: the template's, else the region's. */
export function firstInstanceType(
  template: ResolvedTemplate | undefined,
  ofRegion: Readonly<Record<Architecture, readonly string[]>>,
  architecture: Architecture,
): string {
  const own = template?.build.instanceTypes[architecture]?.[0];
  const first = own ?? ofRegion[architecture][0];
  if (first === undefined) throw new Error(`no instance type is configured for ${architecture}`);
  return first;
}
