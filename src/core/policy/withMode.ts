import type { Instant, Mode } from '../words.ts';
import { diffPolicies } from './diffPolicies.ts';
import { TOP_KEY } from './keys/policyKeys.ts';
import { parsePolicy } from './parsePolicy.ts';
import type { Policy } from './policy.ts';
import { setYaml } from './setYaml.ts';

/** The text of a policy that says nothing, for a deployment that nobody has given one. */
const EMPTY = `${TOP_KEY}:\n  mode: observe\n`;

export interface ModeChange {
  readonly mode: Mode;
  /** Absent: for all. */
  readonly template?: string;
}

/**
 * The policy with another mode, and its text with nothing else changed, comments included. Undefined if the text is
 * written so that only a person can change it: the edited text must mean exactly the policy that was wanted.
 */
export function withMode(
  { text, policy }: { readonly text: string; readonly policy: Policy },
  { mode, template }: ModeChange,
  now: Instant,
): { readonly text: string; readonly policy: Policy } | undefined {
  const wanted: Policy =
    template === undefined
      ? { ...policy, mode }
      : {
          ...policy,
          templates: { ...policy.templates, [template]: { ...policy.templates[template], mode } },
        };
  const path = template === undefined ? ['mode'] : ['templates', template, 'mode'];
  const edited = setYaml(text === '' ? EMPTY : text, [TOP_KEY, ...path], mode);
  const parsed = parsePolicy(edited, { currentMode: wanted.mode, now });
  return parsed.ok && diffPolicies(wanted, parsed.policy).length === 0
    ? { text: edited, policy: parsed.policy }
    : undefined;
}
