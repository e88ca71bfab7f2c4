import type { Milliseconds } from '../../core/words.ts';
import type { Chance } from '../../ports.ts';

/** What waiting between two tries needs. */
export interface Pausing {
  readonly chance: Chance;
  readonly sleep: (time: Milliseconds) => Promise<void>;
}

/** Tries of a call that the table refuses for the moment: some seconds in all, well within a function's time. */
export const TRIES = 15;
const FIRST: Milliseconds = 20;
const LONGEST: Milliseconds = 1_500;

/** Full jitter: anything up to a bound that doubles with every try (1: the first has failed). */
export async function pause(tried: number, { chance, sleep }: Pausing): Promise<void> {
  await sleep(chance() * Math.min(LONGEST, FIRST * 2 ** tried));
}

/** The table refused for as long as we tried. Step Functions tries again by this name. */
export class TableBusy extends Error {
  override readonly name = 'TryAgain';
  constructor(cause: unknown) {
    super(`the table was busy ${TRIES} times`, { cause });
  }
}
