import { modeOf } from '../decide/modeOf.ts';
import { standing } from '../decide/standing.ts';
import type { Policy } from '../policy/policy.ts';
import type { Instant } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain, rewrite } from './compose.ts';
import { isOpen, type RegionBuild } from './regionBuild.ts';

export type Approving =
  | { readonly kind: 'approve'; readonly writes: readonly Write[] }
  /** Somebody has said yes before, nobody is asked, or there is nothing left to say yes to. */
  | { readonly kind: 'given' | 'not-needed' | 'closed' };

/**
 * A person's yes to a region build that waits for one: because of its level, of the urgent pot, or of the mode `propose`
 * (design §4). Windows, slots and money hold as before; a more urgent reason that joins later may ask again.
 */
export function approve(build: RegionBuild, policy: Policy, because: string, now: Instant): Approving {
  const { id, status, approval } = build;
  if (!isOpen(status)) return { kind: 'closed' };
  if (approval === 'given') return { kind: 'given' };
  if (!asksForApproval(build, policy)) return { kind: 'not-needed' };
  return {
    kind: 'approve',
    writes: [
      rewrite(build, { approval: 'given' }).write,
      explain(id, { at: now, rule: 'approved', because: `approved ${because}` }),
    ],
  };
}

/** Whether it waits for a person's yes: by the record, the policy as it is now, or the mode, as the plan holds it. */
export function asksForApproval(build: RegionBuild, policy: Policy): boolean {
  if (build.status !== 'queued' || build.approval === 'given') return false;
  if (build.approval === 'wanted' || modeOf(build.template, policy) === 'propose') return true;
  return standing(build, policy).kind === 'ask';
}
