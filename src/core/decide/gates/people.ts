import { held, type Gate } from '../desk.ts';

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

/**
 * Whether a person must agree first: by the level's or the urgent pot's rule, or because the mode is `propose`. Asked
 * before any window opens, so that there is time to answer.
 */
export const approval: Gate = (candidate, { say }) => {
  const { build, facts } = candidate;
  if (build.approval === 'given') return undefined;
  if (build.approval === 'wanted')
    return held(
      candidate,
      say.line(
        'approval',
        build.pot === 'urgent'
          ? 'held: waits for approve, since the urgent pot does not pay without asking'
          : `held: waits for approve, as ${build.level} updates do`,
      ),
    );
  return facts.mode === 'propose'
    ? held(candidate, say.line('mode', 'held: the mode is propose, so it waits for approve'))
    : undefined;
};

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
