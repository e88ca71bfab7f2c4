import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const INTERVAL = 500;

export interface FunctionMemory {
  /** The most that one function's process held, in bytes. */
  largest: number;
  /** The most that all of them held at once. */
  together: number;
  /** The most of them that lived at once. */
  processes: number;
}

/** One process of the system: its id, its group's id, its resident memory in kilobytes. */
const LINE = /^\s*(?<pid>\d+)\s+(?<group>\d+)\s+(?<kilobytes>\d+)\s*$/;

/** What the processes of a group hold in bytes, but for its leader's. */
export function memoryOfGroup(listing: string, leader: number): number[] {
  return listing.split('\n').flatMap((line) => {
    const { pid, group, kilobytes } = LINE.exec(line)?.groups ?? {};
    return Number(group) === leader && Number(pid) !== leader ? [Number(kilobytes) * 1_024] : [];
  });
}

/**
 * Looks at the processes that the local AWS runs functions in, which are of its group, twice a second.
 * @returns what ends the watching and tells the most that was seen
 */
export function watchFunctions(leader: number): () => FunctionMemory {
  const most: FunctionMemory = { largest: 0, together: 0, processes: 0 };
  const look = async (): Promise<void> => {
    const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,pgid=,rss=']);
    const held = memoryOfGroup(stdout, leader);
    most.largest = Math.max(most.largest, ...held);
    most.together = Math.max(
      most.together,
      held.reduce((sum, bytes) => sum + bytes, 0),
    );
    most.processes = Math.max(most.processes, held.length);
  };
  const timer = setInterval(() => void look(), INTERVAL);
  return () => {
    clearInterval(timer);
    return most;
  };
}
