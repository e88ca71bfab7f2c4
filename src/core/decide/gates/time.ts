import type { Candidate } from '../candidate.ts';
import { type Desk, type Gate, waiting } from '../desk.ts';

/** A new attempt starts after its backoff, however urgent: what failed a moment ago would fail again. */
export const backoff: Gate = (candidate, { input, say }) => {
  const { notBefore } = candidate.build;
  return notBefore === undefined || notBefore <= input.now
    ? undefined
    : waiting(candidate, say.backoff(candidate, notBefore), notBefore);
};

/** The windows of design §4, When; what must start now passes, in or out of them. */
export const windows: Gate = (candidate, { input, say }) => {
  const { boundStart, mustStart, window } = candidate;
  if (mustStart) return undefined;
  const atLatest = boundStart - input.policy.startMargin;
  switch (window.kind) {
    case 'free':
    case 'open':
    case 'spread':
      return undefined;
    case 'closed':
      return waiting(
        candidate,
        say.closedWindow(candidate, window.window, window.opening),
        Math.min(window.at, atLatest),
      );
    case 'never':
      return waiting(
        candidate,
        say.noWindow(candidate, window.window),
        atLatest === Number.POSITIVE_INFINITY ? null : atLatest,
      );
  }
};

/**
 * The place in the first minutes of a window is chance: what ranks behind must not take slot and money of a build that
 * would start now but for that.
 */
export const spreadOverOpening: Gate = (candidate, desk) => {
  const { boundStart, mustStart, window } = candidate;
  if (mustStart || window.kind !== 'spread') return undefined;
  if (desk.slots.isFree(candidate.region)) promise(candidate, desk);
  return waiting(
    candidate,
    desk.say.spread(window.window, window.at),
    Math.min(window.at, boundStart - desk.input.policy.startMargin),
  );
};

function promise({ build, facts, estimate }: Candidate, { pots, slots }: Desk): void {
  const { pot, region, template } = build;
  if (facts.mode === 'observe' || pots.lacking(pot, estimate.ceiling, facts.grants).length > 0) return;
  slots.promise(region);
  pots.take(template, pot, estimate.ceiling);
}
