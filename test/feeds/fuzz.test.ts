import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { FeedError } from '../../src/core/evidence/feeds/feedError.ts';
import { updateinfoParser } from '../../src/core/evidence/feeds/updateinfo.ts';
import { atMost, type Bytes, decoded, gunzipped } from '../../src/feeds/bytes.ts';
import { alas2023, updateinfoXml } from '../core/evidence/amazonFeeds.ts';
import { numbers } from '../core/numbers.ts';
import { spoil } from '../core/spoil.ts';

const STREAMS = 6_000;
const LONGEST_MS = 2_000;
const MOST = 200_000;

async function* inPieces(bytes: Uint8Array, next: (below: number) => number): Bytes {
  for (let at = 0; at < bytes.length;) {
    const length = next(1_500) + 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

/** As the updateinfo of a repository is read: unpacked, measured, decoded and parsed piece by piece. */
async function read(bytes: Bytes): Promise<number> {
  let kept = 0;
  const parser = updateinfoParser('amazon-linux-2023', () => (kept += 1));
  for await (const text of decoded(atMost(gunzipped(bytes, 'updateinfo.xml.gz'), MOST, 'it')))
    parser.write(text);
  parser.end();
  return kept;
}

test(
  `${STREAMS} spoilt streams of packed updateinfo end: read, or refused with a reason`,
  { timeout: 60_000 },
  async () => {
    const next = numbers(49_979_687);
    const advisories = alas2023()
      .filter(({ packages }) => packages !== undefined && packages.length < 6)
      .slice(0, 3);
    const whole = updateinfoXml(advisories);
    const packed = gzipSync(whole);
    const bomb = gzipSync(`<updates>${' '.repeat(2_000_000)}</updates>`);
    const ends = new Map<string, number>();
    let slowest = 0;
    for (let stream = 0; stream < STREAMS; stream += 1) {
      // Spoilt before it is packed, after that, or what unpacks to more than may be.
      const bytes =
        stream % 100 === 0
          ? bomb
          : stream % 2 === 0
            ? gzipSync(spoil(whole, next))
            : Buffer.from(spoil(packed.toString('latin1'), next), 'latin1');
      const start = performance.now();
      const end = await read(inPieces(bytes, next)).then(
        (kept) => (kept > advisories.length * 5 ? 'too many' : 'read'),
        (error: unknown) => {
          if (error instanceof FeedError) return error.fault;
          throw new Error(`failed on ${bytes.toString('base64')}`, { cause: error });
        },
      );
      slowest = Math.max(slowest, performance.now() - start);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    expect([...ends.keys()].sort()).toEqual(['malformed', 'read', 'too-large', 'truncated']);
    expect(slowest).toBeLessThan(LONGEST_MS);
  },
);
