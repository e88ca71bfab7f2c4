import { parsePolicy, type ParseOptions } from '../../../src/core/policy/parsePolicy.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';
import { problemInWords, warningInWords } from '../../../src/core/policy/problem.ts';

/** The meaning of a policy text that must be fine. */
export function accepted(
  text: string,
  options?: ParseOptions,
): { policy: Policy; warnings: readonly string[] } {
  const parsed = parsePolicy(text, options);
  if (!parsed.ok) throw new Error(parsed.problems.map(problemInWords).join('\n'));
  return { policy: parsed.policy, warnings: parsed.warnings.map(warningInWords) };
}

/** The same of the keys of a policy, without the top key. */
export function acceptedKeys(
  keys: string,
  options?: ParseOptions,
): { policy: Policy; warnings: readonly string[] } {
  const lines = keys.split('\n').map((line) => `  ${line}\n`);
  return accepted(`auto_ami_policy:\n${lines.join('')}`, options);
}
