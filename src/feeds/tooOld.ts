import { DAY } from '../core/words.ts';
import type { Instant, Milliseconds } from '../core/words.ts';

/**
 * A gap, if what a source told is older than the newer image: a mirror that is behind, or an answer kept from before
 * for a feed that is down, cannot know the advisories of a release that came later, and must not make it look harmless.
 *
 * @param asOf how old it is.
 * @param newest start of the day the newer image is from.
 * @param before how long before its image upstream makes the source at most.
 */
export function tooOld(name: string, asOf: Instant, newest: Instant, before: Milliseconds = 0): string[] {
  if (asOf >= newest - before) return [];
  const days = Math.ceil((newest - asOf) / DAY);
  return [
    `the ${name} was ${days} ${days === 1 ? 'day' : 'days'} older than the image: it cannot know what that fixes`,
  ];
}
