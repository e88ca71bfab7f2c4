import type { Approval } from '../builds/regionBuild.ts';
import type { LevelAction, Policy, RatedLevel } from '../policy/policy.ts';
import type { Pot, SecurityLevel, Trigger } from '../words.ts';

const BY_ACTION: Readonly<Record<LevelAction, Approval | 'off'>> = {
  auto: 'not-needed',
  approve: 'wanted',
  off: 'off',
};

/**
 * Whether a person must agree: each level is `auto | approve | off`, and what the urgent pot pays needs approval unless
 * emergency builds are approved in advance (design §4). What a person asked for passes the level's rule, not the
 * pot's. `off`: this reason asks for nothing.
 */
export function approvalOf(
  reason: { readonly level: SecurityLevel; readonly trigger: Trigger },
  pot: Pot,
  { perLevel, budgets }: Pick<Policy, 'perLevel' | 'budgets'>,
): Approval | 'off' {
  const byLevel = needsLevel(reason) ? BY_ACTION[perLevel[reason.level].action] : 'not-needed';
  return byLevel === 'not-needed' && pot === 'urgent' && !budgets.approveEmergency ? 'wanted' : byLevel;
}

function needsLevel(reason: {
  level: SecurityLevel;
  trigger: Trigger;
}): reason is { level: RatedLevel; trigger: Trigger } {
  return reason.level !== 'none' && reason.trigger !== 'manual';
}
