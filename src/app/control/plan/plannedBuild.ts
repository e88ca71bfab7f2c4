import type { PlannedBuild } from '../../../api/answers.ts';
import { regionBuildAnswer } from '../../../api/present/builds.ts';
import type { RegionBuild } from '../../../core/builds/regionBuild.ts';
import { sizeOf } from '../../../core/decide/estimateBuild.ts';
import type { QueueOutlook } from '../../../core/decide/outlook.ts';
import { recurringCost } from '../../../core/money/estimate.ts';
import { holdingsOf } from '../../../core/money/holdings.ts';
import type { Gathered } from '../../gatherPlanInput.ts';

/** What the plan says of one region build, with its cost and the pots that pay for it. */
export function plannedBuild(build: RegionBuild, seen: QueueOutlook, gathered: Gathered): PlannedBuild {
  const { input } = gathered;
  const outlook = seen.of.get(build.id);
  const outcome = seen.outcomes.get(build.id);
  const { ceiling } = input.estimateOf(build);
  const at = outlook?.startsAt ?? input.now;
  const holdings =
    build.grant?.reservation.holdings ??
    holdingsOf(
      { template: build.template, pot: build.pot, amount: ceiling },
      input.policy,
      input.clocks.calendar,
      at,
    );
  return {
    ...regionBuildAnswer(build, outlook),
    decision: outcome?.kind ?? 'running',
    asked: input.queue.some(({ id }) => id === build.id) || build.status !== 'queued',
    estimate: estimateOf(build, gathered),
    pots: holdings.map(({ key }) => key),
  };
}

function estimateOf(build: RegionBuild, gathered: Gathered): PlannedBuild['estimate'] {
  const { input, pricesOf, resolution } = gathered;
  const prices = pricesOf(build);
  if (prices === undefined) return null;
  const { expected, ceiling } = input.estimateOf(build);
  const size = sizeOf(resolution.templates.get(build.template));
  return { expected, ceiling, monthly: recurringCost(prices, size) };
}

/** All of it together but what is refused; `null` as soon as one price is not known. */
export function sumOf(builds: readonly PlannedBuild[]): PlannedBuild['estimate'] {
  const sum = { expected: 0, ceiling: 0, monthly: 0 };
  for (const { decision, estimate } of builds) {
    if (decision === 'refused') continue;
    if (estimate === null) return null;
    sum.expected += estimate.expected;
    sum.ceiling += estimate.ceiling;
    sum.monthly += estimate.monthly;
  }
  return sum;
}
