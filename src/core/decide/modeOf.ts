import type { Policy } from '../policy/policy.ts';
import { templatePolicy } from '../policy/templatePolicy.ts';
import type { Mode } from '../words.ts';

/** The mode for a template: its own, except that `stopped` for all stops it whatever it says (design §4, Mode). */
export function modeOf(template: string, policy: Policy): Mode {
  return policy.mode === 'stopped' ? 'stopped' : templatePolicy(policy, template).mode;
}

/** `stopped` and `observe` change nothing in the account (design §4, Mode). */
export function changesNothing(mode: Mode): boolean {
  return mode === 'stopped' || mode === 'observe';
}
