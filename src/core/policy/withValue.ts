import type { Instant } from '../words.ts';
import { diffPolicies } from './diffPolicies.ts';
import { TOP_KEY } from './keys/policyKeys.ts';
import { parsePolicy } from './parsePolicy.ts';
import type { Policy } from './policy.ts';
import { setYaml } from './setYaml.ts';

/** A policy as its author wrote it, and what it means. */
export interface PolicyText {
  readonly text: string;
  readonly policy: Policy;
}

/** The text of a policy that says nothing, for a deployment that nobody has given one. */
const EMPTY = `${TOP_KEY}:\n  mode: observe\n`;

/** The text of a policy with one value changed, at a path below its top key, and everything else as it was written. */
export function textWithValue(text: string, path: readonly string[], value: string): string {
  return setYaml(text === '' ? EMPTY : text, [TOP_KEY, ...path], value);
}

/**
 * The policy with one value changed, in its text too, comments included. Undefined if the text is written so that only
 * a person can change it: the edited text must mean exactly the policy that was wanted.
 */
export function withValue(
  { text }: PolicyText,
  {
    path,
    value,
    wanted,
  }: { readonly path: readonly string[]; readonly value: string; readonly wanted: Policy },
  now: Instant,
): PolicyText | undefined {
  const edited = textWithValue(text, path, value);
  const parsed = parsePolicy(edited, { currentMode: wanted.mode, now });
  return parsed.ok && diffPolicies(wanted, parsed.policy).length === 0
    ? { text: edited, policy: parsed.policy }
    : undefined;
}
