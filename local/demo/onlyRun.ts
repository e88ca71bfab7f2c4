import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { identityOf, isRunning } from '../aws/processes.ts';

const identity = z.object({ pid: z.int().positive(), startedAt: z.string() });

/** How long a run that is just ending is waited for. */
const PATIENCE_MILLISECONDS = 5_000;

/** The run of a checkout, noted so that a second one does not take its files. */
export interface OnlyRun {
  readonly release: () => void;
}

/**
 * Makes this process the run of the checkout. What a killed run left behind does not count.
 * @throws Error with a sentence if another run is up
 */
export async function beOnlyRun(localDir: string, patience = PATIENCE_MILLISECONDS): Promise<OnlyRun> {
  const file = join(localDir, 'start.json');
  const deadline = Date.now() + patience;
  for (let owner = ownerOf(file); owner !== undefined && isRunning(owner); owner = ownerOf(file)) {
    if (owner.pid === process.pid) break;
    if (Date.now() > deadline)
      throw new Error(
        `\`npm start\` is up in this checkout already (process ${owner.pid}). Use it from another terminal after \`source .local/aws.env\`, or stop it first.`,
      );
    await sleep(100);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(identityOf(process.pid)));
  renameSync(`${file}.new`, file);
  return { release: () => rmSync(file, { force: true }) };
}

function ownerOf(file: string): z.infer<typeof identity> | undefined {
  try {
    return identity.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
