import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What MiniStack asks for. */
const OLDEST = [3, 10] as const;

const CANDIDATES = [
  'python3',
  'python3.14',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
  'python',
];

/** `3.11.7`, or undefined when the program does not run. */
export async function pythonVersion(python: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { stdout } = await run(
      python,
      ['-c', "import sys; print('.'.join(map(str, sys.version_info[:3])))"],
      { env },
    );
    return stdout.trim();
  } catch {
    return undefined;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function complaint(asked: string | undefined, tooOld: readonly string[]): string {
  const needed = `The local AWS needs Python ${OLDEST.join('.')} or newer`;
  const older = tooOld.join(', ');
  if (asked)
    return `${needed}, but AUTO_AMI_PYTHON=${asked} ${older ? `is too old (${older})` : 'does not run'}.`;
  const found = older
    ? `only older ones were found (${older})`
    : `none was found (looked for ${CANDIDATES.join(', ')})`;
  return `${needed}, and ${found}. Install one, or set AUTO_AMI_PYTHON to its path.`;
}

/**
 * The first Python that is new enough: AUTO_AMI_PYTHON and nothing else when it is set.
 * @throws Error naming every Python that was found and is too old.
 */
export async function findPython(env: NodeJS.ProcessEnv): Promise<string> {
  const asked = env['AUTO_AMI_PYTHON'];
  const tooOld: string[] = [];
  for (const python of asked ? [asked] : CANDIDATES) {
    const version = await pythonVersion(python, env);
    if (version && isNewEnough(version)) return python;
    if (version) tooOld.push(`${python} is ${version}`);
  }
  throw new Error(complaint(asked, tooOld));
}
