import type { RegionBuild } from '../builds/regionBuild.ts';
import type { Policy } from '../policy/policy.ts';
import { type SecurityLevel, SECURITY_LEVELS, URGENCIES, type Urgency } from '../words.ts';
import { approvalOf } from './approvalOf.ts';
import { urgencyOf } from './urgencyOf.ts';

const GO: Verdict = { kind: 'go' };

/** What is asked of a build to know what the policy says of it. */
export type Standing = Pick<RegionBuild, 'reasons' | 'pot'>;

/** What the policy says now of building for these reasons. */
export type Verdict =
  | { readonly kind: 'go' }
  /** A person must agree: as all updates of this level must, or since the urgent pot does not pay without asking. */
  | { readonly kind: 'ask'; readonly as: SecurityLevel | 'urgent-pot' }
  /** All of them are of levels that it leaves alone. */
  | { readonly kind: 'off' };

/**
 * Whether a queued region build may be built at all, and whether a person must agree, under the policy as it is now:
 * the most urgent of the reasons that count decides, and among equally urgent ones the least demanding (as
 * `mergeReasons` has it). What the record says is what an earlier policy said; the queue must not build by that.
 */
export function standing({ reasons, pot }: Standing, policy: Policy): Verdict {
  let first: Urgency | undefined;
  let asks: SecurityLevel | 'urgent-pot' | undefined;
  for (const reason of reasons) {
    const approval = approvalOf(reason, pot, policy);
    if (approval === 'off') continue;
    const urgency = urgencyOf(reason, reason.urgent === true, policy);
    const rank = first === undefined ? -1 : URGENCIES.indexOf(urgency) - URGENCIES.indexOf(first);
    if (rank > 0) continue;
    if (approval !== 'wanted') asks = undefined;
    else if (rank < 0) asks = asksFor(reason, policy);
    first = urgency;
  }
  if (first === undefined && reasons.length > 0) return { kind: 'off' };
  return asks === undefined ? GO : { kind: 'ask', as: asks };
}

/** Whether there is none among the reasons that the policy has not turned off: a look at the first mostly tells. */
export function isOff({ reasons, pot }: Standing, policy: Policy): boolean {
  return reasons.length > 0 && reasons.every((reason) => approvalOf(reason, pot, policy) === 'off');
}

/** Its level's own action, else that the urgent pot is to pay. */
function asksFor(reason: RegionBuild['reasons'][number], policy: Policy): SecurityLevel | 'urgent-pot' {
  return approvalOf(reason, 'daily', policy) === 'wanted' ? reason.level : 'urgent-pot';
}

/** Worst first. */
export function levelsOf({ reasons }: Pick<Standing, 'reasons'>): SecurityLevel[] {
  return SECURITY_LEVELS.filter((level) => reasons.some((reason) => reason.level === level));
}
