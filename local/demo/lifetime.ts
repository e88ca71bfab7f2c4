/** Why a run is to end before it is done. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** What a shell expects of a program that a signal ended. */
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What a run has opened, and the moment when all of it is to be closed. */
export interface Lifetime {
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
  /** Rejects when the run is to end; never resolves. */
  readonly ended: Promise<never>;
  /** Ends the run; the first reason counts. */
  readonly end: (reason: Error) => void;
  /** Notes what is being opened, so that it is closed even if the run ends before it is open. */
  readonly hold: <T>(opening: Promise<T>, close: (opened: T) => Promise<void> | void) => Promise<T>;
  /** Closes everything, what was opened last first. */
  readonly closeAll: () => Promise<void>;
}

export function lifetime(): Lifetime {
  const controller = new AbortController();
  const { signal } = controller;
  const closings: (() => Promise<void>)[] = [];
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  // Whoever races against it sees the rejection; before that, and after the race, nobody needs to.
  ended.catch(() => undefined);
  return {
    signal,
    ended,
    end: (reason) => controller.abort(reason),
    async hold(opening, close) {
      closings.push(async () => {
        const opened = await opening.catch(() => undefined);
        if (opened !== undefined) await close(opened);
      });
      const opened = await opening;
      signal.throwIfAborted();
      return opened;
    },
    async closeAll() {
      controller.abort(new Error('The run is over.'));
      for (const close of closings.toReversed()) await close();
    },
  };
}
