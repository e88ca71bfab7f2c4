import { type Policy } from '../policy/policy.ts';
import { templatePolicy } from '../policy/templatePolicy.ts';
import type { Pace } from '../time/latestStart.ts';
import type { Milliseconds, Urgency } from '../words.ts';

/** How long it takes from a start to the promoted AMI: the soak is waived for critical builds (design §5). */
export function paceOf(
  { template, urgency }: { readonly template: string; readonly urgency: Urgency },
  p90: Milliseconds,
  policy: Policy,
): Pace {
  const soak = urgency === 'critical' ? 0 : templatePolicy(policy, template).soak;
  return { soak, p90, safetyFactor: policy.safetyFactor };
}
