import { durationInWords } from '../../time/duration.ts';
import { boundedDuration } from '../../time/latestStart.ts';
import { DAY, MINUTE } from '../../words.ts';
import type { SaidWindow } from '../keys/windowReader.ts';
import { windowInWords } from '../words.ts';
import type { Checked } from './checked.ts';

const WINDOW_KEYS = ['build_window', 'off_peak_window', 'urgent_window'] as const;

/** Zones that were defaulted, and windows that are not what they look like. */
export function warnOfWindows(checked: Checked): void {
  const { said, policy, warn } = checked;
  const given = WINDOW_KEYS.filter((key) => said[key] !== undefined);
  if (said.time_zone === undefined) {
    const unzoned = given.filter((key) => said[key]?.some(({ zone }) => zone === null));
    const what =
      unzoned.length > 0 || given.length === 0 ? 'windows, days and months' : 'days and months of budgets';
    warn(unzoned[0] ?? '', 'no time_zone is given', `${what} are counted in ${policy.zone}`);
  }
  const bounded = boundedDuration(expectedPace(checked));
  for (const key of given) {
    for (const window of said[key] ?? []) warnOfWindow(key, window, bounded, checked);
  }
}

/** How long builds are expected to take: learned where known, else assumed. */
export function expectedPace({ policy, context }: Checked): { p90: number; safetyFactor: number } {
  return { p90: context.learnedDuration ?? policy.assumedDuration, safetyFactor: policy.safetyFactor };
}

function warnOfWindow(key: string, window: SaidWindow, bounded: number, { policy, warn }: Checked): void {
  const words = windowInWords({ ...window, zone: window.zone ?? policy.zone, season: null });
  if (window.start === window.end && window.start !== 0) {
    warn(key, 'a window that ends when it starts', `it is open ${words}`);
  }
  if (lengthOf(window) < bounded) {
    const message = `the window ${words} is shorter than a build may take (${durationInWords(bounded)})`;
    warn(key, message, 'builds start in it and end after it has closed');
  }
  // As `spreadOf` does.
  const half = lengthOf(window) / 2;
  if (half < policy.jitter) {
    const message = `half of the window ${words} is shorter than the jitter of ${durationInWords(policy.jitter)}`;
    warn(key, message, `builds start spread over its first ${durationInWords(half)}`);
  }
}

function lengthOf({ start, end }: SaidWindow): number {
  const minutes = end - start;
  return minutes > 0 ? minutes * MINUTE : minutes * MINUTE + DAY;
}
