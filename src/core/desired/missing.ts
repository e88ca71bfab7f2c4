import { buildId } from '../builds/buildId.ts';
import type { BuildCause, RegionBuildWish } from '../builds/enqueue.ts';
import type { Reason, RegionBuild } from '../builds/regionBuild.ts';
import { mergeReasons, newReasons } from '../decide/mergeReasons.ts';
import type { Requested } from '../decide/requestOf.ts';
import { type Instant, targetKey, URGENCIES } from '../words.ts';
import { inWords } from '../time/inWords.ts';
import { askedAgain, lastThatCounts } from './askedAgain.ts';
import { type Behind, lastAskedFor } from './behind.ts';
import type { History, Passed, Reasons, Situation } from './situation.ts';
import { wantedIn } from './wanted.ts';

/** What is to be done for a place that is behind. */
export type Missing =
  | {
      readonly kind: 'build';
      readonly behind: Behind;
      readonly wish: RegionBuildWish;
      readonly cause: BuildCause;
      /** A deadline that could not be met even by starting now: reported, and not the same as missed. */
      readonly infeasible: Instant | null;
      /** Why the same is asked for again, where one ended without an image. */
      readonly again?: string;
    }
  | {
      readonly kind: 'join';
      readonly behind: Behind;
      readonly queued: RegionBuild;
      readonly merged: Partial<RegionBuild>;
      readonly added: readonly Reason[];
      readonly cause: BuildCause;
      readonly infeasible: Instant | null;
    }
  | { readonly kind: 'nothing'; readonly passed: Passed };

/**
 * What to ask for in a place that is behind. Only a reason that was not asked for yet asks: what was built, failed, was
 * cancelled or refused for the same reasons is not asked for again at every look (see `askedAgain` for when it is); nor
 * is an image that failed, until something more urgent wants it. With a new reason all of them count, since the image still lacks what they were about.
 */
export function missingIn(behind: Behind, history: History, situation: Situation): Missing {
  const wanted = wantedIn(behind, history, situation);
  if (wanted.kind === 'nothing') return wanted;
  const { requested, why, fingerprint } = wanted;
  const { wish, infeasible } = requested;
  if (behind.queued !== undefined) return joining(behind, behind.queued, requested, why, situation);
  const last = behind.running ?? lastThatCounts(behind, history, situation);
  if (
    last !== undefined &&
    !passedOverFor(last, fingerprint) &&
    newReasons(last.reasons, wish.reasons).length === 0
  )
    return nothing(behind, 'asked-before', askedBefore(last, situation));
  const { lastFailure } = behind.state;
  if (lastFailure?.fingerprint === fingerprint && last?.status === 'failed' && !isMoreUrgent(wish, last))
    return nothing(behind, 'failed-before', `this very image failed: ${lastFailure.reason}`);
  const { policyVersion } = situation;
  return {
    kind: 'build',
    behind,
    wish: { ...wish, policyVersion },
    cause: causeOf(behind, why, situation),
    infeasible,
    ...again(behind, history, situation),
  };
}

function askedBefore(last: RegionBuild, situation: Situation): string {
  const { policy, now } = situation;
  const is = `${last.id} was asked for by the same, and is ${last.status}`;
  const next = askedAgain(last, situation);
  switch (next.kind) {
    case 'later':
      return `${is} for a reason that passes; it is asked for again at ${inWords(next.from, policy.zone, now)}`;
    case 'other-policy':
      return `${is}; it is asked for again when the policy changes`;
    case 'now':
    case 'no':
      return is;
  }
}

function again(behind: Behind, { regionBuilds }: History, situation: Situation): { again?: string } {
  const last = regionBuilds.get(lastAskedFor(behind) ?? '');
  const next = last === undefined || behind.running !== undefined ? undefined : askedAgain(last, situation);
  return next?.kind === 'now' ? { again: next.because } : {};
}

/** It ended since there was nothing to build then; what is wanted now is another image. */
function passedOverFor({ passedOver }: Pick<RegionBuild, 'passedOver'>, fingerprint: string): boolean {
  return passedOver !== undefined && passedOver !== fingerprint;
}

function isMoreUrgent(wish: Pick<RegionBuildWish, 'urgency'>, than: Pick<RegionBuild, 'urgency'>): boolean {
  return URGENCIES.indexOf(wish.urgency) < URGENCIES.indexOf(than.urgency);
}

function joining(
  behind: Behind,
  queued: RegionBuild,
  { wish, infeasible }: Requested,
  why: Reasons,
  situation: Situation,
): Missing {
  const added = newReasons(queued.reasons, wish.reasons);
  const merged = mergeReasons(queued, wish, situation.policy);
  if (added.length === 0 || merged === undefined)
    return nothing(behind, 'asked-before', `${queued.id} was asked for by the same, and waits`);
  return {
    kind: 'join',
    behind,
    queued,
    merged,
    added,
    cause: causeOf(behind, why, situation),
    infeasible,
  };
}

function causeOf({ target }: Behind, { cause, reasons }: Reasons, { sha256 }: Situation): BuildCause {
  return { id: buildId(target.template, cause, sha256), because: reasons[0]?.because ?? cause };
}

function nothing({ target }: Behind, rule: string, because: string): Missing {
  return { kind: 'nothing', passed: { subject: targetKey(target), rule, because } };
}
