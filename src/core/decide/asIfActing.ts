import type { Policy } from '../policy/policy.ts';
import type { Mode } from '../words.ts';

/**
 * The policy as it would be if the system might act wherever it only observes or is stopped: what `plan` shows in any
 * mode (design §4, Mode). Where people are to be asked, they still are.
 */
export function asIfActing(policy: Policy): Policy {
  const templates = Object.entries(policy.templates).map(([slug, { mode, ...overrides }]) => [
    slug,
    { ...overrides, ...(mode === undefined ? {} : { mode: acting(mode) }) },
  ]);
  return {
    ...policy,
    mode: acting(policy.mode),
    templates: Object.fromEntries(templates) as Policy['templates'],
  };
}

function acting(mode: Mode): Mode {
  return mode === 'propose' ? mode : 'act';
}
