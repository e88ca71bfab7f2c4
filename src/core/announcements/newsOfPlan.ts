import type { RegionBuild } from '../builds/regionBuild.ts';
import { deadlineRisk } from '../decide/deadlineRisk.ts';
import { modeOf } from '../decide/modeOf.ts';
import type { Outcome, Parked, Plan } from '../decide/outcome.ts';
import { paceOf } from '../decide/paceOf.ts';
import type { PlanInput } from '../decide/planInput.ts';
import { limitOf } from '../money/limitOf.ts';
import { grantKey } from '../money/potKeys.ts';
import { boundedDuration } from '../time/latestStart.ts';
import { type Announcement, approvalWanted, exhausted, late, type ParkedBuild } from './announcement.ts';

/** More of them nobody reads in a mail, and a record has an end. */
const MOST_LISTED = 30;

/**
 * What a plan finds that people must be told: pots that cannot pay what waits for them, builds that wait for a person's
 * yes, and deadlines that may not or will not be met. Told at every look, and announced at the first (see `Announcement`). Nothing is announced of
 * templates that the system is to leave alone, in the modes observe and stopped, nor of levels that are off: there it
 * promises nothing.
 */
export function newsOfPlan({ reasons, grants, parked }: Plan, input: PlanInput): Announcement[] {
  const acts = ({ template }: RegionBuild): boolean => {
    const mode = modeOf(template, input.policy);
    return mode === 'act' || mode === 'propose';
  };
  const waiting = reasons.filter(({ regionBuild, line }) => acts(regionBuild) && line.rule !== 'level-off');
  return [
    ...emptyPots(
      parked.filter(({ regionBuild }) => acts(regionBuild)),
      grants,
      input,
    ),
    ...waiting.flatMap((outcome) => approvalOfOne(outcome, input)),
    ...waiting.flatMap((outcome) => lateOne(outcome.regionBuild, outcome, input)),
    ...input.running.flatMap((build) => lateOne(build, undefined, input)),
  ];
}

function emptyPots(parked: readonly Parked[], grants: Plan['grants'], input: PlanInput): Announcement[] {
  const { policy, pots, now } = input;
  return [...new Set(parked.flatMap(({ lacking }) => lacking))].map((pot) => {
    const unpaid = parked.filter(({ lacking }) => lacking.includes(pot));
    const [first] = unpaid;
    const balance = pots.find(({ key }) => key === pot);
    const grant = policy.grants.find(({ id }) => grantKey(id) === pot);
    const ended = grant !== undefined && grant.endsAt <= now;
    const taken = grants.flatMap(({ holdings }) => holdings).filter(({ key }) => key === pot);
    return exhausted({
      at: now,
      pot,
      limit: limitOf(pot, policy),
      reserved: taken.reduce((sum, { amount }) => sum + amount, balance?.reserved ?? 0),
      settled: balance?.settled ?? 0,
      because: first?.line.because ?? '',
      parked: unpaid.slice(0, MOST_LISTED).map((outcome) => parkedBuild(outcome, input)),
      count: unpaid.length,
      ...(ended ? { endedOn: grant.end } : {}),
      ...(grant === undefined ? {} : { owner: grant.owner }),
    });
  });
}

function parkedBuild({ regionBuild, until }: Parked, { estimateOf }: PlanInput): ParkedBuild {
  const { template, region } = regionBuild;
  const needs = estimateOf(regionBuild).ceiling;
  return { template, region, needs, ...(until === null ? {} : { until }) };
}

/** By the outcome, not by the record: in mode propose, and by another policy, others wait for a yes as well. */
function approvalOfOne({ kind, line, regionBuild }: Outcome, { policy, now }: PlanInput): Announcement[] {
  if (kind !== 'held') return [];
  const byMode = line.rule === 'mode' && modeOf(regionBuild.template, policy) === 'propose';
  if (line.rule !== 'approval' && !byMode) return [];
  return [approvalWanted(regionBuild, { at: now, because: line.because })];
}

/** `outcome`: what the plan says of one that waits; one that runs has none. */
function lateOne(build: RegionBuild, outcome: Outcome | undefined, input: PlanInput): Announcement[] {
  const { policy, now, clocks, estimateOf } = input;
  const { deadline, grant } = build;
  if (deadline === undefined || !build.deadlineBinds) return [];
  const pace = paceOf(build, estimateOf(build).p90, policy);
  // Windows give way to a deadline and slots may come free any time: only money has a date of its own.
  const startsAt = outcome?.kind === 'parked' ? (outcome.until ?? now) : now;
  const risk = deadlineRisk(build, pace, { now, startsAt, startMargin: policy.startMargin });
  if (risk === 'none') return [];
  const names = clocks.namesWithZone(policy.zone, now);
  const because =
    outcome?.line.because ??
    `it started at ${names(grant?.at ?? now)}; a slow build takes until ${names((grant?.at ?? now) + boundedDuration(pace))}`;
  return [
    late(build, risk === 'missed' ? 'deadline-missed' : 'deadline-at-risk', { at: now, deadline, because }),
  ];
}
