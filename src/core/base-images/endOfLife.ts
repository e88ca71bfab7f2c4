import { DAY } from '../words.ts';
import type { Instant } from '../words.ts';
import type { TrackedBaseImage } from './trackedBaseImage.ts';

/** Days before the end at which a warning goes out, farthest first ("warned 180, 90 and 30 days ahead and shown red after"). */
export const END_OF_LIFE_WARNINGS = [180, 90, 30] as const;
export type EndOfLifeWarning = (typeof END_OF_LIFE_WARNINGS)[number];

export type EndOfLife =
  | { readonly state: 'not-announced' }
  /** `daysLeft`: whole days until the last day with updates is over. */
  | { readonly state: 'supported'; readonly on: string; readonly daysLeft: number }
  /** `warning`: the nearest of the warnings already due; each is sent once. */
  | {
      readonly state: 'ending';
      readonly on: string;
      readonly daysLeft: number;
      readonly warning: EndOfLifeWarning;
    }
  /** Shown red. `daysAgo`: whole days since the last day with updates was over. */
  | { readonly state: 'ended'; readonly on: string; readonly daysAgo: number };

/** How far a base is from its end of life. The last day itself still counts as supported, in UTC. */
export function endOfLife({ endOfLife: on }: Pick<TrackedBaseImage, 'endOfLife'>, now: Instant): EndOfLife {
  const lastDay = on === undefined ? Number.NaN : Date.parse(`${on}T00:00:00Z`);
  if (on === undefined || Number.isNaN(lastDay)) return { state: 'not-announced' };
  const over = lastDay + DAY;
  if (now >= over) return { state: 'ended', on, daysAgo: Math.floor((now - over) / DAY) };
  const daysLeft = Math.floor((over - now) / DAY);
  const due = END_OF_LIFE_WARNINGS.filter((days) => over - now <= days * DAY).at(-1);
  return due === undefined
    ? { state: 'supported', on, daysLeft }
    : { state: 'ending', on, daysLeft, warning: due };
}
