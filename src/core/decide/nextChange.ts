import type { Instant } from '../words.ts';
import type { Candidate } from './candidate.ts';
import type { Outcome } from './outcome.ts';

/**
 * The first moment after `now` at which time alone can change this outcome or its line, if nothing else happens:
 * a window opens or closes, a backoff or a minimum age ends, a pot begins anew, a latest start is reached. Infinite if
 * only people or other builds can change it. Never too late; where several things come together, sometimes early.
 */
export function changeOf(
  { mustStart, boundStart, window, facts, build }: Candidate,
  outcome: Outcome,
  { now, startMargin, nextDay }: { now: Instant; startMargin: number; nextDay: Instant },
): Instant {
  let earliest = Number.POSITIVE_INFINITY;
  const at = (t: Instant | null): void => {
    if (t !== null && t > now && t < earliest) earliest = t;
  };
  switch (outcome.kind) {
    case 'granted':
    case 'refused':
      return earliest;
    case 'held':
      at(outcome.until);
      if (facts.mode !== 'observe') return earliest;
      break;
    case 'waiting':
      at(outcome.until);
      if (build.notBefore !== undefined && build.notBefore > now) return earliest;
      break;
    case 'parked':
      at(outcome.until);
      at(nextDay);
      at(facts.grants.changesAt);
  }
  if (mustStart) return earliest;
  at(boundStart - startMargin);
  if (window.kind === 'closed') at(window.opening);
  if (window.kind === 'open' || window.kind === 'spread') at(window.closes);
  return earliest;
}
