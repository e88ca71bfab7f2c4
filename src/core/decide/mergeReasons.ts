import { without } from '../builds/compose.ts';
import type { RegionBuildWish } from '../builds/enqueue.ts';
import type { Approval, Reason } from '../builds/regionBuild.ts';
import type { Policy } from '../policy/policy.ts';
import {
  type Pot,
  type SecurityLevel,
  SECURITY_LEVELS,
  TRIGGERS,
  URGENCIES,
  type Urgency,
} from '../words.ts';
import { effectiveLevel } from './urgencyOf.ts';

/** What the reasons of a region build decide together. */
export type Weighed = Pick<
  RegionBuildWish,
  | 'triggers'
  | 'reasons'
  | 'level'
  | 'urgency'
  | 'priority'
  | 'pot'
  | 'deadline'
  | 'deadlineBinds'
  | 'deadlineOf'
  | 'immediate'
  | 'maxCost'
  | 'forced'
  | 'approval'
>;

/** Better filled pots first: among equally urgent reasons the one that may spend more pays. */
const POT_ORDER: readonly Pot[] = ['urgent', 'daily', 'monthly'];
/** Least demanding first. */
const APPROVAL_ORDER: readonly Approval[] = ['given', 'not-needed', 'wanted'];

const COMPARED = [
  'level',
  'urgency',
  'priority',
  'pot',
  'deadline',
  'deadlineBinds',
  'deadlineOf',
  'immediate',
  'maxCost',
  'forced',
  'approval',
] as const;

/**
 * Coalescing: a new reason merges into the queued region build with the earliest deadline, the highest urgency and
 * the worst level (design §4).
 *
 * - Pot: that of the more urgent reason. Each reason's pot is fixed when it is requested; a critical reason that joins
 *   a monthly build brings its own money, or it would starve behind the monthly limit. Among equally urgent reasons
 *   urgent goes before daily before monthly. Nothing else ever moves a build to another pot.
 * - Approval: as the more urgent reason demands; among equally urgent ones as the less demanding does. An approval
 *   given for less urgent reasons does not cover a more urgent one that must be asked for.
 * - Deadline: the earliest that binds; one that only ranks counts if none binds.
 * - Own limit of cost: the higher one, and none if one of them has none: one reason's limit must not refuse another.
 *
 * Returns the whole record with its other fields as they were; undefined if nothing changes, as when the same reason
 * comes again: a doubled event is harmless.
 */
export function mergeReasons<Queued extends Weighed>(
  queued: Queued,
  joining: Weighed,
  policy: Pick<Policy, 'treatUnknownAs'>,
): (Omit<Queued, 'maxCost' | 'deadlineOf'> & Weighed) | undefined {
  const merged = weighTogether(queued, joining, policy);
  if (sameWeight(queued, merged)) return undefined;
  return { ...without(queued, 'maxCost', 'deadlineOf'), ...merged };
}

function weighTogether(queued: Weighed, joining: Weighed, policy: Pick<Policy, 'treatUnknownAs'>): Weighed {
  const leading = leads(joining, queued) ? joining : queued;
  const maxCost =
    queued.maxCost === undefined || joining.maxCost === undefined
      ? undefined
      : Math.max(queued.maxCost, joining.maxCost);
  return {
    triggers: TRIGGERS.filter(
      (trigger) => queued.triggers.includes(trigger) || joining.triggers.includes(trigger),
    ),
    reasons: withNew(queued.reasons, joining.reasons),
    level: worse(queued.level, joining.level, policy),
    urgency: leading.urgency,
    priority: Math.max(queued.priority, joining.priority),
    pot: leading.pot,
    ...earliestDeadline(queued, joining),
    deadlineBinds: queued.deadlineBinds || joining.deadlineBinds,
    immediate: queued.immediate || joining.immediate,
    ...(maxCost === undefined ? {} : { maxCost }),
    forced: queued.forced || joining.forced,
    approval: queued.urgency === joining.urgency ? lessDemanding(queued, joining) : leading.approval,
  };
}

/** The reasons that are not among those known: what a merge would add. */
export function newReasons(known: readonly Reason[], more: readonly Reason[]): Reason[] {
  const keys = new Set(known.map(keyOf));
  return more.filter((reason) => !keys.has(keyOf(reason)));
}

/** What is asked for again with more launches counts those, as its priority does. */
function withNew(known: readonly Reason[], more: readonly Reason[]): readonly Reason[] {
  const counted = new Map(more.map((reason) => [keyOf(reason), reason.launches ?? 0]));
  const again = known.map((reason) => {
    const launches = counted.get(keyOf(reason)) ?? 0;
    return launches > (reason.launches ?? 0) ? { ...reason, launches } : reason;
  });
  return [...again, ...newReasons(known, more)];
}

/**
 * An update is the same whatever words describe it; other reasons are their words, and a person who asks again asks
 * anew: what has happened in between may be why.
 */
function keyOf({ trigger, level, update, actor, because, byHand, at }: Reason): string {
  return JSON.stringify([
    trigger,
    level,
    actor,
    update === undefined ? because : [update.base, update.release],
    ...(byHand === true ? [at] : []),
  ]);
}

function sameWeight(before: Weighed, after: Weighed): boolean {
  return (
    before.reasons.length === after.reasons.length &&
    before.triggers.length === after.triggers.length &&
    COMPARED.every((field) => before[field] === after[field])
  );
}

function leads(a: Weighed, b: Weighed): boolean {
  const difference = rankOf(a.urgency) - rankOf(b.urgency);
  return difference === 0 ? POT_ORDER.indexOf(a.pot) < POT_ORDER.indexOf(b.pot) : difference < 0;
}

function rankOf(urgency: Urgency): number {
  return URGENCIES.indexOf(urgency);
}

function lessDemanding(a: Weighed, b: Weighed): Approval {
  return APPROVAL_ORDER.indexOf(b.approval) < APPROVAL_ORDER.indexOf(a.approval) ? b.approval : a.approval;
}

type Due = Pick<Weighed, 'deadline' | 'deadlineOf'>;

/** With whose it is; of two at the same moment the first one's. */
function earliestDeadline(a: Weighed, b: Weighed): Due {
  const counted = a.deadlineBinds === b.deadlineBinds ? [a, b] : a.deadlineBinds ? [a] : [b];
  return counted.reduce<Due>((earliest, { deadline, deadlineOf }) => {
    if (deadline === undefined || deadline >= (earliest.deadline ?? Number.POSITIVE_INFINITY))
      return earliest;
    return { deadline, ...(deadlineOf === undefined ? {} : { deadlineOf }) };
  }, {});
}

/** `unknown` ranks as the level it is treated as, just behind it, since that one is certain. */
function worse(a: SecurityLevel, b: SecurityLevel, policy: Pick<Policy, 'treatUnknownAs'>): SecurityLevel {
  const rank = (level: SecurityLevel) =>
    SECURITY_LEVELS.indexOf(effectiveLevel(level, policy) ?? 'none') + (level === 'unknown' ? 0.5 : 0);
  return rank(b) < rank(a) ? b : a;
}
