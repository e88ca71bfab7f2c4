import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { killNow } from './processes.ts';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Everything the command says goes here as well. Overwritten. */
  readonly logFile: string;
  /** Aborted: the command is ended at once, with everything it started. */
  readonly signal?: AbortSignal | undefined;
}

export interface CommandResult {
  /** Exit code; 127 when the command could not be started, 128 when a signal ended it. */
  readonly code: number;
  /** Standard output and standard error, in the order they came. */
  readonly output: string;
}

/** Runs a program, collecting what it says and writing it to a log as it comes. Never rejects. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'w');
  const { signal } = options;
  const chunks: Buffer[] = [];
  const collect = (chunk: Buffer): void => {
    chunks.push(chunk);
    writeSync(log, chunk);
  };
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: options.env ?? process.env,
      // A group of its own can be ended as a whole; without a signal it stays in ours, which Ctrl-C ends.
      detached: signal !== undefined,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    const end = (): void => {
      if (child.pid !== undefined) killNow(-child.pid);
    };
    const finish = (code: number): void => {
      signal?.removeEventListener('abort', end);
      closeSync(log);
      resolve({ code, output: Buffer.concat(chunks).toString() });
    };
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { once: true });
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => {
      collect(Buffer.from(`${error.message}\n`));
      finish(127);
    });
    child.once('close', (code) => {
      if (child.pid !== undefined) finish(code ?? 128);
    });
  });
}

/** The last lines of a text that say something. */
export function lastLines(text: string, count: number): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');
}
