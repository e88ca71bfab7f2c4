import { DEFAULT_POLICY } from '../defaultPolicy.ts';
import type { SaidPolicy } from '../keys/policyKeys.ts';
import type { KnownLevel, LevelPolicy, Policy } from '../policy.ts';

/** Windows and actions of each level; an unknown level has those of the level it is treated as, unless it says its own. */
export function resolveLevels(
  said: NonNullable<SaidPolicy['security_updates']>,
): Pick<Policy, 'perLevel' | 'treatUnknownAs'> {
  const level = (name: KnownLevel): LevelPolicy => ({
    window: said[`${name}_window`] ?? DEFAULT_POLICY.perLevel[name].window,
    action: said[`${name}_action`] ?? DEFAULT_POLICY.perLevel[name].action,
  });
  const treatUnknownAs = said.treat_unknown_as ?? DEFAULT_POLICY.treatUnknownAs;
  const model = level(treatUnknownAs);
  return {
    perLevel: {
      critical: level('critical'),
      high: level('high'),
      medium: level('medium'),
      low: level('low'),
      unknown: { window: said.unknown_window ?? model.window, action: said.unknown_action ?? model.action },
    },
    treatUnknownAs,
  };
}
