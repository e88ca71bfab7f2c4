import { held, type Gate } from '../desk.ts';
import { isOff, levelsOf, standing, type Verdict } from '../standing.ts';

/** What is stopped, disabled or paused is left as it is: it is not even refused. */
export const stopped: Gate = (candidate, { say }) => {
  const { build, facts } = candidate;
  const { disabled, paused } = facts.situation;
  if (facts.mode === 'stopped') return held(candidate, say.line('mode', 'held: the mode is stopped'));
  if (disabled !== undefined)
    return held(
      candidate,
      say.line('disabled', `held: ${build.template} was disabled by ${disabled.by}: ${disabled.reason}`),
    );
  if (paused !== undefined)
    return held(
      candidate,
      say.line('paused', `held: ${build.template} was paused by ${paused.by}: ${paused.reason}`),
    );
  return undefined;
};

/** What is queued for levels that the policy has turned off since stays as it is: they may be turned on again. */
export const levelOff: Gate = (candidate, { input, say }) => {
  if (!isOff(candidate.build, input.policy)) return undefined;
  const levels = levelsOf(candidate.build).map((level) => (level === 'unknown' ? 'unrated' : level));
  const because = `held: the policy leaves ${levels.join(' and ')} updates alone now`;
  return held(candidate, say.line('level-off', because));
};

/**
 * Whether a person must agree first: by the level's or the urgent pot's rule, or because the mode is `propose`: as the
 * policy is now, and as long as the record says so. Asked before any window opens, so that there is time to answer.
 */
export const approval: Gate = (candidate, { input, say }) => {
  const { build, facts } = candidate;
  if (build.approval === 'given') return undefined;
  const verdict = standing(build, input.policy);
  if (verdict.kind === 'ask' || build.approval === 'wanted')
    return held(candidate, say.line('approval', `held: waits for approve, ${whyAsk(verdict)}`));
  return facts.mode === 'propose'
    ? held(candidate, say.line('mode', 'held: the mode is propose, so it waits for approve'))
    : undefined;
};

function whyAsk(verdict: Verdict): string {
  if (verdict.kind !== 'ask') return 'as the policy wanted when it was asked for';
  if (verdict.as === 'urgent-pot') return 'since the urgent pot does not pay without asking';
  return verdict.as === 'unknown' ? 'as updates of unknown level do' : `as ${verdict.as} updates do`;
}

/** In mode `observe` everything is decided and explained, and nothing done; it takes nothing from others. */
export const observed: Gate = (candidate, { say }) =>
  candidate.facts.mode === 'observe'
    ? held(
        candidate,
        say.line(
          'mode',
          `held: the mode is observe; in mode act it would start now, because ${say.granted(candidate).why}`,
        ),
      )
    : undefined;
