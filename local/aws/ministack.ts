import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOCAL_DIR } from './checkout.ts';
import { lastLines } from './command.ts';
import { choosePort, LOOPBACK } from './ports.ts';
import { killNow } from './processes.ts';
import { ensurePython } from './python.ts';
import { openRun, removeLeftovers, type Run } from './runRecords.ts';

/** The root key of the local account, which plays AWS itself here. */
export const ROOT_KEY = { accessKeyId: 'test', secretAccessKey: 'test' };

/** The account that the root key belongs to. */
export const LOCAL_ACCOUNT = '000000000000';

/** Until the local AWS answers. It takes a third of a second. */
const START_MILLISECONDS = 30_000;
/** Between asking it to end and ending it. */
const GRACE_MILLISECONDS = 2_000;

export interface LocalAwsOptions {
  /** @default any free port */
  readonly port?: number;
  /**
   * Added to its environment, and so to that of every Lambda function, such as
   * `AWS_ENDPOINT_URL_IMAGEBUILDER`. Functions reach the local AWS itself without being told.
   */
  readonly env?: Readonly<Record<string, string>>;
  /** What it says goes here; overwritten. @default `<localDir>/log/ministack.log` */
  readonly logFile?: string;
  /** @default `.local` of this checkout */
  readonly localDir?: string;
  /** Python with MiniStack installed. @default the private environment, installed when it is not there */
  readonly python?: string;
  /** Told what was cleaned up after a killed run, and before a lengthy installation. */
  readonly tell?: (sentence: string) => void;
  /** Aborted: an installation that is under way is ended. What has been started is stopped by `stop`. */
  readonly signal?: AbortSignal;
}

export interface LocalAws {
  /** `http://127.0.0.1:4566`: what AWS_ENDPOINT_URL takes. */
  readonly endpoint: string;
  readonly port: number;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves with a sentence and the end of its log if it ends without being stopped; else never. */
  readonly ended: Promise<string>;
  /** Ends it and all its Lambda processes, and removes its data. Calling it again is fine. */
  stop(): Promise<void>;
}

/**
 * Settings of MiniStack, and nothing of this process's AWS configuration. What it would keep outside is
 * redirected into the run's directory; the listeners with fixed ports and the use of Docker are off, so
 * that any number of runs live beside each other.
 */
function environment(
  python: string,
  directory: string,
  port: number,
  extra: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  return {
    PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    LANG: process.env['LANG'] ?? 'C.UTF-8',
    HOME: directory,
    TMPDIR: join(directory, 'tmp'),
    S3_DATA_DIR: join(directory, 's3'),
    STATE_DIR: join(directory, 'state'),
    PYTHONPYCACHEPREFIX: join(dirname(dirname(python)), 'compiled'),
    PYTHONUNBUFFERED: '1',
    AUTH: 'true',
    BIND_HOST: LOOPBACK,
    MINISTACK_HOST: LOOPBACK,
    GATEWAY_PORT: String(port),
    AWS_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    CLOUDTRAIL_RECORDING: '1',
    CLOUDTRAIL_MAX_EVENTS: '200000',
    LAMBDA_EXECUTOR: 'local',
    LAMBDA_WARM_TTL_SECONDS: '300',
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    DOCKER_HOST: `unix://${join(directory, 'no-docker')}`,
    ...extra,
  };
}

const logEnd = (logFile: string): string => lastLines(readFileSync(logFile, 'utf8'), 8);

async function answers(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/_ministack/health`)).ok;
  } catch {
    return false;
  }
}

/** Resolves when it answers. Throws with the end of its log when it ends or stays silent. */
async function untilReady(child: ChildProcess, endpoint: string, logFile: string): Promise<void> {
  const deadline = Date.now() + START_MILLISECONDS;
  while (!(await answers(endpoint))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `The local AWS ended while it was starting. Its log (${logFile}) ends with:\n${logEnd(logFile)}`,
      );
    }
    if (Date.now() > deadline) {
      throw new Error(
        `The local AWS did not answer on ${endpoint} within ${START_MILLISECONDS / 1000} seconds. Its log (${logFile}) ends with:\n${logEnd(logFile)}`,
      );
    }
    await sleep(25);
  }
}

/** Its whole group: the launcher takes the Lambda processes along, unless it hangs. */
async function end(child: ChildProcess, pid: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => killNow(-pid), GRACE_MILLISECONDS);
  await gone;
  clearTimeout(timer);
}

function launch(
  python: string,
  run: Run,
  env: NodeJS.ProcessEnv,
  logFile: string,
): Promise<ChildProcess & { pid: number }> {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const launcher = join(import.meta.dirname, 'launch.py');
  // Its own process group: Ctrl-C reaches this process only, which then stops everything in order.
  const child = spawn(python, [launcher, String(process.pid)], {
    env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new Error(`The local AWS could not be started: ${error.message}.`)),
    );
    child.once('spawn', () => {
      const { pid } = child;
      if (pid === undefined) return;
      run.started(pid);
      resolve(Object.assign(child, { pid }));
    });
  });
}

/**
 * Starts the local AWS on loopback and waits until it answers. First cleans up after killed runs.
 * It ends with this process, however that ends.
 * @throws Error with a sentence: no Python, a taken port, or the end of the log when it does not start.
 */
export async function startMiniStack(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { localDir = LOCAL_DIR, tell = () => undefined } = options;
  removeLeftovers(localDir).forEach(tell);
  const python =
    options.python ?? (await ensurePython({ localDir, onInstall: tell, signal: options.signal }));
  const port = await choosePort(options.port);
  const logFile = options.logFile ?? join(localDir, 'log', 'ministack.log');
  const endpoint = `http://${LOOPBACK}:${port}`;
  const run = openRun(localDir, String(port));
  let stopped = false;
  try {
    // Lambda code lies below this checkout, whose own package.json would make its files ES modules.
    writeFileSync(join(run.directory, 'package.json'), JSON.stringify({ type: 'commonjs' }));
    const child = await launch(
      python,
      run,
      environment(python, run.directory, port, options.env ?? {}),
      logFile,
    );
    const ended = new Promise<string>((resolve) => {
      child.once('exit', () => {
        if (!stopped)
          resolve(
            `The local AWS on ${endpoint} ended by itself. Its log (${logFile}) ends with:\n${logEnd(logFile)}`,
          );
      });
    });
    try {
      await untilReady(child, endpoint, logFile);
    } catch (error) {
      stopped = true;
      await end(child, child.pid);
      throw error;
    }
    const stop = async (): Promise<void> => {
      stopped = true;
      await end(child, child.pid);
      run.remove();
    };
    return { endpoint, port, pid: child.pid, logFile, ended, stop };
  } catch (error) {
    run.remove();
    throw error;
  }
}
