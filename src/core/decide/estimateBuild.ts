import {
  type BuildSize,
  dearestOf,
  estimateCeiling,
  estimateExpected,
  hourlyCost,
  type UnitPrices,
} from '../money/estimate.ts';
import type { Policy } from '../policy/policy.ts';
import { volumeOf } from '../template/fingerprint.ts';
import { DEFAULT_VOLUME_GB } from '../template/imageSpec.ts';
import type { ResolvedTemplate } from '../template/template.ts';
import type { Milliseconds } from '../words.ts';
import { buildDurations, longestBuild } from './buildDurations.ts';
import type { BuildEstimate } from './planInput.ts';

/** What an estimate is made of; a template that does not resolve any more is estimated as an ordinary one. */
export interface Estimated {
  readonly template: ResolvedTemplate | undefined;
  /** The first of those it is offered. */
  readonly instanceType: string;
  /** Durations of the last successful builds of the target. */
  readonly durations: readonly Milliseconds[];
  /** Of each it is offered, in their order. Absent: nobody knows what one costs. Such a build is not to be granted. */
  readonly prices: readonly UnitPrices[] | undefined;
}

const NO_PRICES: UnitPrices = { instanceHour: 0, volumeGbMonth: 0, snapshotGbMonth: 0, copyGb: 0 };

/**
 * What one region build takes: learned durations, bounded by the longest it may run, times the prices of its place. Image
 * Builder takes whichever instance type is available: it probably costs what the first does, and at most what the
 * dearest does.
 */
export function estimateBuild(
  { template, instanceType, durations, prices = [] }: Estimated,
  policy: Pick<Policy, 'assumedDuration' | 'maximumDuration'>,
): BuildEstimate {
  const maximumDuration = longestBuild(template, policy);
  const { p50, p90 } = buildDurations(template, durations, policy);
  const size = sizeOf(template);
  const [first = NO_PRICES] = prices;
  const dearest = dearestOf([first, ...prices]);
  return {
    p50,
    p90,
    maximumDuration,
    instanceType,
    hourlyCost: hourlyCost(dearest, size),
    ceiling: estimateCeiling(dearest, size, maximumDuration),
    expected: estimateExpected(first, size, p50),
  };
}

/** How large a build is, and its AMI's snapshots at most. */
export function sizeOf(template: ResolvedTemplate | undefined): BuildSize {
  const volumeGb = (template === undefined ? undefined : volumeOf(template)) ?? DEFAULT_VOLUME_GB;
  return { volumeGb, snapshotGb: volumeGb, copies: 0 };
}
