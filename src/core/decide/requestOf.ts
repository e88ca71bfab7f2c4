import type { RegionBuildWish } from '../builds/enqueue.ts';
import type { Reason } from '../builds/regionBuild.ts';
import type { Policy } from '../policy/policy.ts';
import { templatePolicy } from '../policy/templatePolicy.ts';
import type { Instant, MicroDollars, Milliseconds, Target } from '../words.ts';
import { approvalOf } from './approvalOf.ts';
import { deadlineOf } from './deadlineOf.ts';
import { mergeReasons } from './mergeReasons.ts';
import { paceOf } from './paceOf.ts';
import { priorityOf } from './priorityOf.ts';
import { urgencyOf } from './urgencyOf.ts';
import { potOf } from './whenToStart.ts';

/** Why and how a target is to be built. */
export interface Wanted {
  readonly target: Target;
  readonly reasons: readonly Reason[];
  /** A manual `--urgent`: critical, paid from the urgent pot, started at once. */
  readonly urgent?: boolean;
  /** The start of the term it is wanted for. */
  readonly deadline?: Instant;
  /** The request's own limit; the template's of the policy otherwise. */
  readonly maxCost?: MicroDollars;
  readonly forced?: boolean;
  /** Launches of the template within the policy's popularity window. */
  readonly launches?: number;
}

export interface Requested {
  readonly wish: RegionBuildWish;
  /** A deadline that could not be met even by starting at once: reported now, not when it is missed. */
  readonly infeasible: Instant | null;
}

/**
 * The first fields of a region build, each reason weighed alone and then merged as later ones will be. Each reason
 * keeps what was asked for with it, so that all can be weighed again when the policy changes (see `weighAgain`).
 * Undefined if no reason asks for anything: all of them are of levels the policy has turned off.
 */
export function requestOf(
  wanted: Wanted,
  policy: Policy,
  /** What nine of ten builds of this target stay below (`buildDurations`). */
  p90: Milliseconds,
  now: Instant,
): Requested | undefined {
  const requests = wanted.reasons
    .map((reason) => requestFor(reason, wanted, p90, policy, now))
    .filter((request) => request !== undefined);
  const [first, ...others] = requests;
  if (first === undefined) return undefined;
  return others.reduce(
    (all, { wish, infeasible }) => ({
      wish: mergeReasons(all.wish, wish, policy) ?? all.wish,
      infeasible: earliest(all.infeasible, infeasible),
    }),
    first,
  );
}

function requestFor(
  reason: Reason,
  wanted: Wanted,
  p90: Milliseconds,
  policy: Policy,
  now: Instant,
): Requested | undefined {
  const { region, architecture, template } = wanted.target;
  const urgent = reason.urgent ?? wanted.urgent ?? false;
  const deadline = reason.deadline ?? wanted.deadline ?? null;
  const asked = { urgent, deadline };
  const launches = reason.launches ?? wanted.launches ?? 0;
  const urgency = urgencyOf(reason, urgent, policy);
  const priority = priorityOf(reason.trigger, launches, policy);
  // A deadline of its own gives the season's reason away: an age has none.
  const seasonal = reason.trigger === 'scheduled' && asked.deadline !== null;
  const pot = potOf({ urgency, priority, seasonal }, policy);
  const approval = approvalOf(reason, pot, policy);
  if (approval === 'off') return undefined;
  const due = deadlineOf(reason, asked, paceOf({ template, urgency }, p90, policy), policy, now);
  const maxCost = wanted.maxCost ?? templatePolicy(policy, template).maxCost;
  return {
    wish: {
      template,
      region,
      architecture,
      requestedAt: now,
      triggers: [reason.trigger],
      reasons: [
        {
          ...reason,
          ...(urgent ? { urgent } : {}),
          ...(deadline === null ? {} : { deadline }),
          ...(launches === 0 ? {} : { launches }),
        },
      ],
      level: reason.level,
      urgency,
      priority,
      pot,
      deadline: due.deadline,
      deadlineBinds: due.binds,
      ...(due.of === undefined ? {} : { deadlineOf: due.of }),
      immediate: due.immediate,
      ...(maxCost === null ? {} : { maxCost }),
      forced: wanted.forced ?? false,
      approval,
    },
    infeasible: due.infeasible ? due.deadline : null,
  };
}

function earliest(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
