import type { ActiveAmi, Ami, TargetState } from '../../../src/core/builds/target.ts';
import type { AmiUse } from '../../../src/core/images/amiUse.ts';
import { removals, type RemovalInput } from '../../../src/core/images/removals.ts';
import type { Removal } from '../../../src/core/images/removal.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/core/policy/policy.ts';
import { DAY } from '../../../src/core/words.ts';
import { anAmi, aTarget, NOW } from '../builds/builders.ts';

/** Deprecated after a day, disabled after 14, deregistered after 30; one previous AMI is kept, 20 go on a day. */
export const POLICY: Policy = { ...DEFAULT_POLICY, mode: 'act' };

export function policyWith(retention: Partial<Policy['retention']>, more: Partial<Policy> = {}): Policy {
  return { ...POLICY, ...more, retention: { ...POLICY.retention, ...retention } };
}

/** One that was active once and gave way so many days ago. */
export function leftBehind(daysAgo: number, changes: Partial<Ami> = {}): Ami {
  const supersededAt = NOW - daysAgo * DAY;
  return anAmi({
    amiId: `ami-${String(daysAgo)}`,
    state: 'superseded',
    createdAt: supersededAt - DAY,
    promotedAt: supersededAt - DAY,
    supersededAt,
    ...changes,
  });
}

export function standsOn({ amiId, fingerprint, baseImageId, baseRelease, regionBuild }: Ami): ActiveAmi {
  return { amiId, fingerprint, baseImageId, baseRelease, regionBuild, at: NOW };
}

/** A target whose active AMI is none of those that leave. */
export function aTargetOn(changes: Partial<TargetState> = {}): TargetState {
  return aTarget({ active: standsOn(anAmi({ amiId: 'ami-active' })), ...changes });
}

/** EC2 is not asked who uses them. */
export function unasked(amis: readonly Ami[], changes: Partial<RemovalInput> = {}): RemovalInput {
  return {
    amis,
    targets: [aTargetOn()],
    open: [],
    policy: policyWith({ keepPrevious: 0 }),
    regions: ['us-east-1'],
    removedToday: 0,
    now: NOW,
    ...changes,
  };
}

/** Nobody uses any of them, unless the test says who. */
export function decide(amis: readonly Ami[], changes: Partial<RemovalInput> = {}): Removal[] {
  const uses = new Map<string, AmiUse>(amis.map(({ amiId }) => [amiId, { kind: 'known', by: [] }]));
  for (const [amiId, use] of changes.uses ?? []) uses.set(amiId, use);
  return removals({ ...unasked(amis), ...changes, uses });
}

/** `ami-14: disable, due` or `ami-3: disable on 2026-12-05 (age)`. */
export function inLine({ ami, step, due, at, rule }: Removal): string {
  const when = due
    ? ', due'
    : ` ${at === null ? 'never' : `on ${new Date(at).toISOString().slice(0, 10)}`} (${rule})`;
  return `${ami.amiId}: ${step}${when}`;
}
