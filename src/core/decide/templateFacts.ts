import { grantsOf, type TemplateGrants } from '../money/grantShares.ts';
import type { Policy } from '../policy/policy.ts';
import { templatePolicy } from '../policy/templatePolicy.ts';
import type { Milliseconds, Mode } from '../words.ts';
import { modeOf } from './modeOf.ts';
import type { PlanInput, TemplateSituation } from './planInput.ts';

/** What a plan needs to know of a template, looked up once for all its requests. */
export interface TemplateFacts {
  readonly mode: Mode;
  /** Waived for critical builds. */
  readonly soak: Milliseconds;
  readonly minimumAge: Milliseconds;
  readonly situation: TemplateSituation;
  readonly grants: TemplateGrants;
  /** Within the policy's popularity window. */
  readonly launches: number;
}

const AS_USUAL: TemplateSituation = {};

export function templateFacts(
  policy: Policy,
  { templates, launches, now }: Pick<PlanInput, 'templates' | 'launches' | 'now'>,
): (template: string) => TemplateFacts {
  const known = new Map<string, TemplateFacts>();
  return (template) => {
    let facts = known.get(template);
    if (facts === undefined) {
      const { soak, minimumAge } = templatePolicy(policy, template);
      facts = {
        mode: modeOf(template, policy),
        soak,
        minimumAge,
        situation: templates?.get(template) ?? AS_USUAL,
        grants: grantsOf(template, policy, now),
        launches: launches?.get(template) ?? 0,
      };
      known.set(template, facts);
    }
    return facts;
  };
}
