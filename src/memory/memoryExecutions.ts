import type { Instant } from '../core/words.ts';
import type { Clock, Executions } from '../ports.ts';
import { faultQueue, type NextFaults } from './nextFaults.ts';

export interface MemoryExecution {
  readonly name: string;
  readonly regionBuild: string;
  readonly startedAt: Instant;
  readonly running: boolean;
  /** Why it was stopped, if it was. */
  readonly stopped?: string;
}

/** What a waiting execution was told. */
export type Answer =
  | { readonly execution: string; readonly token: string; readonly output: unknown }
  | { readonly execution: string; readonly token: string; readonly error: string; readonly cause: string };

export interface MemoryExecutions extends Executions, NextFaults {
  /** Everything that was started, oldest first. */
  all(): readonly MemoryExecution[];
  /** The execution waits, as the state machine's own states do: the token it stores. An earlier one is stale then. */
  wait(name: string): string;
  /** The execution comes to its end. */
  end(name: string): void;
  /** What was sent to executions that waited for it, in order. */
  readonly answers: readonly Answer[];
  /** The definition is deployed anew. */
  redefine(at: Instant): void;
}

/** Executions in memory. Their states are played by the test; `failNext` is for starts. */
export function memoryExecutions({ now }: { readonly now: Clock }): MemoryExecutions {
  const executions = new Map<string, MemoryExecution>();
  const waiting = new Map<string, string>();
  const answers: Answer[] = [];
  const faults = faultQueue();
  let defined: Instant = 0;
  let tokens = 0;

  const close = (name: string, changed: Partial<MemoryExecution> = {}): void => {
    const execution = executions.get(name);
    if (execution?.running === true) executions.set(name, { ...execution, ...changed, running: false });
    waiting.delete(name);
  };
  /** The execution that waits with this token; it waits no longer. */
  const wake = (token: string): string | undefined => {
    const name = [...waiting].find(([, own]) => own === token)?.[0];
    if (name !== undefined) waiting.delete(name);
    return name;
  };

  return {
    answers,
    all: () => [...executions.values()],
    wait(name) {
      if (executions.get(name)?.running !== true) throw new Error(`${name} does not run`);
      tokens += 1;
      const token = `token-${tokens}`;
      waiting.set(name, token);
      return token;
    },
    end: (name) => close(name),
    redefine: (at) => void (defined = at),
    failNext: faults.failNext,
    async start(name, regionBuild) {
      faults.throwNext();
      const before = executions.get(name);
      if (before === undefined) executions.set(name, { name, regionBuild, startedAt: now(), running: true });
      else if (before.regionBuild !== regionBuild)
        throw new Error(`the execution ${name} is taken by ${before.regionBuild}`);
    },
    async state(name) {
      const execution = executions.get(name);
      if (execution === undefined) return { state: 'absent' };
      return { state: execution.running ? 'running' : 'closed', startedAt: execution.startedAt };
    },
    stop: async (name, reason) => close(name, { stopped: reason }),
    async succeed(token, output) {
      const execution = wake(token);
      if (execution === undefined) return 'stale';
      answers.push({ execution, token, output });
      return 'sent';
    },
    async fail(token, error, cause) {
      const execution = wake(token);
      if (execution === undefined) return 'stale';
      answers.push({ execution, token, error, cause });
      return 'sent';
    },
    definedAt: async () => defined,
  };
}
