import type { Instant, Milliseconds } from '../words.ts';

export interface Pace {
  /** How long the tested AMI waits before it is promoted. */
  readonly soak: Milliseconds;
  /** What nine of ten builds of this template in this region stay below. */
  readonly p90: Milliseconds;
  readonly safetyFactor: number;
}

/** The last moment to start for the deadline to hold: `deadline − soak − p90 × safety` (design §4, When). */
export function latestStart(deadline: Instant, pace: Pace): Instant {
  return deadline - pace.soak - boundedDuration(pace);
}

/** How long a build is assumed to take at worst: `p90 × safety`, whole milliseconds. */
export function boundedDuration({ p90, safetyFactor }: Pick<Pace, 'p90' | 'safetyFactor'>): Milliseconds {
  return Math.ceil(p90 * safetyFactor);
}
