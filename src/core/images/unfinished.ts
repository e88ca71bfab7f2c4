import { explain, without } from '../builds/compose.ts';
import type { Policy } from '../policy/policy.ts';
import type { Instant } from '../words.ts';
import type { Write } from '../writes.ts';
import { type AmiUse, usersInWords } from './amiUse.ts';
import type { KeptBack } from './keptBack.ts';
import { type LeavingAmi, removalsPot } from './retire.ts';

/** What becomes of a step that the table has taken, and that EC2 may not have been told of. */
export type Unfinished = 'finish' | 'undo' | 'wait';

/**
 * A mark may be old: whoever finds it asks again what the step was taken on. One that somebody uses by now is taken back;
 * one that an open build is made on, or of which nobody knows who uses it, waits.
 * @param use absent: it was not asked, as the step takes nothing away
 */
export function unfinished(use: AmiUse | undefined, kept: KeptBack | undefined, ami: LeavingAmi): Unfinished {
  if (ami.state === 'deprecated') return 'finish';
  if (kept !== undefined || use === undefined || use.kind === 'not-known-yet') return 'wait';
  return use.by.length === 0 ? 'finish' : 'undo';
}

/** Whether it has a place in the removals of an earlier day, and needs one of today's before EC2 is told. */
export function needsPlace({ state, deregisteredAt }: LeavingAmi, zone: string, now: Instant): boolean {
  return (
    state === 'deregistered' &&
    deregisteredAt !== undefined &&
    removalsPot(zone, deregisteredAt) !== removalsPot(zone, now)
  );
}

/** Takes the place: so that no day sees more go than its limit, whatever earlier days have left. */
export function placeOfToday(
  ami: LeavingAmi,
  { retention, zone }: Pick<Policy, 'retention' | 'zone'>,
  now: Instant,
): { readonly after: LeavingAmi; readonly writes: Write[] } {
  const after = { ...ami, deregisteredAt: now };
  return {
    after,
    writes: [
      { kind: 'ami', after, expects: ami.state, pending: 'retire' },
      {
        kind: 'reserve',
        pot: removalsPot(zone, now),
        amount: 1,
        limit: retention.maximumRemovalsPerDay,
      },
    ],
  };
}

/** The state before the step, without the mark, and why in the story of its build; empty if there is nothing to undo. */
export function undone(ami: LeavingAmi, use: AmiUse | undefined, now: Instant): Write[] {
  const users = use === undefined ? undefined : usersInWords(use);
  if (users === undefined || ami.state === 'deprecated') return [];
  const heldBack = { at: now, because: users };
  const after =
    ami.state === 'disabled'
      ? ({ ...without(ami, 'disabledAt'), state: 'deprecated', heldBack } as const)
      : ({ ...without(ami, 'deregisteredAt'), state: 'disabled', heldBack } as const);
  return [
    { kind: 'ami', after, expects: ami.state },
    explain(ami.regionBuild, {
      at: now,
      rule: 'in-use',
      because: `${ami.amiId} is not ${ami.state} after all: ${users}`,
    }),
  ];
}
