import { setMaxListeners } from 'node:events';
import { FeedError } from '../core/evidence/feeds/feedError.ts';
import { SECOND } from '../core/words.ts';
import type { Milliseconds } from '../core/words.ts';

export interface Patience {
  /** Given to what is waited for, so that it ends when the patience does. */
  readonly signal: AbortSignal;
  /** Waits, but not longer than a feed may be silent. */
  readonly during: <T>(work: Promise<T>) => Promise<T>;
  /** No more is wanted: what still comes in is dropped. */
  readonly end: () => void;
}

/**
 * How long a feed is waited for. Silence is measured, not the whole length: a large feed may take its time as long as
 * it says something. What never ends is ended by the signal of the whole assessment.
 */
export function patience(what: string, silence: Milliseconds, whole: AbortSignal): Patience {
  const controller = new AbortController();
  const giveUp = (reason: string): void => controller.abort(new FeedError('timeout', reason));
  const stop = (): void => giveUp(`${what} did not end before the time of the whole assessment was over.`);
  // As many as there are requests at once, by intent: Node.js would warn of a leak.
  setMaxListeners(0, whole);
  if (whole.aborted) stop();
  else whole.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    async during(work) {
      const timer = setTimeout(
        () => giveUp(`${what} was silent for ${(silence / SECOND).toLocaleString('en')} seconds.`),
        silence,
      );
      try {
        return await work;
      } catch (error) {
        const { aborted, reason } = controller.signal as { aborted: boolean; reason: unknown };
        throw aborted && reason instanceof FeedError ? reason : error;
      } finally {
        clearTimeout(timer);
      }
    },
    end() {
      whole.removeEventListener('abort', stop);
      controller.abort();
    },
  };
}
