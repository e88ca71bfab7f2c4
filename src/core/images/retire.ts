import { explain, without } from '../builds/compose.ts';
import type { Ami } from '../builds/target.ts';
import type { Policy } from '../policy/policy.ts';
import { durationInWords } from '../time/duration.ts';
import { dayOf } from '../time/calendar.ts';
import { HOUR, type Instant, type Milliseconds } from '../words.ts';
import type { Write } from '../writes.ts';
import type { Removal } from './removal.ts';
import { type LeavingState, STEP_RULES } from './wayOut.ts';

/** An AMI in one of the states of its way out. */
export type LeavingAmi = Ami & { readonly state: LeavingState };

/** When each state began. */
const SINCE = {
  deprecated: 'deprecatedAt',
  disabled: 'disabledAt',
  deregistered: 'deregisteredAt',
} as const satisfies Record<LeavingState, keyof Ami>;

export function isLeaving(ami: Ami): ami is LeavingAmi {
  return Object.hasOwn(SINCE, ami.state);
}

/** The day's allowance of removals is kept like a pot, in AMIs: two runs at once cannot both use it up. */
export function removalsPot(zone: string, now: Instant): string {
  return `removals#${dayOf(now, zone)}`;
}

/**
 * The table says first what an AMI is from now on, and that EC2 has to be told: a rollback that comes between decision
 * and write wins, and whoever dies after it leaves a mark that the next run finds.
 */
export function retire(
  { ami, step }: Pick<Removal, 'ami' | 'step'>,
  { retention, zone }: Pick<Policy, 'retention' | 'zone'>,
  now: Instant,
): { readonly after: LeavingAmi; readonly writes: Write[] } {
  const { to } = STEP_RULES[step];
  const after: LeavingAmi = { ...without(ami, 'heldBack'), state: to, [SINCE[to]]: now };
  return {
    after,
    writes: [
      { kind: 'ami', after, expects: ami.state, unmarked: true, pending: 'retire' },
      ...(step === 'deregister'
        ? [
            {
              kind: 'reserve',
              pot: removalsPot(zone, now),
              amount: 1,
              limit: retention.maximumRemovalsPerDay,
            } satisfies Write,
          ]
        : []),
    ],
  };
}

/** EC2 was told: the mark goes, and the story of the build that made the AMI says so. */
export function retired(ami: LeavingAmi): Write[] {
  const at = ami[SINCE[ami.state]] ?? ami.createdAt;
  const age = ami.supersededAt === undefined ? '' : `, ${inHours(at - ami.supersededAt)} after it gave way`;
  const what = ami.state === 'deregistered' ? 'deregistered, with its snapshots' : ami.state;
  return [
    { kind: 'ami', after: ami, expects: ami.state },
    explain(ami.regionBuild, { at, rule: ami.state, because: `${ami.amiId} is ${what}${age}` }),
  ];
}

/** Runs come once a day: minutes say nothing. */
function inHours(age: Milliseconds): string {
  return durationInWords(age < HOUR ? age : age - (age % HOUR));
}

/** What is seen for the first time without a date at which it gave way: its time begins now. */
export function dated(ami: Ami, now: Instant): Write[] {
  return [{ kind: 'ami', after: { ...ami, supersededAt: now }, expects: ami.state, unmarked: true }];
}

/** Keeps who holds an AMI back, for those who ask without asking EC2; empty if nothing is new. */
export function heldBack({ ami, step, rule, because }: Removal, now: Instant): Write[] {
  const held = rule === 'in-use' || rule === 'use-unknown';
  if (!held)
    return ami.heldBack === undefined
      ? []
      : [{ kind: 'ami', after: without(ami, 'heldBack'), expects: ami.state, unmarked: true }];
  if (ami.heldBack?.because === because) return [];
  return [
    { kind: 'ami', after: { ...ami, heldBack: { at: now, because } }, expects: ami.state, unmarked: true },
    explain(ami.regionBuild, {
      at: now,
      rule,
      because: `${ami.amiId} is not ${STEP_RULES[step].to}: ${because}`,
    }),
  ];
}
