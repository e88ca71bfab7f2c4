import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import type { ExplanationLine, Instant } from '../../core/words.ts';
import type { Attempt } from '../../core/writes.ts';
import type { AttemptAnswer, RegionBuildAnswer } from '../answers.ts';
import { iso, isoOrNull, lineAnswer } from './instants.ts';

/** What is known beside the record: why it waits now, and when it will start and end as far as can be said. */
export interface Outlook {
  readonly waiting?: ExplanationLine | undefined;
  readonly startsAt?: Instant | undefined;
  readonly endsAt?: Instant | undefined;
}

export function regionBuildAnswer(build: RegionBuild, outlook: Outlook = {}): RegionBuildAnswer {
  const { template, region, architecture, id, status, triggers, level, urgency, priority, pot } = build;
  return {
    id,
    build: build.build,
    template,
    region,
    architecture,
    status,
    requestedAt: iso(build.requestedAt),
    startedAt: isoOrNull(build.startedAt),
    finishedAt: isoOrNull(build.finishedAt),
    triggers: [...triggers],
    reasons: build.reasons.map((reason) => ({
      trigger: reason.trigger,
      at: iso(reason.at),
      level: reason.level,
      because: reason.because,
      actor: reason.actor ?? null,
    })),
    level,
    urgency,
    priority,
    pot,
    deadline: isoOrNull(build.deadline),
    deadlineBinds: build.deadlineBinds,
    approval: build.approval,
    attempts: build.attempts,
    baseImageId: build.grant?.baseImageId ?? null,
    baseRelease: build.grant?.baseRelease ?? null,
    imageArn: build.image?.arn ?? null,
    imageStatus: build.image?.status ?? null,
    amiId: build.amiId ?? null,
    cost: build.cost,
    reserved: build.grant?.reservation.amount ?? null,
    failure:
      build.failure === undefined
        ? null
        : { ...build.failure, at: iso(build.failure.at), log: build.failure.log ?? null },
    waiting: outlook.waiting === undefined ? null : lineAnswer(outlook.waiting),
    startsAt: isoOrNull(outlook.startsAt),
    endsAt: isoOrNull(outlook.endsAt),
  };
}

export function attemptAnswer(attempt: Attempt): AttemptAnswer {
  return {
    attempt: attempt.attempt,
    state: attempt.state,
    grantedAt: iso(attempt.grantedAt),
    endedAt: isoOrNull(attempt.endedAt),
    reserved: attempt.reservation.amount,
    cost: attempt.cost ?? null,
    pots: attempt.reservation.holdings.map(({ key }) => key),
    imageArn: attempt.imageArn ?? null,
    outcome: attempt.outcome ?? null,
  };
}
