import { FeedError } from './feedError.ts';

/** Reads a file that arrives in pieces, cut anywhere. Both methods throw a FeedError for an answer of no use. */
export interface BytesParser<T> {
  readonly write: (piece: Uint8Array) => void;
  /** Tells that the file is whole and gives what was read. */
  readonly end: () => T;
}

/** Feeds all pieces to a parser, one at a time: memory stays with what the parser keeps. */
export async function readPieces<T>(pieces: AsyncIterable<Uint8Array>, parser: BytesParser<T>): Promise<T> {
  for await (const piece of pieces) parser.write(piece);
  return parser.end();
}

/**
 * A parser behind an unpacker, which hands over pieces that are only valid during the call.
 *
 * @param most bytes after unpacking: a small file can unpack to more than anybody can read.
 */
export function unpackedBy<T>(
  unpacker: (onPiece: (piece: Uint8Array) => void) => BytesParser<void>,
  parser: BytesParser<T>,
  most: number,
): BytesParser<T> {
  let unpacked = 0;
  const { write, end } = unpacker((piece) => {
    unpacked += piece.length;
    if (unpacked > most) {
      throw new FeedError('too-large', `The file unpacks to more than ${most.toLocaleString('en')} bytes.`);
    }
    parser.write(piece);
  });
  return { write, end: () => (end(), parser.end()) };
}
