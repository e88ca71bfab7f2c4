import type { FeedCache, KeptFeed } from '../ports.ts';

export interface MemoryFeedCache extends FeedCache {
  /** What is kept, by address. */
  readonly kept: ReadonlyMap<string, KeptFeed>;
}

/** Answers of feeds kept in memory: for tests, and for programs that end with their work. */
export function memoryFeedCache(): MemoryFeedCache {
  const kept = new Map<string, KeptFeed>();
  return {
    kept,
    get: async (url) => kept.get(url),
    put: async (url, feed) => void kept.set(url, feed),
  };
}
