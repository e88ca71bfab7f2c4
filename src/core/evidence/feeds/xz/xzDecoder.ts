import type { BytesParser } from '../bytesParser.ts';
import { FeedError } from '../feedError.ts';
import { crc32 } from './crc32.ts';
import { Lzma } from './lzma.ts';
import { Window } from './window.ts';

/** Asks for so many bytes and gets them. */
type Asking<T> = Generator<number, T, Uint8Array>;

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const LZMA2 = 0x21;
/** That of `xz -9`. A window of it takes twice as much memory. */
const LARGEST_DICTIONARY = 64 * 1024 * 1024;
/** Length of the check of a block's contents, by its type. */
const CHECK_LENGTH = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

const malformed = (what: string): never => {
  throw new FeedError('malformed', `The xz file is malformed: ${what}.`);
};

const little = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);

function checkSum(bytes: Uint8Array, sum: number, what: string): void {
  if (crc32(bytes) !== sum) malformed(`the sum of ${what} is wrong`);
}

function dictionaryOf(header: Uint8Array): number {
  const flags = header[1] ?? 0;
  let at = 2;
  // Sizes that are there are not needed: the chunks say theirs.
  for (const present of [flags & 0x40, flags & 0x80]) {
    if (present !== 0) while (((header[at++] ?? 0) & 0x80) !== 0);
  }
  const [filter, length, size = 255] = header.subarray(at);
  if ((flags & 0x3f) !== 0 || filter !== LZMA2 || length !== 1)
    malformed('it is packed in a way that is not known');
  const dictionary = size > 40 ? Infinity : (2 | (size & 1)) * 2 ** ((size >> 1) + 11);
  if (dictionary > LARGEST_DICTIONARY) {
    throw new FeedError('too-large', 'The xz file needs more memory than it may take.');
  }
  return dictionary;
}

/** One LZMA2 chunk after the other; gives the packed and unpacked length. */
function* block(dictionary: number, onPiece: (piece: Uint8Array) => void): Asking<[number, number]> {
  const window = new Window(dictionary);
  const lzma = new Lzma(window);
  // What a chunk may not go on with, because nothing before it has set it.
  let [needsReset, needsProperties, needsState] = [true, true, true];
  for (let packed = 0, unpacked = 0; ;) {
    const [control = 0] = yield 1;
    packed += 1;
    if (control === 0) return [packed, unpacked];
    const isLzma = control >= 0x80;
    if (control === 1 || control >= 0xe0) {
      window.reset();
      [needsReset, needsProperties] = [false, true];
    }
    if (needsReset || (!isLzma && control > 2)) malformed('a chunk of an unknown kind');
    let begin: number;
    if (isLzma) {
      const header = yield control >= 0xc0 ? 5 : 4;
      const length = ((control & 0x1f) << 16) + ((header[0] ?? 0) << 8) + (header[1] ?? 0) + 1;
      const input = (((header[2] ?? 0) << 8) | (header[3] ?? 0)) + 1;
      packed += header.length + input;
      if (control >= 0xc0) {
        lzma.configure(header[4] ?? 255);
        needsProperties = false;
      }
      if (control >= 0xa0) {
        lzma.reset();
        needsState = false;
      }
      if (needsProperties || needsState) malformed('a chunk goes on with what was never begun');
      begin = window.open(length);
      lzma.decode(yield input, length);
    } else {
      const [high = 0, low = 0] = yield 2;
      const length = ((high << 8) | low) + 1;
      begin = window.open(length);
      window.append(yield length);
      packed += 2 + length;
    }
    const piece = window.since(begin);
    unpacked += piece.length;
    onPiece(piece);
  }
}

function* index(blocks: readonly (readonly [number, number])[]): Asking<number> {
  const bytes = [0];
  const next = function* (): Asking<number> {
    const [byte = 0] = yield 1;
    bytes.push(byte);
    return byte;
  };
  const number = function* (): Asking<number> {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = yield* next();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      if (scale > 2 ** 49) malformed('a number in its index is too large');
    }
  };
  if ((yield* number()) !== blocks.length) malformed('its index counts other blocks');
  for (const [packed, unpacked] of blocks) {
    if ((yield* number()) !== packed || (yield* number()) !== unpacked)
      malformed('its index has other lengths');
  }
  while (bytes.length % 4 !== 0) yield* next();
  checkSum(Uint8Array.from(bytes), little(yield 4, 0), 'its index');
  return bytes.length + 4;
}

function* stream(header: Uint8Array, onPiece: (piece: Uint8Array) => void): Asking<void> {
  if (MAGIC.some((byte, at) => header[at] !== byte)) malformed('it does not begin like one');
  checkSum(header.subarray(6, 8), little(header, 8), 'its header');
  const check = CHECK_LENGTH[(header[7] ?? 0) & 0x0f] ?? 0;
  const blocks: [number, number][] = [];
  for (;;) {
    const size = Uint8Array.from(yield 1);
    if (size[0] === 0) break;
    const length = ((size[0] ?? 0) + 1) * 4;
    const rest = Uint8Array.from(yield length - 1);
    const whole = Uint8Array.from([...size, ...rest]);
    checkSum(whole.subarray(0, -4), little(whole, length - 4), "a block's header");
    const [packed, unpacked] = yield* block(dictionaryOf(whole), onPiece);
    yield ((4 - (packed % 4)) % 4) + check;
    blocks.push([length + packed + check, unpacked]);
  }
  const indexLength = yield* index(blocks);
  const footer = yield 12;
  checkSum(footer.subarray(4, 10), little(footer, 0), 'its footer');
  if ((little(footer, 4) + 1) * 4 !== indexLength) malformed('its footer knows another index');
}

/**
 * Unpacks an `.xz` file as it comes in and hands the pieces to `onPiece`; a piece is only valid during the call. Memory
 * is a window of the file's dictionary, whatever the file's length.
 *
 * The checks of the contents (CRC64) are not computed: that takes longer than the unpacking. Headers, index and lengths
 * are checked, and a damaged stream hardly ever ends where it says.
 *
 * Written by hand: Node has no xz, and of the npm libraries without native code `xz-decompress` 0.2.3 (docs/adr/0007).
 */
export function xzDecoder(onPiece: (piece: Uint8Array) => void): BytesParser<void> {
  let rest = new Uint8Array();
  let between = true;
  const streams = function* (): Asking<void> {
    for (;;) {
      between = true;
      const padding = yield 4;
      between = false;
      if (padding.every((byte) => byte === 0) && anything) continue;
      const begin = Uint8Array.from(padding);
      const header = Uint8Array.from([...begin, ...(yield 8)]);
      yield* stream(header, onPiece);
      anything = true;
    }
  };
  let anything = false;
  const asking = streams();
  let wanted = asking.next().value ?? 0;
  return {
    write(piece) {
      let bytes = piece;
      if (rest.length > 0) {
        bytes = new Uint8Array(rest.length + piece.length);
        bytes.set(rest);
        bytes.set(piece, rest.length);
      }
      let at = 0;
      while (at + wanted <= bytes.length) {
        const given = bytes.subarray(at, at + wanted);
        at += wanted;
        wanted = asking.next(given).value ?? 0;
      }
      rest = bytes.slice(at);
    },
    end() {
      if (!anything || !between || rest.length > 0) {
        throw new FeedError('truncated', 'The xz file is cut off.');
      }
    },
  };
}
