import type { BytesParser } from './bytesParser.ts';
import { FeedError } from './feedError.ts';

const BLOCK = 512;
/** Longest file that is held. */
const LONGEST_FILE = 64 * 1024 * 1024;

const SIZE = { at: 124, length: 12 };
const SUM = { at: 148, length: 8 };
const TYPE = 156;
const PREFIX = { at: 345, length: 155 };
const SPACE = 0x20;

const latin = new TextDecoder('latin1');

function textAt(block: Uint8Array, { at, length }: { at: number; length: number }): string {
  const text = latin.decode(block.subarray(at, at + length));
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

const octal = (text: string): number => (/^\s*[0-7]+\s*$/.test(text) ? Number.parseInt(text, 8) : NaN);

function isSound(block: Uint8Array): boolean {
  let sum = 0;
  for (const [at, byte] of block.entries()) {
    sum += at >= SUM.at && at < SUM.at + SUM.length ? SPACE : byte;
  }
  return sum === octal(textAt(block, SUM));
}

interface Entry {
  readonly name: string;
  readonly size: number;
  readonly isFile: boolean;
}

function entryOf(block: Uint8Array): Entry {
  const size = octal(textAt(block, SIZE));
  if (!isSound(block) || Number.isNaN(size)) throw new FeedError('malformed', 'The archive is no tar file.');
  const [prefix, name] = [textAt(block, PREFIX), textAt(block, { at: 0, length: 100 })];
  const type = block[TYPE] ?? 0;
  return { name: prefix === '' ? name : `${prefix}/${name}`, size, isFile: type === 0 || type === 0x30 };
}

export interface TarReader {
  /** Asked by name, so that what nobody wants is passed over without being held. */
  readonly wants: (name: string) => boolean;
  readonly onFile: (name: string, content: Uint8Array) => void;
}

/**
 * Reads a tar archive of any length; gives the number of files in it. Names are those of the headers: extended headers
 * (dates, names above 255 characters) are passed over, as no feed has such names.
 */
export function tarParser({ wants, onFile }: TarReader): BytesParser<number> {
  let files = 0;
  let entry: Entry | null = null;
  let ended = false;
  /** Bytes of the entry or of its padding that are passed over. */
  let skip = 0;
  /** What is held of a header or a wanted file, and how much of it is there. */
  let held = new Uint8Array(BLOCK);
  let filled = 0;

  const complete = (): void => {
    if (entry !== null) {
      onFile(entry.name, held);
      skip = (BLOCK - (entry.size % BLOCK)) % BLOCK;
      entry = null;
      held = new Uint8Array(BLOCK);
    } else if (held.every((byte) => byte === 0)) {
      ended = true;
    } else {
      const found = entryOf(held);
      if (found.isFile) files += 1;
      if (!found.isFile || found.size === 0 || !wants(found.name)) {
        skip = Math.ceil(found.size / BLOCK) * BLOCK;
      } else {
        if (found.size > LONGEST_FILE)
          throw new FeedError('too-large', `${found.name} is ${found.size} bytes long.`);
        entry = found;
        held = new Uint8Array(found.size);
      }
    }
    filled = 0;
  };

  return {
    write(piece) {
      for (let at = 0; at < piece.length && !ended;) {
        if (skip > 0) {
          const passed = Math.min(skip, piece.length - at);
          skip -= passed;
          at += passed;
          continue;
        }
        const part = piece.subarray(at, at + held.length - filled);
        held.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled === held.length) complete();
      }
    },
    end() {
      if (!ended) throw new FeedError('truncated', `The archive is cut off after ${files} files.`);
      return files;
    },
  };
}
