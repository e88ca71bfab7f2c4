import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * A process and the moment it started. Numbers are used again; both together are not, so nothing is
 * ever killed by a number that was written down earlier without comparing this.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque: ticks since a named boot on Linux, a date elsewhere. Compared, never read. */
  readonly startedAt: string;
}

function fromProc(pid: number): ProcessIdentity | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // `pid (name) state …`: the name may hold anything, so fields are counted from its closing parenthesis.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return state === 'Z' ? undefined : { pid, startedAt: `${boot}:${fields[18] ?? ''}` };
}

function fromPs(pid: number): ProcessIdentity | undefined {
  try {
    const [state, ...started] = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split(/\s+/);
    return !state || state.startsWith('Z') ? undefined : { pid, startedAt: started.join(' ') };
  } catch {
    return undefined;
  }
}

const onLinux = process.platform === 'linux';

/** Who has this number now. Undefined when nobody has, or only a process that already ended. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  return onLinux ? fromProc(pid) : fromPs(pid);
}

/** Whether exactly this process, not a later one with its number, still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identityOf(identity.pid)?.startedAt === identity.startedAt;
}

function commandLines(): [pid: number, command: string][] {
  if (!onLinux) {
    const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,command='], { encoding: 'utf8' }).split('\n');
    return lines.map((line) => [Number.parseInt(line, 10), line.trim().replace(/^\d+\s+/, '')]);
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return [Number(name), readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        return [Number(name), ''];
      }
    });
}

/** The numbers of all processes whose command line contains a text; the text must be unique to ours. */
export function processesNaming(text: string): number[] {
  return commandLines().flatMap(([pid, command]) =>
    command.includes(text) && pid !== process.pid ? [pid] : [],
  );
}

/** SIGKILL to a process, or to a group when the number is negative. Gone already is fine. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
