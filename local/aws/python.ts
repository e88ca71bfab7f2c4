import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { LOCAL_DIR } from './checkout.ts';
import { lastLines, runCommand } from './command.ts';
import { findPython, pythonVersion } from './findPython.ts';
import { identityOf, isRunning, type ProcessIdentity } from './processes.ts';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');

export interface PythonOptions {
  /** The private environment is `<localDir>/python`. @default `.local` of this checkout */
  readonly localDir?: string;
  /** @default local/aws/requirements.txt */
  readonly requirements?: string;
  /** PATH and AUTO_AMI_PYTHON are read from here, and pip's own settings. @default this process's */
  readonly env?: NodeJS.ProcessEnv;
  /** Told once before a lengthy installation. */
  readonly onInstall?: (sentence: string) => void;
  /** Aborted: an installation is ended at once, and leaves nothing. */
  readonly signal?: AbortSignal | undefined;
}

const stampOf = (requirements: string, version: string): string =>
  `${createHash('sha256').update(readFileSync(requirements)).digest('hex')} ${version}`;

/** What `access` answers, or undefined when there is no such file. */
function ifPresent(access: () => string): string | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}

/** Removes environments that nothing points to: replaced ones, and those whose installation broke off. */
function removeUnused(environments: string, used: string | undefined): void {
  for (const name of readdirSync(environments)) {
    const directory = join(environments, name);
    const owner = ifPresent(() => readFileSync(join(directory, 'owner.json'), 'utf8'));
    const inUse = directory === used || (owner && isRunning(JSON.parse(owner) as ProcessIdentity));
    if (!inUse) rmSync(directory, { recursive: true, force: true });
  }
}

async function install(
  directory: string,
  requirements: string,
  log: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<void> {
  const python = await findPython(env);
  const made = await runCommand(python, ['-m', 'venv', directory], { logFile: log, env, signal });
  if (made.code !== 0) {
    throw new Error(
      /ensurepip|No module named venv/.test(made.output)
        ? `${python} cannot make a private environment because its venv module is not installed. On Debian and Ubuntu: sudo apt install python3-venv.`
        : `${python} could not make a private environment in ${directory}: ${lastLines(made.output, 1)}`,
    );
  }
  // Compiling everything takes as long as fetching it; what is used is compiled when it is first used.
  const pip = [
    '-m',
    'pip',
    'install',
    '--disable-pip-version-check',
    '--no-input',
    '--no-compile',
    '--retries',
    '2',
  ];
  const inside = join(directory, 'bin', 'python');
  const installed = await runCommand(inside, [...pip, '-r', requirements], {
    ...{ logFile: log, env, signal },
  });
  if (installed.code !== 0) {
    throw new Error(
      `The Python packages of the local AWS could not be installed; is there a network? pip says: ${lastLines(installed.output, 1)} (all of it: ${log})`,
    );
  }
}

/**
 * The Python of the private environment, installed when absent, when the requirements changed, and when
 * an earlier installation broke off. A new environment is made beside the old one and takes its place in
 * one step when it is complete: it may be interrupted at any moment, and two at once do no harm.
 * @returns the path of its `python`, which stays valid while a later one is installed.
 * @throws Error with one sentence saying what is missing and what to do.
 */
export async function ensurePython(options: PythonOptions = {}): Promise<string> {
  const { localDir = LOCAL_DIR, requirements = REQUIREMENTS, env = process.env } = options;
  const link = join(localDir, 'python');
  const version = await pythonVersion(join(link, 'bin', 'python'), env);
  const stamp = ifPresent(() => readFileSync(join(link, 'stamp'), 'utf8'));
  if (version && stamp === stampOf(requirements, version)) return join(realpathSync(link), 'bin', 'python');

  options.onInstall?.('Installing the local AWS into a private Python environment (once).');
  const environments = join(localDir, 'python-environments');
  const directory = join(environments, `${Date.now()}-${process.pid}`);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'owner.json'), JSON.stringify(identityOf(process.pid)));
  try {
    await install(directory, requirements, join(localDir, 'log', 'python.log'), env, options.signal);
    const python = join(directory, 'bin', 'python');
    writeFileSync(join(directory, 'stamp'), stampOf(requirements, (await pythonVersion(python, env)) ?? ''));
    symlinkSync(directory, `${directory}.link`);
    renameSync(`${directory}.link`, link);
    return python;
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  } finally {
    removeUnused(
      environments,
      ifPresent(() => realpathSync(link)),
    );
  }
}
