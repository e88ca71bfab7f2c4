import type { RegionBuild } from '../builds/regionBuild.ts';
import type { Holding } from '../money/pot.ts';
import type { ExplanationLine, Instant, MicroDollars } from '../words.ts';
import type { BaseImageChoice } from './adoptBase.ts';
import type { BuildEstimate } from './planInput.ts';

interface OutcomeOfOne {
  readonly regionBuild: RegionBuild;
  /** Rule and sentence stay the same from plan to plan while nothing has changed. */
  readonly line: ExplanationLine;
}

/** It gets a turn, a slot and money, all in one transaction that checks each again. */
export interface Granted extends OutcomeOfOne {
  readonly kind: 'granted';
  /** 1 … slots of its region. */
  readonly slot: number;
  /** The ceiling to reserve. */
  readonly amount: MicroDollars;
  /** What each pot holds of it, with the limit its condition must keep. */
  readonly holdings: readonly Holding[];
  /** The base image to freeze. */
  readonly base: BaseImageChoice;
  readonly estimate: BuildEstimate;
}

/** For a window, its place after an opening, a slot or a retry's backoff. */
export interface Waiting extends OutcomeOfOne {
  readonly kind: 'waiting';
  /** When it can change at the latest; `null` if no such moment is known (a policy without windows). */
  readonly until: Instant | null;
}

/** No pot can pay now: announced once, never dropped. */
export interface Parked extends OutcomeOfOne {
  readonly kind: 'parked';
  /** When it can run: the next day or month, or a grant's start; `null` if only a person can help (an empty grant). */
  readonly until: Instant | null;
  /** Keys of the pots that lack the money. */
  readonly lacking: readonly string[];
}

/** A person, a mode, a protection or another build stands before it. */
export interface Held extends OutcomeOfOne {
  readonly kind: 'held';
  /** When it ends by itself, as the minimum age does. */
  readonly until: Instant | null;
}

/** More than a pot's limit or its own maximum altogether: can never be paid. */
export interface Refused extends OutcomeOfOne {
  readonly kind: 'refused';
  readonly amount: MicroDollars;
  readonly limit: MicroDollars;
}

/** What one plan decides about one open request: exactly one of these. */
export type Outcome = Granted | Waiting | Parked | Held | Refused;

export interface Plan {
  readonly grants: readonly Granted[];
  readonly waiting: readonly Waiting[];
  readonly parked: readonly Parked[];
  readonly held: readonly Held[];
  readonly refused: readonly Refused[];
  /** Every request with its line, first to go first: the queue as people see it. */
  readonly reasons: readonly Outcome[];
  /** The next moment at which time alone can change a decision, and which. */
  readonly nextChange: NextChange | null;
}

export interface NextChange {
  readonly at: Instant;
  readonly regionBuild: string;
  /** The line that says what it waits for. */
  readonly line: ExplanationLine;
}

/** The outcomes of one kind each, in the order of the queue. */
export function byKind(
  outcomes: readonly Outcome[],
): Pick<Plan, 'grants' | 'waiting' | 'parked' | 'held' | 'refused'> {
  const grants: Granted[] = [];
  const waiting: Waiting[] = [];
  const parked: Parked[] = [];
  const held: Held[] = [];
  const refused: Refused[] = [];
  for (const outcome of outcomes) {
    switch (outcome.kind) {
      case 'granted':
        grants.push(outcome);
        break;
      case 'waiting':
        waiting.push(outcome);
        break;
      case 'parked':
        parked.push(outcome);
        break;
      case 'held':
        held.push(outcome);
        break;
      case 'refused':
        refused.push(outcome);
        break;
    }
  }
  return { grants, waiting, parked, held, refused };
}
