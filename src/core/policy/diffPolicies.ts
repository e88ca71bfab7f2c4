import type { Policy } from './policy.ts';
import { policyInWords } from './policyInWords.ts';

export interface PolicyChange {
  /** Path below `auto_ami_policy`. */
  readonly key: string;
  /** In words; `null`: it was not there, or is no more. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What changes in meaning from one policy to another, in the order of the new one; nothing if they mean the same. */
export function diffPolicies(before: Policy, after: Policy): readonly PolicyChange[] {
  const was = new Map(policyInWords(before).map(({ key, words }) => [key, words]));
  const is = new Map(policyInWords(after).map(({ key, words }) => [key, words]));
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((key) => ({ key, before: was.get(key) ?? null, after: is.get(key) ?? null }))
    .filter((change) => change.before !== change.after);
}
