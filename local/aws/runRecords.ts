import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { identityOf, isRunning, killNow, processesNaming } from './processes.ts';

const identity = z.object({ pid: z.int().positive(), startedAt: z.string() });

/** What a run writes down below `.local/run/`, so that a later one can clean up after it. */
const runRecord = z.object({
  /** The Node process that started the local AWS and will stop it. */
  owner: identity,
  /** The local AWS, leader of its own process group; absent until it was started. */
  server: identity.optional(),
  /** Holds its data and the code of its Lambda processes. */
  directory: z.string(),
});
export type RunRecord = z.infer<typeof runRecord>;

/** One run's record and its own directory, both gone after `remove`. */
export interface Run {
  readonly directory: string;
  /** Notes the server's process, as soon as it exists. */
  started(pid: number): void;
  remove(): void;
}

const runsDir = (localDir: string): string => join(localDir, 'run');

function write(file: string, record: RunRecord): void {
  writeFileSync(`${file}.new`, JSON.stringify(record));
  renameSync(`${file}.new`, file);
}

function remove(file: string, directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  rmSync(file, { force: true });
}

/** Where the Lambda processes of a run have their code: their command lines name it. */
const lambdaCode = (directory: string): string => join(directory, 'tmp', 'ministack-lambda-');

/** Opens a run of this process. The record is there before anything else is. */
export function openRun(localDir: string, name: string): Run {
  const owner = identityOf(process.pid);
  if (!owner) throw new Error('This process cannot find itself in the process table.');
  const directory = join(runsDir(localDir), `${process.pid}-${name}`);
  const file = `${directory}.json`;
  mkdirSync(runsDir(localDir), { recursive: true });
  write(file, { owner, directory });
  mkdirSync(join(directory, 'tmp'), { recursive: true });
  return {
    directory,
    started(pid) {
      const server = identityOf(pid);
      if (server) write(file, { owner, server, directory });
    },
    remove: () => remove(file, directory),
  };
}

function readRecord(file: string): RunRecord | undefined {
  try {
    return runRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Ends what runs left behind whose owner was killed: the local AWS, its Lambda processes, its data.
 * Runs whose owner lives are left alone, and so is any process that merely has an old number.
 * @returns one line for each run cleaned up.
 */
export function removeLeftovers(localDir: string): string[] {
  mkdirSync(runsDir(localDir), { recursive: true });
  const files = readdirSync(runsDir(localDir)).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => {
    const file = join(runsDir(localDir), name);
    const record = readRecord(file) ?? {
      owner: undefined,
      server: undefined,
      directory: file.slice(0, -'.json'.length),
    };
    if (record.owner && isRunning(record.owner)) return [];
    const serverRan = record.server !== undefined && isRunning(record.server);
    if (record.server && serverRan) killNow(-record.server.pid);
    const lambdas = processesNaming(lambdaCode(record.directory));
    lambdas.forEach(killNow);
    remove(file, record.directory);
    const ended = [serverRan ? 'the local AWS' : '', lambdas.length > 0 ? count(lambdas.length) : ''].filter(
      Boolean,
    );
    const endings = ended.length > 0 ? `ended ${ended.join(' and ')}, ` : '';
    return [`Cleaned up after a run that was killed: ${endings}removed its data.`];
  });
}

const count = (lambdas: number): string => `${lambdas} Lambda ${lambdas === 1 ? 'process' : 'processes'}`;
