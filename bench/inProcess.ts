import { fork } from 'node:child_process';
import { once } from 'node:events';

export interface ProcessOptions {
  readonly words?: readonly string[];
  /** Sent to it once it runs. */
  readonly task?: object;
  /** Switches of Node.js, such as a limit of its heap. */
  readonly switches?: readonly string[];
}

/**
 * Runs a program in a process of its own.
 * @returns what it sends first
 * @throws Error if it ends without having sent anything
 */
export async function inProcess<Answer>(
  program: string,
  { words = [], task, switches = [] }: ProcessOptions,
): Promise<Answer> {
  const child = fork(program, words, {
    execArgv: [...process.execArgv, ...switches],
    stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
  });
  if (task !== undefined) child.send(task);
  const answer = once(child, 'message') as Promise<[Answer]>;
  const exit = once(child, 'exit').then(([code]: unknown[]): never => {
    throw new Error(`${program} ended with ${String(code)} before it was done.`);
  });
  return (await Promise.race([answer, exit]))[0];
}
