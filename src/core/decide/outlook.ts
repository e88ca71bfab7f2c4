import type { RegionBuild } from '../builds/regionBuild.ts';
import type { ExplanationLine, Instant } from '../words.ts';
import { modeOf } from './modeOf.ts';
import type { NextChange, Outcome } from './outcome.ts';
import { plan } from './plan.ts';
import type { BuildEstimate, CallersHold, PlanInput } from './planInput.ts';

/** What people are told of an open region build beside its record; what cannot be said is absent. */
export interface Outlook {
  readonly waiting?: ExplanationLine;
  readonly startsAt?: Instant;
  readonly endsAt?: Instant;
}

export interface QueueOutlook {
  /** What runs, oldest first, and then the queue in the order in which it will be served. */
  readonly order: readonly RegionBuild[];
  readonly of: ReadonlyMap<string, Outlook>;
  /** What the plan says of each queued one. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** The next moment at which time alone can change a decision. */
  readonly nextChange: NextChange | null;
}

/** A build whose execution is about to ask for its turn is planned as if it had: people want to know what follows. */
const PASSING_HOLD = 'turn';

/**
 * Why each open region build waits, and when it starts and ends as far as is known now: the dispatcher's own plan,
 * read for people. `said` are the lines that explained the wait last: while a line says the same, it keeps its moment.
 */
export function outlook(input: PlanInput, said: ReadonlyMap<string, ExplanationLine>): QueueOutlook {
  const { now, policy, holds = NO_HOLDS, estimateOf } = input;
  const lasting = new Map([...holds].filter(([, { rule }]) => rule !== PASSING_HOLD));
  const { reasons, nextChange } = plan({ ...input, holds: lasting });
  const running = [...input.running].sort(
    (a, b) => (a.grant?.at ?? 0) - (b.grant?.at ?? 0) || (a.id < b.id ? -1 : 1),
  );
  const of = new Map<string, Outlook>();
  for (const build of running) of.set(build.id, runningOutlook(build, estimateOf(build), now));
  for (const outcome of reasons) {
    const { regionBuild } = outcome;
    const hold = holds.get(regionBuild.id);
    const line =
      outcome.kind !== 'granted'
        ? outcome.line
        : hold === undefined
          ? NEXT
          : { rule: hold.rule, because: hold.because };
    const acts = modeOf(regionBuild.template, policy) !== 'observe';
    const startsAt = acts ? startOf(outcome, now) : undefined;
    of.set(regionBuild.id, {
      waiting: dated(line, said.get(regionBuild.id), now),
      ...(startsAt === undefined ? {} : { startsAt, endsAt: startsAt + estimateOf(regionBuild).p50 }),
    });
  }
  return {
    order: [...running, ...reasons.map(({ regionBuild }) => regionBuild)],
    of,
    outcomes: new Map(reasons.map((outcome) => [outcome.regionBuild.id, outcome])),
    nextChange,
  };
}

const NO_HOLDS: ReadonlyMap<string, CallersHold> = new Map();
const NEXT = { rule: 'next', because: 'its turn is next: a slot and the money for it are free' };

function startOf(outcome: Outcome, now: Instant): Instant | undefined {
  switch (outcome.kind) {
    case 'granted':
      return now;
    case 'waiting':
    case 'parked':
    case 'held':
      return outcome.until === null ? undefined : Math.max(now, outcome.until);
    case 'refused':
      return undefined;
  }
}

/** The next of the durations it may take that has not passed yet: half of the builds, nine of ten, the longest allowed. */
function runningOutlook({ grant, image }: RegionBuild, { p50, p90 }: BuildEstimate, now: Instant): Outlook {
  const began = image?.startedAt ?? now;
  const longest = grant === undefined ? [] : [grant.maximumDuration];
  const endsAt = [p50, p90, ...longest].map((duration) => began + duration).find((end) => end > now);
  return endsAt === undefined ? {} : { endsAt };
}

function dated(
  line: Omit<ExplanationLine, 'at'>,
  said: ExplanationLine | undefined,
  now: Instant,
): ExplanationLine {
  const same = said?.rule === line.rule && said.because === line.because;
  return { rule: line.rule, because: line.because, at: same ? said.at : now };
}
