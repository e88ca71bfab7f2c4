import { existsSync, readFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

/** Seconds that a piece of work takes. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

/** Seconds that the processor spends on a piece of work: what other programs take meanwhile does not count. */
export function processorSecondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

/** The middle one: what a busy machine does to a few runs does not move it. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [before, after] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (before === undefined || after === undefined) throw new Error('There is no median of nothing.');
  return (before + after) / 2;
}

/**
 * The most memory that this process has held so far, in bytes. Linux counts what its parent held when it was started
 * into `maxRSS`; its own is told apart in `/proc`.
 */
export function peakMemory(): number {
  const own = existsSync(STATUS) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8'))?.[1] : undefined;
  return (own === undefined ? process.resourceUsage().maxRSS : Number(own)) * 1_024;
}

/** How many times more work `count` is than `base` for what grows as n log n. */
export function nLogNGrowth(base: number, count: number): number {
  return (count * Math.log(count)) / (base * Math.log(base));
}
