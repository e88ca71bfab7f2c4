import { grantsOf, type TemplateGrants } from '../money/grantShares.ts';
import type { Policy } from '../policy/policy.ts';
import { templatePolicy } from '../policy/templatePolicy.ts';
import type { Instant, Milliseconds, Mode } from '../words.ts';
import { modeOf } from './modeOf.ts';
import type { TemplateSituation } from './planInput.ts';

/** What a plan needs to know of a template, looked up once for all its requests. */
export interface TemplateFacts {
  readonly mode: Mode;
  /** Waived for critical builds. */
  readonly soak: Milliseconds;
  readonly minimumAge: Milliseconds;
  readonly situation: TemplateSituation;
  readonly grants: TemplateGrants;
}

const AS_USUAL: TemplateSituation = {};

export function templateFacts(
  policy: Policy,
  situations: ReadonlyMap<string, TemplateSituation> | undefined,
  now: Instant,
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
        situation: situations?.get(template) ?? AS_USUAL,
        grants: grantsOf(template, policy, now),
      };
      known.set(template, facts);
    }
    return facts;
  };
}
