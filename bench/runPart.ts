import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { PartName } from './parts.ts';
import type { Tell } from './tell.ts';
import type { Report } from './report.ts';

/** What the process of a part sends. */
export type FromPart = { readonly sentence: string } | { readonly report: Report };

const PROGRAM = join(import.meta.dirname, 'part.ts');

/**
 * Runs one part in a process of its own.
 * @returns its report; one that ended without has ended badly, which is its problem
 */
export async function runPart(name: PartName, tell: Tell): Promise<Report> {
  // What it prints is for people; the report alone goes where it can be read by machines.
  const child = fork(PROGRAM, [name], { stdio: ['ignore', process.stderr, process.stderr, 'ipc'] });
  let report: Report | undefined;
  child.on('message', (message: FromPart) => {
    if ('report' in message) report = message.report;
    else tell(message.sentence);
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (...ending) => resolve(ending));
  });
  return report ?? { groups: [], problems: [`${name} ended without a report (${signal ?? `code ${code}`})`] };
}
