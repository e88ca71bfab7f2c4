import { crc32 } from '../../../../../src/core/evidence/feeds/xz/crc32.ts';

const little = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
};

const concat = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

function number(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 0x80);
  }
}

const padding = (length: number): number[] => new Array<number>((4 - (length % 4)) % 4).fill(0);

/** An xz file that holds its content unpacked, in chunks of up to 64 KiB: what a test serves, made without a tool. */
export function storedXz(content: Uint8Array): Buffer {
  const flags = [0, 1];
  const header = concat([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], flags, little(crc32(Uint8Array.from(flags))));
  // One filter (LZMA2), dictionary of 64 KiB, no sizes.
  const start = Uint8Array.from([2, 0, 0x21, 1, 8, 0, 0, 0]);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += 0x10000) {
    const chunk = content.subarray(at, at + 0x10000);
    const length = chunk.length - 1;
    chunks.push(Uint8Array.from([at === 0 ? 1 : 2, length >> 8, length & 0xff]), chunk);
  }
  const packed = chunks.reduce((sum, { length }) => sum + length, 0) + 1;
  const index = concat([0], number(1), number(12 + packed + 4), number(content.length));
  const whole = concat(index, padding(index.length));
  const size = concat(little((whole.length + 4) / 4 - 1), flags);
  return Buffer.concat([
    header,
    start,
    little(crc32(start)),
    ...chunks,
    Uint8Array.from([0, ...padding(packed)]),
    little(crc32(content)),
    whole,
    little(crc32(whole)),
    little(crc32(size)),
    size,
    Uint8Array.from([0x59, 0x5a]),
  ]);
}
