import { dollars } from '../../money/dollars.ts';
import { grantKey, potInWords } from '../../money/potKeys.ts';
import type { MicroDollars } from '../../words.ts';
import type { Candidate } from '../candidate.ts';
import { type Desk, type Gate, held, waiting } from '../desk.ts';
import type { Held, Parked, Refused } from '../outcome.ts';

/** "What exceeds a pot's limit or its own `maxCost` altogether is refused with both numbers" (design §4, Money). */
export const affordable: Gate = (candidate, desk) => {
  const { build, estimate, facts } = candidate;
  const { maxCost } = build;
  if (maxCost !== undefined && estimate.ceiling > maxCost)
    return refused(candidate, desk, 'max-cost', maxCost, `its own limit of ${dollars(maxCost)}`);
  const beyond = desk.pots.beyond(build.pot, estimate.ceiling, facts.grants);
  if (beyond === undefined) return undefined;
  const limit = `the limit of ${dollars(beyond.limit)} of ${potInWords(beyond.key)}`;
  return refused(candidate, desk, 'pot-limit', beyond.limit, limit);
};

function refused(
  candidate: Candidate,
  { say }: Desk,
  rule: string,
  limit: MicroDollars,
  limitInWords: string,
): Refused | Held {
  const { build, estimate, facts } = candidate;
  const why = `its ceiling of ${dollars(estimate.ceiling)} is above ${limitInWords}`;
  // To refuse is to end it: in mode observe that is said, and not done.
  if (facts.mode === 'observe')
    return held(
      candidate,
      say.line('mode', `held: the mode is observe; in mode act it would be refused, because ${why}`),
    );
  const because = `refused: ${why}`;
  return {
    kind: 'refused',
    regionBuild: build,
    line: say.line(rule, because),
    amount: estimate.ceiling,
    limit,
  };
}

/**
 * Money and a slot. A full region is the nearer reason to wait, except for what must start now: that its money is
 * missing cannot wait to be announced, and its money is kept for it while it has no slot.
 */
export const moneyAndSlot: Gate = (candidate, desk) => {
  const { build, estimate, facts, mustStart, region } = candidate;
  const slotFree = desk.slots.isFree(region);
  const unpaid = slotFree || mustStart ? parked(candidate, desk) : undefined;
  if (unpaid !== undefined) return unpaid;
  if (slotFree) return undefined;
  if (mustStart && facts.mode !== 'observe') desk.pots.take(build.template, build.pot, estimate.ceiling);
  return waiting(candidate, desk.say.noSlot(candidate), desk.slots.freeBy(region));
};

/** "What no pot can pay now is parked with the time at which it can run" (design §4, Money). */
function parked({ build, estimate, facts }: Candidate, { pots, say }: Desk): Parked | undefined {
  const { ended } = facts.grants;
  if (ended !== null) {
    const { grant, until } = ended;
    return {
      kind: 'parked',
      regionBuild: build,
      line: say.grantEnded(grant.id, grant.owner, until),
      until,
      lacking: [grantKey(grant.id)],
    };
  }
  const lacking = pots.lacking(build.pot, estimate.ceiling, facts.grants);
  if (lacking.length === 0) return undefined;
  const renewals = lacking.map((key) => pots.renewal(key, estimate.ceiling) ?? Number.POSITIVE_INFINITY);
  const latest = Math.max(...renewals);
  const until = latest === Number.POSITIVE_INFINITY ? null : latest;
  return {
    kind: 'parked',
    regionBuild: build,
    line: say.cannotPay(estimate.ceiling, lacking, until),
    until,
    lacking,
  };
}
