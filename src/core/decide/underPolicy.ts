import { without } from '../builds/compose.ts';
import type { Approval, RegionBuild } from '../builds/regionBuild.ts';
import type { Policy } from '../policy/policy.ts';
import type { Milliseconds } from '../words.ts';
import { requestOf } from './requestOf.ts';
import { standing } from './standing.ts';

/** What a policy decides of a queued region build; of its other fields none. */
const DECIDED = [
  'level',
  'urgency',
  'priority',
  'deadline',
  'deadlineBinds',
  'deadlineOf',
  'immediate',
  'maxCost',
  'approval',
] as const;

/**
 * A queued region build as it would have been asked for under this policy, for the same reasons at the same moments.
 * The pot stays that of the request, and what people said stays: an approval that was given, a priority of theirs.
 * Undefined: nothing of it would be otherwise, or all of its reasons are off, which the plan says (rule `level-off`).
 */
export function underPolicy(queued: RegionBuild, policy: Policy, p90: Milliseconds): RegionBuild | undefined {
  const { reasons, requestedAt, prioritized } = queued;
  const requested = requestOf({ target: queued, reasons }, policy, p90, requestedAt);
  if (requested === undefined) return undefined;
  const { wish } = requested;
  const { triggers, level, urgency, deadlineBinds, immediate } = wish;
  const after: RegionBuild = {
    ...without(queued, 'deadline', 'deadlineOf', 'maxCost'),
    triggers,
    level,
    urgency,
    priority: prioritized === true ? queued.priority : wish.priority,
    ...(wish.deadline === undefined ? {} : { deadline: wish.deadline }),
    deadlineBinds,
    ...(wish.deadlineOf === undefined ? {} : { deadlineOf: wish.deadlineOf }),
    immediate,
    ...(wish.maxCost === undefined ? {} : { maxCost: wish.maxCost }),
    approval: approvalNow(queued, policy),
  };
  const same =
    DECIDED.every((field) => queued[field] === after[field]) &&
    queued.triggers.join() === after.triggers.join();
  return same ? undefined : after;
}

/** The pot is the one it has: what the urgent one pays is asked for, also where the level would not be any more. */
function approvalNow(queued: RegionBuild, policy: Policy): Approval {
  if (queued.approval === 'given') return 'given';
  return standing(queued, policy).kind === 'ask' ? 'wanted' : 'not-needed';
}
