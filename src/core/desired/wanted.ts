import type { BaseImageChoice } from '../decide/adoptBase.ts';
import { buildDurations } from '../decide/buildDurations.ts';
import { choicesFor, notOlderThan } from '../decide/choicesFor.ts';
import { desiredImage, type DesiredImage } from '../decide/desiredImage.ts';
import { mustStartAt } from '../decide/mustStart.ts';
import { paceOf } from '../decide/paceOf.ts';
import { requestOf, type Requested } from '../decide/requestOf.ts';
import { inWords } from '../time/inWords.ts';
import { targetKey } from '../words.ts';
import type { Behind } from './behind.ts';
import { whyParentFailed } from './oldBases.ts';
import { dormant, recentLaunches } from './popularity.ts';
import { lastTried, whyBuild } from './reasons.ts';
import type { History, Passed, Reasons, Situation } from './situation.ts';

export type WantedIn =
  | {
      readonly kind: 'asked';
      readonly requested: Requested;
      readonly why: Reasons;
      readonly fingerprint: string;
    }
  | { readonly kind: 'nothing'; readonly passed: Passed };

/**
 * Which image a place is to have, and why. What presses (critical and high reasons, and those whose latest start has
 * come) takes the newest base; anything else the newest that has reached the minimum age, as the plan will.
 */
export function wantedIn(behind: Behind, history: History, situation: Situation): WantedIn {
  const { target, has } = behind;
  const { policy, resolution, builtOn, targets, pointers } = situation;
  const choices = notOlderThan(
    has?.baseImageId,
    choicesFor(target, {
      resolved: resolution.templates,
      builtOn,
      targets,
      pointers,
      updates: history.updates,
    }),
    policy.blockedImages,
  );
  const newest = wantedOf(choices, true, behind, history, situation);
  if (newest.kind === 'nothing' || presses(newest.requested, behind, situation)) return newest;
  return wantedOf(choices, false, behind, history, situation);
}

function wantedOf(
  choices: readonly BaseImageChoice[],
  pressing: boolean,
  behind: Behind,
  history: History,
  situation: Situation,
): WantedIn {
  const { target, resolved, state, has } = behind;
  const { policy, now, sha256 } = situation;
  const { architecture } = target;
  const { packageEpoch } = state;
  const desired = desiredImage(
    { template: resolved, architecture, packageEpoch, choices, presses: pressing },
    policy,
    now,
    sha256,
  );
  if (desired.kind !== 'image') return noBase(desired, behind, situation);
  if (desired.fingerprint === has?.fingerprint) {
    const newer =
      choices[0]?.imageId === desired.base.imageId ? '' : ': what is newer is too young or blocked';
    return nothing(behind, 'up-to-date', `its image on ${desired.base.release} is as it should be${newer}`);
  }
  if (desired.fingerprint === lastTried(behind, history, situation)?.fingerprint)
    return nothing(behind, 'asked-before', 'its first image was built, or failed, as it would be now');
  const { rolledBack } = state;
  if (desired.fingerprint === rolledBack?.fingerprint)
    return nothing(
      behind,
      'rolled-back',
      `${rolledBack.amiId} is that image, and was rolled back ${rolledBack.because}`,
    );
  const why = whyBuild(behind, desired.base, history, situation);
  if (why === 'not-assessed')
    return nothing(behind, 'assessment', `what ${desired.base.release} fixes is not assessed yet`);
  if (why === 'asked-before') return nothing(behind, why, 'its first image was asked for already');
  const { reasons, deadline } = why;
  const asleep = dormant(target.template, situation);
  if (asleep !== undefined && reasons.every(({ trigger }) => trigger === 'dependency'))
    return {
      kind: 'nothing',
      passed: { subject: targetKey(target), rule: 'dormant', because: asleep, spares: target },
    };
  const launches = recentLaunches(target.template, situation);
  const wanted = { target, reasons, launches, ...(deadline === undefined ? {} : { deadline }) };
  const { p90 } = buildDurations(resolved, state.durations, policy);
  const requested = requestOf(wanted, policy, p90, now);
  if (requested === undefined)
    return nothing(behind, 'level-off', `the policy rebuilds nothing for it: ${inText(why)}`);
  return { kind: 'asked', requested, why, fingerprint: desired.fingerprint };
}

/** What the plan adopts the newest base for, whatever its age. */
function presses({ wish }: Requested, { resolved, state }: Behind, { policy, now }: Situation): boolean {
  const { p90 } = buildDurations(resolved, state.durations, policy);
  return wish.urgency === 'high' || mustStartAt(wish, paceOf(wish, p90, policy), policy) <= now;
}

function noBase(
  desired: Exclude<DesiredImage, { kind: 'image' }>,
  behind: Behind,
  situation: Situation,
): WantedIn {
  const { policy, now } = situation;
  const { region, architecture } = behind.target;
  switch (desired.kind) {
    case 'too-young': {
      const until = inWords(desired.until, policy.zone, now);
      return nothing(behind, 'minimum-age', `${desired.base.release} is old enough at ${until}`);
    }
    case 'blocked':
      return nothing(
        behind,
        'blocked-image',
        `its base image ${desired.blocked.imageId} is blocked: ${desired.blocked.reason}`,
      );
    case 'none': {
      const none = `no image of ${behind.resolved.base} is known in ${region} (${architecture})`;
      const failed = whyParentFailed(behind.target, situation);
      return nothing(behind, 'no-base-image', failed === undefined ? none : `${none}: ${failed}`);
    }
  }
}

function inText({ reasons }: Reasons): string {
  return reasons.map(({ because }) => because).join('; ');
}

function nothing({ target }: Behind, rule: string, because: string): WantedIn {
  return { kind: 'nothing', passed: { subject: targetKey(target), rule, because } };
}
