import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FeedError } from '../../../../../src/core/evidence/feeds/feedError.ts';
import { crc32 } from '../../../../../src/core/evidence/feeds/xz/crc32.ts';
import { xzDecoder } from '../../../../../src/core/evidence/feeds/xz/xzDecoder.ts';
import { sampleText } from './sample.ts';
import { storedXz } from './storedXz.ts';
import { xzFixture } from './xzFixture.ts';

const fixture = (name: string): Uint8Array => Uint8Array.from(xzFixture(name));

/** Unpacks a file that arrives in pieces of some length. */
function unpack(file: Uint8Array, pieces = 10_000): Buffer {
  const unpacked: Buffer[] = [];
  const decoder = xzDecoder((piece) => unpacked.push(Buffer.from(piece)));
  for (let at = 0; at < file.length; at += pieces) decoder.write(file.subarray(at, at + pieces));
  decoder.end();
  return Buffer.concat(unpacked);
}

const concat = (...files: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(files));
const text = Buffer.from(sampleText(60_000));

const NAMES = [
  'default',
  'extreme-crc32',
  'fast-no-check',
  'blocks-sha256',
  'sizes-in-header',
  'parameters',
  'parameters-2',
];

describe('what xz packed comes out again', () => {
  test.each(NAMES)('%s', (name) => {
    expect(unpack(fixture(name)).equals(text)).toBe(true);
  });

  test('byte by byte', () => {
    expect(unpack(fixture('default'), 1).equals(text)).toBe(true);
  });

  test('a text longer than the window, which moves', () => {
    const long = Buffer.concat(Array.from({ length: 300 }, () => sampleText(20_000)));
    expect(unpack(fixture('long')).equals(long)).toBe(true);
  });

  test('one file after another, with padding between and behind', () => {
    const files = concat(fixture('default'), new Uint8Array(8), fixture('parameters'), new Uint8Array(4));
    expect(unpack(files).equals(Buffer.concat([text, text]))).toBe(true);
  });

  test('a file that is not packed at all', () => {
    const content = sampleText(3_000_000);
    expect(unpack(storedXz(content), 65_536).equals(content)).toBe(true);
  });
});

const faultOf = (file: Uint8Array): unknown => {
  try {
    unpack(file);
  } catch (error) {
    return error instanceof FeedError ? error.fault : error;
  }
  return 'none';
};

describe('what is no whole xz file', () => {
  test.each([0, 5, 20, 2_000, 5_000])('is cut off after %i bytes', (length) => {
    expect(faultOf(fixture('default').slice(0, length))).toBe('truncated');
  });

  test.each([
    ['HTML', Buffer.from('<!DOCTYPE html><html><body>Not here</body></html>')],
    ['gzip', Buffer.from('1f8b0800000000000003000000000000000000', 'hex')],
    ['something behind the end', concat(fixture('default'), Buffer.from('more than nothing'))],
  ])('%s', (_, file) => {
    expect(faultOf(file)).toBe('malformed');
  });

  test('a file that wants more memory than it may take', () => {
    const file = Uint8Array.from(storedXz(sampleText(100)));
    const block = Uint8Array.from([2, 0, 0x21, 1, 40, 0, 0, 0]);
    file.set(block, 12);
    new DataView(file.buffer).setUint32(20, crc32(block), true);
    expect(faultOf(file)).toBe('too-large');
  });

  test('a damaged file never does more than fail, and seldom goes through', () => {
    // The check of the contents is not computed: damage goes unseen where it stays within the form of a file.
    const files = ['fast-no-check', 'parameters-2'].map(fixture);
    let passed = 0;
    fc.assert(
      fc.property(
        fc.nat({ max: files.length - 1 }),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }),
        (which, changes) => {
          const file = Uint8Array.from(files[which]!);
          for (const [at, by] of changes) file[at % file.length]! ^= by;
          const fault = faultOf(file);
          if (fault === 'none') passed += 1;
          else expect(['malformed', 'truncated', 'too-large']).toContain(fault);
        },
      ),
      { numRuns: 3_000 },
    );
    expect(passed).toBeLessThan(60);
  });
});
