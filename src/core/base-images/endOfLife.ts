import type { Policy } from '../policy/policy.ts';
import { DAY, type Instant, type Milliseconds } from '../words.ts';
import type { TrackedBaseImage } from './trackedBaseImage.ts';

export type EndOfLife =
  | { readonly state: 'not-announced' }
  /** `daysLeft`: whole days until the last day with updates is over. */
  | { readonly state: 'supported'; readonly on: string; readonly daysLeft: number }
  /** `warning`: how long ahead the nearest of the warnings already due is; each is sent once. */
  | {
      readonly state: 'ending';
      readonly on: string;
      readonly daysLeft: number;
      readonly warning: Milliseconds;
    }
  /** Shown red. `daysAgo`: whole days since the last day with updates was over. */
  | { readonly state: 'ended'; readonly on: string; readonly daysAgo: number };

/**
 * How far a base is from its end of life, and from the warnings that the policy wants of it. The last day itself
 * still counts as supported, in UTC.
 */
export function endOfLife(
  { endOfLife: on }: Pick<TrackedBaseImage, 'endOfLife'>,
  { endOfLifeWarnings }: Pick<Policy, 'endOfLifeWarnings'>,
  now: Instant,
): EndOfLife {
  const lastDay = on === undefined ? Number.NaN : Date.parse(`${on}T00:00:00Z`);
  if (on === undefined || Number.isNaN(lastDay)) return { state: 'not-announced' };
  const over = lastDay + DAY;
  if (now >= over) return { state: 'ended', on, daysAgo: Math.floor((now - over) / DAY) };
  const daysLeft = Math.floor((over - now) / DAY);
  const due = endOfLifeWarnings.filter((ahead) => over - now <= ahead);
  return due.length === 0
    ? { state: 'supported', on, daysLeft }
    : { state: 'ending', on, daysLeft, warning: Math.min(...due) };
}
