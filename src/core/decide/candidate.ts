import type { RegionBuild } from '../builds/regionBuild.ts';
import { latestStart } from '../time/latestStart.ts';
import type { Instant } from '../words.ts';
import type { Desk } from './desk.ts';
import { boundStart, startsAtOnce } from './mustStart.ts';
import { behindParent, type Ranked, rankKey } from './order.ts';
import { priorityNow } from './priorityOf.ts';
import type { BuildEstimate } from './planInput.ts';
import type { TemplateFacts } from './templateFacts.ts';
import type { WindowState } from './windowGate.ts';

/** A queued region build with all that its place and its decision depend on, worked out once. */
export interface Candidate extends Ranked {
  readonly build: RegionBuild;
  readonly region: string;
  readonly estimate: BuildEstimate;
  readonly facts: TemplateFacts;
  /** Critical, immediate, or at its latest start: waits for no window. */
  readonly mustStart: boolean;
  /** Last moment to start for a binding deadline; infinite without one. */
  readonly boundStart: Instant;
  /** Open builds of base templates it waits for in a row. */
  readonly depth: number;
  readonly window: WindowState;
}

export function candidateOf(build: RegionBuild, desk: Desk): Candidate {
  const { policy, estimateOf, now } = desk.input;
  const { urgency, deadline, deadlineBinds, requestedAt, id } = build;
  const estimate = estimateOf(build);
  const facts = desk.factsOf(build.template);
  const pace = {
    soak: urgency === 'critical' ? 0 : facts.soak,
    p90: estimate.p90,
    safetyFactor: policy.safetyFactor,
  };
  const bound = boundStart(build, pace);
  const mustStart = startsAtOnce(build) || now >= bound - policy.startMargin;
  const latest = deadline === undefined ? Number.POSITIVE_INFINITY : latestStart(deadline, pace);
  const depth = desk.open.depthOf(build);
  return {
    key: depth > 0 ? behindParent(depth) : rankKey(mustStart, urgency, latest, deadlineBinds),
    priority: priorityNow(build, facts.launches, policy),
    launches: facts.launches,
    regionRank: desk.regionRankOf(build.region),
    requestedAt,
    id,
    build,
    region: build.region,
    estimate,
    facts,
    mustStart,
    boundStart: bound,
    depth,
    window: desk.windowOf(build),
  };
}

/** Regions of the policy first, then the deployment's others in its own order, then any other. */
export function regionRanks(
  prioritized: readonly string[],
  others: readonly string[],
): (region: string) => number {
  const ranks = new Map<string, number>();
  for (const region of [...prioritized, ...others]) if (!ranks.has(region)) ranks.set(region, ranks.size);
  return (region) => ranks.get(region) ?? ranks.size;
}
