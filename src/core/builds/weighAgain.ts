import { underPolicy } from '../decide/underPolicy.ts';
import { dollars } from '../money/dollars.ts';
import type { Policy } from '../policy/policy.ts';
import { inWords } from '../time/inWords.ts';
import type { Instant, Milliseconds } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain, rewrite } from './compose.ts';
import type { RegionBuild } from './regionBuild.ts';

/** The policy in force, and since which version it is. */
export interface InForce {
  readonly policy: Policy;
  readonly policyVersion: number;
}

/**
 * What the policy says now holds for what is queued: a build that was weighed by an earlier one is weighed again, and
 * says what is otherwise. Undefined: it is as the policy wants it.
 */
export function weighAgain(
  queued: RegionBuild,
  { policy, policyVersion }: InForce,
  /** What nine of ten builds of its target stay below. */
  p90: Milliseconds,
  now: Instant,
): { readonly after: RegionBuild; readonly writes: Write[] } | undefined {
  if (queued.policyVersion === undefined || queued.policyVersion === policyVersion) return undefined;
  const weighed = underPolicy(queued, policy, p90);
  if (weighed === undefined) return undefined;
  const { after, write } = rewrite(weighed, { policyVersion });
  const because = `the policy was changed: ${changes(queued, weighed, policy, now).join('; ')}`;
  return { after, writes: [write, explain(queued.id, { at: now, rule: 'policy-changed', because })] };
}

function changes(before: RegionBuild, after: RegionBuild, policy: Policy, now: Instant): string[] {
  const due = ({ deadline, deadlineBinds }: RegionBuild): string =>
    deadline === undefined || !deadlineBinds ? 'at no time that binds' : inWords(deadline, policy.zone, now);
  const limit = ({ maxCost }: RegionBuild): string => (maxCost === undefined ? 'none' : dollars(maxCost));
  const said = [
    before.approval === after.approval
      ? ''
      : after.approval === 'wanted'
        ? 'it waits for approve'
        : 'it needs no approve any more',
    instead('due', due(after), due(before)),
    instead('urgency', after.urgency, before.urgency),
    before.immediate === after.immediate
      ? ''
      : after.immediate
        ? 'it starts at once'
        : 'it need not start at once any more',
    instead('priority', String(after.priority), String(before.priority)),
    instead('limit of its cost', limit(after), limit(before)),
  ].filter((change) => change !== '');
  return said.length === 0 ? ['its reasons weigh otherwise'] : said;
}

function instead(what: string, now: string, before: string): string {
  return now === before ? '' : `${what} ${now} instead of ${before}`;
}
