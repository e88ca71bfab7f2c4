import type { KnownLevel, Policy } from '../policy/policy.ts';
import type { SecurityLevel, Trigger, Urgency } from '../words.ts';

const BY_LEVEL: Readonly<Record<KnownLevel, Urgency>> = {
  critical: 'critical',
  high: 'high',
  medium: 'normal',
  low: 'low',
};

/** Without a security reason the trigger decides: a base that moved for no stated reason presses least. */
const BY_TRIGGER: Readonly<Record<Trigger, Urgency>> = {
  manual: 'normal',
  security: 'normal',
  popularity: 'normal',
  scheduled: 'normal',
  dependency: 'low',
};

/** The level whose rules apply: an unknown one is treated as the policy says, `none` is no security reason at all. */
export function effectiveLevel(
  level: SecurityLevel,
  { treatUnknownAs }: Pick<Policy, 'treatUnknownAs'>,
): KnownLevel | null {
  if (level === 'none') return null;
  return level === 'unknown' ? treatUnknownAs : level;
}

/** "Urgency: critical | high | normal | low, from the security level; a manual `--urgent` is critical" (design §4). */
export function urgencyOf(
  reason: { readonly level: SecurityLevel; readonly trigger: Trigger },
  urgent: boolean,
  policy: Pick<Policy, 'treatUnknownAs'>,
): Urgency {
  if (urgent) return 'critical';
  const level = effectiveLevel(reason.level, policy);
  return level === null ? BY_TRIGGER[reason.trigger] : BY_LEVEL[level];
}
