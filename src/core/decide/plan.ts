import { dollars } from '../money/dollars.ts';
import { potInWords } from '../money/potKeys.ts';
import { type Candidate, candidateOf } from './candidate.ts';
import { type Desk, type Gate, newDesk } from './desk.ts';
import { adoptable, adoptionOf, callersHold, parentOpen, targetRunning } from './gates/ground.ts';
import { affordable, moneyAndSlot } from './gates/money.ts';
import { approval, levelOff, observed, stopped } from './gates/people.ts';
import { backoff, spreadOverOpening, windows } from './gates/time.ts';
import { order } from './order.ts';
import { changeOf } from './nextChange.ts';
import { byKind, type NextChange, type Outcome, type Plan } from './outcome.ts';
import type { PlanInput } from './planInput.ts';

/** Questions in which no other request of the queue has a say: the first that does not pass is the outcome. */
const OWN_GATES: readonly Gate[] = [
  stopped,
  levelOff,
  affordable,
  approval,
  callersHold,
  parentOpen,
  targetRunning,
  adoptable,
  backoff,
  windows,
];

/** Questions about what those before it in the queue have left; asked in the queue's order. */
const SHARED_GATES: readonly Gate[] = [spreadOverOpening, moneyAndSlot, targetRunning, observed];

/**
 * Who goes next. Every queued request gets exactly one outcome, in the order of the queue, out of the slots and the
 * money that those before it have left: a request that ranks later never changes what one before it gets. The same
 * input, in any order, gives the same plan (issue 4, item 7).
 *
 * A plan is a proposal: the grant's transaction checks status, slot and every pot again.
 */
export function plan(input: PlanInput): Plan {
  const desk = newDesk(input);
  const candidates: Candidate[] = [];
  const own: (Outcome | undefined)[] = [];
  for (const build of input.queue) {
    const candidate = candidateOf(build, desk);
    candidates.push(candidate);
    own.push(firstOutcome(OWN_GATES, candidate, desk));
  }
  const outcomes: Outcome[] = [];
  const times = {
    now: input.now,
    startMargin: input.policy.startMargin,
    nextDay: input.clocks.calendar.startOfNextDay(input.now),
  };
  let nextChange: NextChange | null = null;
  for (const index of order(candidates)) {
    const candidate = candidates[index];
    if (candidate === undefined) continue;
    const outcome = own[index] ?? firstOutcome(SHARED_GATES, candidate, desk) ?? grant(candidate, desk);
    outcomes.push(outcome);
    const at = changeOf(candidate, outcome, times);
    if (at < (nextChange?.at ?? Number.POSITIVE_INFINITY))
      nextChange = { at, regionBuild: candidate.id, line: outcome.line };
  }
  return { ...byKind(outcomes), reasons: outcomes, nextChange };
}

function firstOutcome(gates: readonly Gate[], candidate: Candidate, desk: Desk): Outcome | undefined {
  for (const gate of gates) {
    const outcome = gate(candidate, desk);
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}

function grant(candidate: Candidate, desk: Desk): Outcome {
  const { build, estimate } = candidate;
  const { input, say, slots, pots, open } = desk;
  const adoption = adoptionOf(candidate, desk);
  if (adoption.kind !== 'adopt') throw new Error(`${build.id} passed every gate without a base image`);
  const holdings = pots.take(build.template, build.pot, estimate.ceiling);
  const slot = slots.take(build.region, input.now + estimate.maximumDuration);
  open.take(build);
  const { rule, why } = say.granted(candidate);
  const { imageId, noneNewer } = adoption.base;
  const ground = noneNewer === undefined ? '' : `; it keeps its base ${imageId}, since ${noneNewer}`;
  const from = holdings.map(({ key }) => potInWords(key)).join(' and ');
  return {
    kind: 'granted',
    regionBuild: build,
    line: say.line(rule, `granted: ${why}${ground}; ${dollars(estimate.ceiling)} held in ${from}`),
    slot,
    amount: estimate.ceiling,
    holdings,
    base: adoption.base,
    estimate,
  };
}
