import { setTimeout as sleep } from 'node:timers/promises';
import { counted } from '../../../cli/text/time.ts';
import { isSettled, type Followed } from './followed.ts';
import type { Look } from './look.ts';

export interface FollowOptions {
  readonly look: Look;
  /** How many region builds there will be. */
  readonly expected: number;
  /** Told after each look. */
  readonly onLook: (before: readonly Followed[], after: readonly Followed[]) => void;
  readonly signal: AbortSignal;
  /** Milliseconds between two looks. @default 700 */
  readonly interval?: number;
  /** Milliseconds without any change after which it is given up. @default 120,000 */
  readonly patience?: number;
}

/**
 * Looks again and again until every expected region build has ended.
 * @throws Error saying what stands still, if nothing changes for too long
 */
export async function follow({
  look,
  expected,
  onLook,
  signal,
  interval = 700,
  patience = 120_000,
}: FollowOptions): Promise<Followed[]> {
  let before: Followed[] = [];
  let changedAt = Date.now();
  for (;;) {
    const after = await look();
    onLook(before, after);
    if (after.length >= expected && after.every(isSettled)) return after;
    if (JSON.stringify(after) !== JSON.stringify(before)) changedAt = Date.now();
    if (Date.now() - changedAt > patience) throw new Error(standstill(after, expected, patience));
    before = after;
    await sleep(interval, undefined, { signal });
  }
}

function standstill(builds: readonly Followed[], expected: number, patience: number): string {
  const open = builds.filter((build) => !isSettled(build));
  const [first] = open;
  const since = `Nothing has changed for ${Math.round(patience / 1000)} seconds`;
  if (first === undefined) return `${since}: ${builds.length} of ${expected} region builds were asked for.`;
  const { template, region, architecture, stage, because } = first;
  const why = because === undefined ? stage : `${stage}, ${because}`;
  return `${since}: ${counted(open.length, 'region build')} open, the first ${template} ${region} ${architecture}: ${why}.`;
}
