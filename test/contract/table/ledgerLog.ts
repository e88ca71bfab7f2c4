import type { PotBalance } from '../../../src/core/money/pot.ts';
import type { CommitResult } from '../../../src/core/writes.ts';

type Kind = 'reserve' | 'settle';

/** One call to the ledger, with the moments at which it began and was answered, counted in calls. */
interface Call {
  readonly kind: Kind;
  readonly owner: number;
  readonly began: number;
  /** When its caller heard that it was done. */
  done?: number;
}

/** A reservation that was refused, and when. */
interface Refusal {
  readonly owner: number;
  readonly began: number;
  readonly answered: number;
}

/** What the states of a pot, one after the other, say that happened to it. */
export interface Steps {
  /** Owners whose reservation was ended with their cost, or given back. */
  readonly settled: readonly number[];
  /** What happened twice. */
  readonly doubled: readonly string[];
  /** Places in the history that no call of any owner explains. */
  readonly unexplained: readonly number[];
}

/**
 * Who asked the ledger for what, when, and what came of it, to be held against the states it was in. Every owner has a
 * ceiling of its own, so that each step of the history has one author.
 */
export function ledgerLog(
  ceilingOf: (owner: number) => number,
  costOf: (owner: number) => number,
  owners: number,
) {
  let moments = 0;
  const calls: Call[] = [];
  const refusals: Refusal[] = [];
  const byCeiling = new Map(Array.from({ length: owners }, (_, owner) => [ceilingOf(owner), owner]));

  const authorOf = (before: PotBalance, after: PotBalance): { kind: Kind; owner: number } | undefined => {
    const moved = after.reserved - before.reserved;
    const owner = byCeiling.get(Math.abs(moved));
    if (owner === undefined) return undefined;
    const spent = after.settled - before.settled;
    if (moved > 0) return spent === 0 ? { kind: 'reserve', owner } : undefined;
    // The slow tick gives back without a cost what a dead owner held.
    return spent === costOf(owner) || spent === 0 ? { kind: 'settle', owner } : undefined;
  };

  /** Place in the history at which each step was made. */
  const placesOf = (history: readonly PotBalance[]) =>
    history.map((after, place) => {
      const author = authorOf(history[place - 1] ?? EMPTY, after);
      return author === undefined ? undefined : `${author.kind} ${author.owner}`;
    });

  return {
    refusals,

    /** Makes a call; a caller that gets no answer hears nothing more of it. */
    async during(
      kind: Kind,
      owner: number,
      call: () => Promise<CommitResult>,
    ): Promise<CommitResult | 'no answer'> {
      const made: Call = { kind, owner, began: moments++ };
      calls.push(made);
      try {
        const answer = await call();
        const answered = moments++;
        if (answer.committed) made.done = answered;
        else if (kind === 'reserve') refusals.push({ owner, began: made.began, answered });
        return answer;
      } catch {
        return 'no answer';
      }
    },

    stepsOf(history: readonly PotBalance[]): Steps {
      const places = placesOf(history);
      const seen = new Set<string>();
      const doubled: string[] = [];
      for (const place of places) {
        if (place === undefined) continue;
        if (seen.has(place)) doubled.push(place);
        seen.add(place);
      }
      return {
        doubled,
        unexplained: places.flatMap((place, index) => (place === undefined ? [index] : [])),
        settled: history.flatMap((after, index) => {
          const before = history[index - 1] ?? EMPTY;
          const author = authorOf(before, after);
          return author?.kind === 'settle' && after.settled > before.settled ? [author.owner] : [];
        }),
      };
    },

    /**
     * Refusals that were right in none of the states the pot can have been in during the call: those from the last one
     * whose author had heard of it before the call began, up to the last one that was asked for before it was answered.
     */
    wrongRefusals(history: readonly PotBalance[], limit: number): Refusal[] {
      const places = new Map(placesOf(history).map((step, place) => [step, place]));
      const placeOf = ({ kind, owner }: Call) => places.get(`${kind} ${owner}`) ?? -1;
      return refusals.filter(({ owner, began, answered }) => {
        const before = calls.filter((call) => call.done !== undefined && call.done < began);
        const until = calls.filter((call) => call.began < answered);
        const first = Math.max(-1, ...before.map(placeOf));
        const last = Math.max(-1, ...until.map(placeOf));
        const states = [EMPTY, ...history].slice(first + 1, last + 2);
        return !states.some(({ reserved, settled }) => reserved + settled + ceilingOf(owner) > limit);
      });
    },
  };
}

const EMPTY: PotBalance = { key: '', reserved: 0, settled: 0, overrun: 0 };
