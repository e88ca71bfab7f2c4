import { FeedError } from '../feedError.ts';

/** Most bytes that one LZMA2 chunk unpacks to. */
const LONGEST_CHUNK = 2 * 1024 * 1024;

/**
 * The last of what was unpacked, from which matches are copied. It grows to twice of what a dictionary needs, so that
 * it has to be moved to the front only now and then, and what a chunk unpacks to lies there in one piece.
 */
export class Window {
  readonly #dictionary: number;
  #bytes: Uint8Array = new Uint8Array();
  /** Where the next byte goes. */
  #at = 0;
  /** First byte since the dictionary was reset that is still there. */
  #start = 0;
  /** Bytes since the reset, less those in the window: positions count from the reset. */
  #moved = 0;

  constructor(dictionary: number) {
    this.#dictionary = dictionary;
  }

  /** Makes room for a chunk of some length; gives where it will begin. */
  open(length: number): number {
    const largest = 2 * this.#dictionary + LONGEST_CHUNK;
    if (this.#at + length > largest) {
      const kept = Math.max(this.#start, this.#at - this.#dictionary);
      this.#bytes.copyWithin(0, kept, this.#at);
      this.#moved += kept - this.#start;
      this.#start = 0;
      this.#at -= kept;
    }
    const needed = this.#at + length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(largest, Math.max(needed, 2 * this.#bytes.length)));
      larger.set(this.#bytes.subarray(0, this.#at));
      this.#bytes = larger;
    }
    return this.#at;
  }

  /** Forgets everything. */
  reset(): void {
    this.#start = this.#at;
    this.#moved = 0;
  }

  /** What was unpacked from a place on; valid until the next chunk. */
  since(begin: number): Uint8Array {
    return this.#bytes.subarray(begin, this.#at);
  }

  get at(): number {
    return this.#at;
  }

  /** Bytes since the reset. */
  get position(): number {
    return this.#at - this.#start + this.#moved;
  }

  put(byte: number): void {
    this.#bytes[this.#at++] = byte;
  }

  /** A byte of before, 0 being the last one; 0 where there is none yet. */
  back(distance: number): number {
    return this.#at - distance - 1 < this.#start ? 0 : (this.#bytes[this.#at - distance - 1] as number);
  }

  append(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Repeats what was unpacked some way back, 0 being the last byte. */
  repeat(distance: number, length: number): void {
    const bytes = this.#bytes;
    let at = this.#at;
    let from = at - distance - 1;
    if (from < this.#start || distance >= this.#dictionary) {
      throw new FeedError('malformed', 'The xz file repeats what was never there.');
    }
    if (length > 24 && distance >= length) bytes.copyWithin(at, from, from + length);
    else for (const end = at + length; at < end;) bytes[at++] = bytes[from++] as number;
    this.#at += length;
  }
}
