import { late } from '../announcements/announcement.ts';
import { dollars } from '../money/dollars.ts';
import type { Instant, MicroDollars } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain, step, without } from './compose.ts';
import { endAttempt, type Ended, type StillHeld } from './endAttempt.ts';
import { ranFor } from './image.ts';
import { isOpen, type BuildFailure, type RegionBuild } from './regionBuild.ts';
import type { TargetState } from './target.ts';

/** How many durations a target remembers. */
const REMEMBERED_DURATIONS = 20;

/** The image is there: AMI, cost, slot, target and status in one transaction. */
export function succeed(
  running: RegionBuild,
  made: { readonly amiId: string; readonly cost: MicroDollars },
  target: TargetState,
  now: Instant,
  held?: StillHeld,
): Write[] {
  const { grant, image } = running;
  if (grant === undefined || image === undefined) throw new Error(`${running.id} has no image to record`);
  const { write } = step(running, 'succeed', {
    amiId: made.amiId,
    cost: running.cost + made.cost,
    finishedAt: now,
  });
  const { template, region, architecture, deadline, deadlineBinds } = running;
  return [
    write,
    ...endAttempt(running, grant, { cost: made.cost, outcome: 'succeeded', at: now }, held),
    {
      kind: 'ami',
      after: {
        template,
        region,
        architecture,
        amiId: made.amiId,
        state: 'candidate',
        fingerprint: grant.fingerprint,
        baseImageId: grant.baseImageId,
        baseImageName: grant.baseImageName,
        baseRelease: grant.baseRelease,
        regionBuild: running.id,
        build: running.build,
        imageArn: image.arn,
        createdAt: now,
        ...(deadline === undefined || !deadlineBinds ? {} : { deadline }),
        ...(grant.packageEpoch === undefined ? {} : { packageEpoch: grant.packageEpoch }),
        replaces: target.active?.amiId ?? null,
      },
      expects: null,
      pending: 'publish',
    },
    {
      kind: 'target',
      after: {
        ...without(target, 'lastFailure'),
        revision: target.revision + 1,
        failuresInARow: 0,
        durations: [...target.durations, ranFor(running, now)].slice(-REMEMBERED_DURATIONS),
      },
      expects: target.revision,
    },
    ...afterItsDeadline(running, now),
    explain(running.id, {
      at: now,
      rule: 'succeeded',
      because: `${made.amiId} built and tested; ${dollars(made.cost)} settled in ${grant.reservation.holdings.map(({ key }) => key).join(' and ')}`,
    }),
  ];
}

/** A deadline that passed since the last look at the queue is missed all the same. */
function afterItsDeadline(running: RegionBuild, now: Instant): Write[] {
  const { deadline, deadlineBinds } = running;
  if (!deadlineBinds || deadline === undefined || now <= deadline) return [];
  const because = 'its image was made after it';
  return [
    { kind: 'announce', announcement: late(running, 'deadline-missed', { at: now, deadline, because }) },
  ];
}

/**
 * Another attempt: back to the queue, behind a backoff. If a newer region build of the target queues already,
 * this one ends instead, and the newer builds on what is newest then.
 */
export function retry(
  before: RegionBuild,
  failure: BuildFailure,
  cost: MicroDollars,
  notBefore: Instant,
  held?: StillHeld,
): Write[] {
  const { grant } = before;
  if (grant === undefined) throw new Error(`${before.id} has no attempt to repeat`);
  const { write } = step(withoutAttempt(before), 'requeue', {
    failure,
    notBefore,
    cost: before.cost + cost,
  });
  return [
    write,
    ...endAttempt(before, grant, { cost, outcome: failure.error, at: failure.at }, held),
    { kind: 'enter-queue', target: before, regionBuild: before.id },
    explain(before.id, {
      at: failure.at,
      rule: 'retry',
      because: `attempt ${failure.attempt} ended with ${failure.error} (${failure.reason}): tried again not before ${new Date(notBefore).toISOString()}`,
    }),
  ];
}

/**
 * A grant that is not used before anything was spent: back to the queue, money and slot given back, as far as they
 * are still held.
 */
export function returnToQueue(before: RegionBuild, because: string, now: Instant, held?: StillHeld): Write[] {
  const { grant } = before;
  if (grant === undefined) throw new Error(`${before.id} has no grant to return`);
  const { write } = step(withoutAttempt(before), 'requeue', {});
  return [
    write,
    ...endAttempt(before, grant, { cost: 0, outcome: 'returned', at: now }, held),
    { kind: 'enter-queue', target: before, regionBuild: before.id },
    explain(before.id, { at: now, rule: 'returned', because }),
  ];
}

/** The region build fails alone; others are not touched. The target remembers, so that it is not asked again at once. */
export function fail(
  before: RegionBuild,
  failure: BuildFailure,
  cost: MicroDollars,
  target: TargetState,
  held?: StillHeld,
): Write[] {
  const because = `${failure.error}: ${failure.reason}`;
  return [
    ...endFailed(before, failure, cost, held),
    {
      kind: 'target',
      after: {
        ...target,
        revision: target.revision + 1,
        failuresInARow: target.failuresInARow + 1,
        lastFailure: { fingerprint: before.grant?.fingerprint ?? '', at: failure.at, reason: because },
      },
      expects: target.revision,
    },
    explain(before.id, { at: failure.at, rule: 'failed', because }),
  ];
}

/** It failed where nobody can build any more: nothing is remembered against the target, which may come back. */
export function abandon(
  before: RegionBuild,
  failure: BuildFailure,
  because: string,
  cost: MicroDollars,
  held?: StillHeld,
): Write[] {
  return [
    ...endFailed(before, failure, cost, held),
    explain(before.id, { at: failure.at, rule: 'failed', because }),
  ];
}

function endFailed(
  before: RegionBuild,
  failure: BuildFailure,
  cost: MicroDollars,
  held: StillHeld | undefined,
): Write[] {
  const { write } = step(before, 'fail', { failure, cost: before.cost + cost, finishedAt: failure.at });
  return [write, ...leave(before, { cost, outcome: failure.error, at: failure.at }, held)];
}

/** Ended by a person or by a rule, without blame: nothing is remembered against the target. */
export function cancel(
  before: RegionBuild,
  because: string,
  cost: MicroDollars,
  now: Instant,
  held?: StillHeld,
): Write[] {
  const { write } = step(before, 'cancel', { cost: before.cost + cost, finishedAt: now });
  return [
    write,
    ...leave(before, { cost, outcome: 'cancelled', at: now }, held),
    explain(before.id, { at: now, rule: 'cancelled', because }),
  ];
}

/** Its turn has come, and there is nothing to build: it ends, and remembers for which image that was so. */
export function passOver(queued: RegionBuild, fingerprint: string, because: string, now: Instant): Write[] {
  const { write } = step(queued, 'cancel', { finishedAt: now, passedOver: fingerprint });
  return [
    write,
    { kind: 'leave-queue', target: queued, regionBuild: queued.id },
    explain(queued.id, { at: now, rule: 'cancelled', because }),
  ];
}

/**
 * More than any pot or its own limit could ever pay: said with both numbers, never dropped in silence. Another version
 * of the policy may pay it.
 */
export function refuse(queued: RegionBuild, because: string, policyVersion: number, now: Instant): Write[] {
  const { write } = step(queued, 'refuse', {
    finishedAt: now,
    policyVersion,
    failure: { at: now, attempt: queued.attempts, error: 'Refused', reason: because, transient: false },
  });
  return [
    write,
    { kind: 'leave-queue', target: queued, regionBuild: queued.id },
    explain(queued.id, { at: now, rule: 'refused', because }),
  ];
}

function leave(before: RegionBuild, ended: Ended, held: StillHeld | undefined): Write[] {
  if (!isOpen(before.status)) return [];
  if (before.status === 'queued' || before.grant === undefined)
    return [{ kind: 'leave-queue', target: before, regionBuild: before.id }];
  return endAttempt(before, before.grant, ended, held);
}

/** A queued region build carries nothing of the attempt that ended. */
function withoutAttempt(before: RegionBuild): RegionBuild {
  return without(before, 'grant', 'image', 'turn', 'notBefore');
}
