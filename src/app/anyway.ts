import { inParallel } from '../core/inParallel.ts';
import type { Log } from '../ports.ts';

/** Several things went wrong, each told with what it went wrong for; the rest was done. */
export class SeveralFailed extends AggregateError {
  override readonly name = 'SeveralFailed';
  constructor(failures: readonly Failure[]) {
    super(
      failures.map(({ error }) => error),
      failures.map(({ of, error }) => `${of}: ${inWords(error)}`).join('; '),
    );
  }
}

interface Failure {
  readonly of: string;
  readonly error: unknown;
}

/** Errors that only say that somebody else is at it, or that AWS takes its time: the next tick looks again. */
const LATER = ['ImageNotEnded', 'NotPublishedYet', 'TryAgain', 'TurnLost'];

/**
 * Does the same for each, some at a time; what fails for one does not stop the others.
 * @throws SeveralFailed at the end, with everything that failed
 */
export async function anyway<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  work: (item: Item) => Promise<unknown>,
  log: Log,
  atOnce?: number,
): Promise<void> {
  const failures = await inParallel(
    items,
    async (item): Promise<Failure | undefined> => {
      try {
        await work(item);
        return undefined;
      } catch (error) {
        const of = nameOf(item);
        if (error instanceof Error && LATER.includes(error.name)) {
          log.warn('left to the next tick', { of, error });
          return undefined;
        }
        log.error('failed', { of, error });
        return { of, error };
      }
    },
    atOnce,
  );
  const failed = failures.filter((failure) => failure !== undefined);
  if (failed.length > 0) throw new SeveralFailed(failed);
}

function inWords(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
