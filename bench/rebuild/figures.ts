import { median } from '../measure.ts';
import { totalOf, type Figure, type Group, type Report } from '../report.ts';
import { callsByOperation, errorsByOperation, type Counts } from './counts.ts';
import type { Executions } from './executions.ts';
import { floorOf, type Volume } from './floor.ts';
import type { FunctionMemory } from './memory.ts';

export interface Rebuilt {
  readonly seconds: number;
  readonly counts: Counts;
  readonly volume: Volume;
  readonly executions: Executions;
  /** Names of functions, by those of theirs and of their roles in the deployment. */
  readonly names: ReadonlyMap<string, string>;
  readonly memory: FunctionMemory;
  /** In sentences. */
  readonly deadLetters: readonly string[];
}

/** "A region build costs at most 8 state transitions" (design §11). */
const MOST_TRANSITIONS = 8;

/** Errors by which a function asks to be run again, by Step Functions or Lambda: no fault, but waste, and so a figure. */
const COMES_AGAIN = ['TryAgain', 'NotPublishedYet', 'ImageNotEnded', 'SentElsewhere'];

/** The bench looks through the control API, and the local AWS plays others with its root key: neither is the loop. */
const OTHERS = ['root', 'control-api'];
const isLoop =
  (names: Rebuilt['names']) =>
  (caller: string): boolean =>
    !OTHERS.includes(names.get(caller) ?? caller);

/** What the rebuild took, beside what cannot be done without. */
export function rebuildReport(rebuilt: Rebuilt): Report {
  const { executions, deadLetters, volume } = rebuilt;
  const missing = volume.regionBuilds - executions.entered.length;
  return {
    problems: [
      ...executions.unfinished,
      ...(missing === 0
        ? []
        : [`${executions.entered.length} executions for ${volume.regionBuilds} region builds`]),
      ...deadLetters,
      ...faults(rebuilt),
    ],
    groups: [whole(rebuilt), calls(rebuilt), callers(rebuilt), refusals(rebuilt), runs(rebuilt)].filter(
      ({ figures }) => figures.length > 0,
    ),
  };
}

function whole({ seconds, executions, memory }: Rebuilt): Group {
  return {
    title: 'a hundred AMIs, active and published',
    figures: [
      { name: 'wall time, each image taking six seconds', unit: 'seconds', value: seconds },
      {
        name: 'state transitions of a region build, median',
        unit: 'count',
        value: median(executions.entered),
        aim: MOST_TRANSITIONS,
      },
      {
        name: 'the most of one',
        unit: 'count',
        value: Math.max(...executions.entered),
        aim: MOST_TRANSITIONS,
      },
      { name: 'retries of states, in all', unit: 'count', value: executions.retries },
      { name: 'largest process of a function', unit: 'bytes', value: memory.largest },
      {
        name: `functions together, ${memory.processes} processes at most`,
        unit: 'bytes',
        value: memory.together,
      },
    ],
  };
}

function calls({ counts, volume, names }: Rebuilt): Group {
  const floor = floorOf(volume);
  const measured = callsByOperation(counts, isLoop(names));
  const figures: Figure[] = [...new Set([...floor.keys(), ...measured.keys()])].sort().map((name) => ({
    name,
    unit: 'count',
    value: measured.get(name) ?? 0,
    floor: floor.get(name) ?? 0,
  }));
  return {
    title: 'calls of AWS',
    figures: [...figures, totalOf('all calls', figures)],
    note: 'The floor: what nobody can do without; bench/rebuild/floor.ts says why of each.',
  };
}

function callers({ counts, names }: Rebuilt): Group {
  const byFunction = new Map<string, number>();
  for (const { caller, service, operation, count } of counts.calls) {
    if (!isLoop(names)(caller)) continue;
    const name = `${names.get(caller) ?? caller}: ${service} ${operation}`;
    byFunction.set(name, (byFunction.get(name) ?? 0) + count);
  }
  return { title: 'calls by function, those of Image Builder apart', figures: sorted(byFunction) };
}

function refusals({ counts, names }: Rebuilt): Group {
  return {
    title: 'calls refused: contention and throttling',
    figures: sorted(errorsByOperation(counts, isLoop(names))),
  };
}

function runs({ counts, names }: Rebuilt): Group {
  const times = new Map<string, number>();
  for (const { function: fn, error, count } of counts.runs) {
    const name = `${names.get(fn) ?? fn}${error === null ? '' : `: ${error}`}`;
    if (!OTHERS.includes(name)) times.set(name, (times.get(name) ?? 0) + count);
  }
  return { title: 'functions run', figures: sorted(times) };
}

function faults({ counts, names }: Rebuilt): string[] {
  return counts.runs.flatMap(({ function: fn, error, count }) =>
    error === null || COMES_AGAIN.includes(error)
      ? []
      : [`${names.get(fn) ?? fn} ended ${count} times with ${error}`],
  );
}

function sorted(counts: ReadonlyMap<string, number>): Figure[] {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, unit: 'count', value }));
}
