import { expect, test } from 'vitest';
import type { FeedCache, KeptFeed } from '../../src/ports.ts';

const URL_1 = 'https://cdn.amazonlinux.com/al2023/core/releasemd.xml releasemd 1';
const URL_2 = `https://security-metadata.canonical.com/${'long/'.repeat(500)}osv-all.tar.xz?x=ü usn 1`;
const AT = Date.parse('2026-07-15T12:00:00Z');

const feed = (over: Partial<KeptFeed> = {}): KeptFeed => ({
  at: AT,
  etag: '"46ff"',
  lastModified: 'Wed, 15 Jul 2026 08:00:00 GMT',
  body: '["2023.10.20260120"]',
  ...over,
});

/** @param aCache a cache at noon of 15 July 2026 */
export function feedCacheContract(aCache: () => Promise<FeedCache>): void {
  test('what was never put is not there', async () => {
    expect(await (await aCache()).get(URL_1)).toBeUndefined();
  });

  test('what was put is there, each by its address', async () => {
    const cache = await aCache();
    const other = feed({ body: '"é\u2028\ud83d\ude00"' });
    await cache.put(URL_1, feed());
    await cache.put(URL_2, other);
    expect(await cache.get(URL_1)).toEqual(feed());
    expect(await cache.get(URL_2)).toEqual(other);
  });

  test('a later answer takes the place of an earlier one, marks and all', async () => {
    const cache = await aCache();
    await cache.put(URL_1, feed());
    const bare = { at: AT + 1, body: '[]' };
    await cache.put(URL_1, bare);
    expect(await cache.get(URL_1)).toEqual(bare);
  });

  test('a body of some megabytes, as updateinfo is once it was read', async () => {
    const cache = await aCache();
    const advisories = Array.from({ length: 20_000 }, (_, i) => ({
      id: `ALAS2023-2026-${i}`,
      level: 'high',
    }));
    const large = feed({ body: JSON.stringify(advisories) });
    await cache.put(URL_1, large);
    expect(await cache.get(URL_1)).toEqual(large);
  });
}
