import type { Screen } from './view/screen.ts';
import { seconds } from './view/seconds.ts';

export interface TakenStep {
  readonly name: string;
  /** Milliseconds. */
  readonly took: number;
}

export interface Step<T> {
  /** For the table of times: `deploy`. */
  readonly name: string;
  /** While it is done: `Deploying the stacks`. */
  readonly doing: string;
  readonly work: (showing: Showing) => Promise<T>;
  /** When it is done, by what came of it. */
  readonly done: (result: T) => string;
}

/** Lines below the step that is being done; asked for several times a second. */
export type Showing = (lines: () => readonly string[]) => void;

/** The steps of a run: each is shown while it is done, and how long it took is kept. */
export interface Steps {
  do<T>(step: Step<T>): Promise<T>;
  readonly taken: readonly TakenStep[];
}

const REDRAW_MILLISECONDS = 250;

export function stepsOn(screen: Screen, now: () => number): Steps {
  const taken: TakenStep[] = [];
  return {
    taken,
    async do({ name, doing, work, done }) {
      const started = now();
      let below: () => readonly string[] = () => [];
      const draw = (): void => screen.show([`▶ ${doing}, ${seconds(now() - started)}`, ...below()]);
      screen.note(doing);
      const timer = setInterval(draw, REDRAW_MILLISECONDS);
      draw();
      try {
        const result = await work((lines) => {
          below = lines;
          draw();
        });
        taken.push({ name, took: now() - started });
        screen.show([]);
        screen.say(`✓ ${done(result)} (${seconds(now() - started)})`);
        return result;
      } finally {
        clearInterval(timer);
        screen.show([]);
      }
    },
  };
}
