import type { PolicyMeaning } from '../src/api/answers.ts';
import { policyProblem, policyWarning } from '../src/api/present/problems.ts';
import type { Problem } from '../src/api/values.ts';
import { parsePolicy } from '../src/core/policy/parsePolicy.ts';
import type { Policy } from '../src/core/policy/policy.ts';
import { policyInWords } from '../src/core/policy/policyInWords.ts';

/** What a policy file means, as the server would understand it. */
export interface CheckedPolicy {
  readonly valid: true;
  readonly policy: Policy;
  readonly meaning: PolicyMeaning;
  readonly warnings: readonly Problem[];
}

/** Reads a policy without AWS: templates and base images it names are not looked up. */
export function checkPolicy(
  bytes: Uint8Array,
  file: string,
):
  | { readonly ok: true; readonly answer: CheckedPolicy }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const parsed = parsePolicy(bytes, { source: file });
  if (!parsed.ok) return { ok: false, problems: parsed.problems.map(policyProblem) };
  const { policy, warnings } = parsed;
  return {
    ok: true,
    answer: {
      valid: true,
      policy,
      meaning: [...policyInWords(policy)],
      warnings: warnings.map(policyWarning),
    },
  };
}
