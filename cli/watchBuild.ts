import type { ExplainAnswer } from '../src/api/answers.ts';
import type { ApiClient } from '../src/api/client.ts';
import { isOpen } from '../src/core/builds/regionBuild.ts';
import { failureAnswer } from './failure.ts';
import type { Session } from './session.ts';
import { clean } from './text/clean.ts';
import { truncate } from './text/width.ts';
import { placeOf, signOf, stateInWords } from './views/regionBuildState.ts';

const INTERVAL = 2_000;

/** Failures to ask that may pass while a build goes on for half an hour. */
const PASSING = new Set(['timeout', 'not-reachable', 'server-error', 'internal']);
const MOST_FAILURES_IN_A_ROW = 5;

export interface Watched {
  /** `null`: interrupted; the build itself goes on. */
  readonly finished: ExplainAnswer | null;
  readonly succeeded: boolean;
}

/**
 * Follows a build until all of it has ended: in one line that changes on a terminal, else in a line for each change.
 * Progress goes to standard error, so that standard output holds the answer alone.
 */
export async function watchBuild(id: string, client: ApiClient, { world, json }: Session): Promise<Watched> {
  const { signal, dispose } = world.interruptible();
  const tell = json ? silent : world.terminal ? liveLine(world) : changedLines(world);
  let failures = 0;
  try {
    for (;;) {
      try {
        const answer = await client.call('explain', { id });
        failures = 0;
        tell(clean(answer));
        if (!answer.regionBuilds.some(({ status }) => isOpen(status)))
          return { finished: answer, succeeded: good(answer) };
      } catch (error) {
        failures += 1;
        if (!PASSING.has(failureAnswer(error).error) || failures > MOST_FAILURES_IN_A_ROW) throw error;
      }
      await world.sleep(INTERVAL, signal);
      if (signal.aborted) {
        world.err(`\nThe build goes on: cws templates auto-ami explain ${id}\n`);
        return { finished: null, succeeded: false };
      }
    }
  } finally {
    dispose();
  }
}

function good({ regionBuilds }: ExplainAnswer): boolean {
  return regionBuilds.every(({ status }) => status === 'succeeded');
}

type Tell = (answer: ExplainAnswer) => void;

const silent: Tell = () => undefined;

/** Rewrites one line of the terminal. */
function liveLine({ err, width }: Session['world']): Tell {
  return (answer) => {
    const parts = answer.regionBuilds.map(
      (build) => `${signOf(build)} ${placeOf(build)}: ${stateInWords(build, answer)}`,
    );
    const done = !answer.regionBuilds.some(({ status }) => isOpen(status));
    err(`\r\u001B[K${done ? '' : truncate(parts.join(' · '), width - 1)}`);
  };
}

/** One line for each region build whose state is another than before. */
function changedLines({ err }: Session['world']): Tell {
  const before = new Map<string, string>();
  return (answer) => {
    for (const build of answer.regionBuilds) {
      const state = `${build.status} ${build.imageStatus ?? ''}`;
      if (before.get(build.id) === state) continue;
      before.set(build.id, state);
      err(`${signOf(build)} ${placeOf(build)}: ${stateInWords(build, answer)}\n`);
    }
  };
}
