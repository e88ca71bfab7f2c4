import type { DeadlineOf, RegionBuild } from '../builds/regionBuild.ts';
import { dollars } from '../money/dollars.ts';
import { potInWords } from '../money/potKeys.ts';
import type { Policy } from '../policy/policy.ts';
import { durationInWords } from '../time/duration.ts';
import { type ExplanationLine, type Instant, type MicroDollars, MINUTE, SECURITY_LEVELS } from '../words.ts';
import type { Adoption } from './adoptBase.ts';
import type { Candidate } from './candidate.ts';
import type { Naming, PolicyClocks } from './policyClocks.ts';
import type { WindowKind } from './whenToStart.ts';

const SUBJECTS = {
  urgent: { closed: 'urgent closed', spread: 'urgent spread' },
  'off-peak': { closed: 'off-peak closed', spread: 'off-peak spread' },
} as const satisfies Record<WindowKind, unknown>;

/**
 * The sentences of a plan. They name moments, never lengths of time that shrink, and no balances, which move with
 * every other build: a line changes when its rule or its values do, not from minute to minute.
 */
export interface Sentences {
  closedWindow(candidate: Candidate, window: WindowKind, opening: Instant): ExplanationLine;
  spread(window: WindowKind, at: Instant): ExplanationLine;
  noWindow(candidate: Candidate, window: WindowKind): ExplanationLine;
  backoff(candidate: Candidate, notBefore: Instant): ExplanationLine;
  noSlot(candidate: Candidate): ExplanationLine;
  cannotPay(amount: MicroDollars, lacking: readonly string[], until: Instant | null): ExplanationLine;
  grantEnded(id: string, owner: string, until: Instant | null): ExplanationLine;
  tooYoung(adoption: Adoption & { kind: 'too-young' }, candidate: Candidate): ExplanationLine;
  /** Why it starts now; also what would happen in mode `act`. */
  granted(candidate: Candidate): { readonly rule: string; readonly why: string };
  line(rule: string, because: string): ExplanationLine;
}

export function sentences(policy: Policy, clocks: PolicyClocks, now: Instant): Sentences {
  const line = (rule: string, because: string): ExplanationLine => ({ at: now, rule, because });
  const inPolicyZone = clocks.namesWithZone(policy.zone, now);
  const policyNames = clocks.names(policy.zone, now);
  const windows = {
    urgent: windowNames('urgent', clocks, now),
    'off-peak': windowNames('off-peak', clocks, now),
  } satisfies Record<WindowKind, unknown>;
  const remembered = rememberLines();

  return {
    line,
    closedWindow: (candidate, window, opening) =>
      remembered(SUBJECTS[window].closed, minuteAndName(candidate), () => {
        const { withZone, names } = windows[window];
        const opens = `waiting: ${window} window opens ${withZone(opening)}`;
        return line(`${window}-window`, `${opens}${mustStartBy(candidate, names)}`);
      }),
    spread: (window, at) =>
      remembered(SUBJECTS[window].spread, Math.floor(at / MINUTE), () =>
        line(
          'window-spread',
          `waiting: the ${window} window is open and spreads its builds, this one to ${windows[window].withZone(at)}`,
        ),
      ),
    noWindow: (candidate, window) =>
      line(
        `no-${window}-window`,
        `waiting: the policy has no ${window} window${mustStartBy(candidate, policyNames)}`,
      ),
    backoff: ({ build }, notBefore) =>
      line(
        'retry-backoff',
        `waiting: attempt ${build.attempts + 1} starts no earlier than ${inPolicyZone(notBefore)}`,
      ),
    noSlot: (candidate) =>
      remembered(candidate.region, minuteAndName(candidate), () => {
        const full = `waiting: all ${policy.slotsPerRegion} build slots of ${candidate.region} are taken or promised to builds that go first`;
        return line('slots', candidate.mustStart ? full : `${full}${mustStartBy(candidate, policyNames)}`);
      }),
    cannotPay: (amount, lacking, until) =>
      line(
        'cannot-pay',
        `parked: ${lacking.map(potInWords).join(' and ')} cannot hold its ceiling of ${dollars(amount)} now; ${until === null ? 'it can run when somebody raises the limit' : `it can run from ${inPolicyZone(until)}`}`,
      ),
    grantEnded: (id, owner, until) =>
      line(
        'grant-ended',
        `parked: grant ${id} of ${owner} has ended; ${until === null ? 'it can run when the grant is renewed' : `the next grant starts ${inPolicyZone(until)}`}`,
      ),
    tooYoung: ({ base, until }, candidate) =>
      line(
        'minimum-age',
        `held: ${base.imageName} (${base.imageId}) is adopted from ${inPolicyZone(until)}, when it is ${durationInWords(candidate.facts.minimumAge)} old${mustStartBy(candidate, policyNames)}`,
      ),
    granted: ({ build, window, mustStart }) => {
      if (build.urgency === 'critical')
        return { rule: 'critical', why: 'critical builds start at once, in or out of any window' };
      if (build.immediate)
        return { rule: 'immediate', why: `${immediateLevel(build, policy)} asks for a start at once` };
      // Whatever its window does: the reason must not change as that opens and closes.
      if (mustStart) return { rule: 'must-start', why: `it must start now to meet ${deadlineName(build)}` };
      return window.kind === 'free'
        ? { rule: 'no-window', why: 'it need not wait for a window' }
        : { rule: `${window.window}-window`, why: `the ${window.window} window is open` };
    },
  };
}

function windowNames(window: WindowKind, clocks: PolicyClocks, now: Instant) {
  const { zone } = clocks.windows[window];
  return { withZone: clocks.namesWithZone(zone, now), names: clocks.names(zone, now) };
}

function mustStartBy({ boundStart, build }: Candidate, names: Naming): string {
  return boundStart === Number.POSITIVE_INFINITY
    ? ''
    : `; must start by ${names(boundStart)} to meet ${deadlineName(build)}`;
}

const DEADLINE_NAMES: Readonly<Record<DeadlineOf | 'none', string>> = {
  critical: 'the critical deadline',
  high: 'the high deadline',
  medium: 'the medium deadline',
  low: 'the low deadline',
  unknown: 'its deadline',
  none: 'its deadline',
  urgent: 'the deadline of --urgent',
  term: 'the start of the term',
};
const NAMED = Object.keys(DEADLINE_NAMES);

/** The one that binds, which need not be that of the worst level. */
function deadlineName({ deadlineOf, level }: Pick<RegionBuild, 'deadlineOf' | 'level'>): string {
  return DEADLINE_NAMES[deadlineOf ?? level];
}

/** The level whose window is `immediate`, worst first. */
function immediateLevel({ reasons }: Pick<RegionBuild, 'reasons'>, { perLevel }: Policy): string {
  const level = SECURITY_LEVELS.find(
    (each) =>
      each !== 'none' &&
      perLevel[each].window === 'immediate' &&
      reasons.some((reason) => reason.level === each),
  );
  return DEADLINE_NAMES[level ?? 'none'];
}

/** All that `mustStartBy` depends on; what must start now, or need not by any time, says nothing of it. */
function minuteAndName({ boundStart, mustStart, build }: Candidate): number {
  return mustStart || boundStart === Number.POSITIVE_INFINITY
    ? 0
    : Math.floor(boundStart / MINUTE) * NAMED.length + NAMED.indexOf(build.deadlineOf ?? build.level);
}

/** Most requests of a long queue say the same as others: one line serves all of them. */
function rememberLines() {
  const bySubject = new Map<string, Map<number, ExplanationLine>>();
  return (subject: string, values: number, say: () => ExplanationLine): ExplanationLine => {
    let lines = bySubject.get(subject);
    if (lines === undefined) bySubject.set(subject, (lines = new Map<number, ExplanationLine>()));
    let line = lines.get(values);
    if (line === undefined) lines.set(values, (line = say()));
    return line;
  };
}
