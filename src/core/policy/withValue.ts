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

/** A value at a path below the top key, as a file says it: one line. */
export interface ValueAt {
  /** `security_updates.high_window`. */
  readonly key: string;
  readonly value: string;
}

/**
 * The text of a policy with some values changed and everything else as it was written. Undefined where a path leads
 * through a list or a single value: only a person can change that.
 */
export function textWithValues(text: string, values: readonly ValueAt[]): string | undefined {
  try {
    return values.reduce(
      (edited, { key, value }) => setYaml(edited, [TOP_KEY, ...key.split('.')], value),
      text === '' ? EMPTY : text,
    );
  } catch {
    return undefined;
  }
}

/**
 * The policy with one value changed, in its text too, comments included. Undefined if the text is written so that only
 * a person can change it: the edited text must mean exactly the policy that was wanted.
 */
export function withValue(
  { text }: PolicyText,
  { wanted, ...change }: ValueAt & { readonly wanted: Policy },
  now: Instant,
): PolicyText | undefined {
  const edited = textWithValues(text, [change]);
  if (edited === undefined) return undefined;
  const parsed = parsePolicy(edited, { currentMode: wanted.mode, now });
  return parsed.ok && diffPolicies(wanted, parsed.policy).length === 0
    ? { text: edited, policy: parsed.policy }
    : undefined;
}
