import type { Milliseconds } from '../words.ts';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** A number in [0, 1) that depends on the text alone (FNV-1a, then mixed): spreads builds without randomness. */
export function fractionOf(text: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  // Ids differ in their last characters: without this their hashes would lie close together.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/**
 * How long after the opening of a window a build that waited for it starts: jitter, so that the builds of a whole
 * night do not ask Image Builder at the same second. At most half of the window, so that a short one serves all.
 */
export function spreadOf(id: string, jitter: Milliseconds, windowLength: Milliseconds): Milliseconds {
  return Math.floor(fractionOf(id) * Math.min(jitter, windowLength / 2));
}
