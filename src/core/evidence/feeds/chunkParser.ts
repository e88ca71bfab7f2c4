/** Reads a text that arrives in pieces, cut anywhere. Both methods throw a FeedError for an answer of no use. */
export interface ChunkParser<T> {
  readonly write: (chunk: string) => void;
  /** Tells that the text is whole and gives what was read. */
  readonly end: () => T;
}

/** Feeds all pieces to a parser, one at a time: memory stays with what the parser keeps. */
export async function readChunks<T>(
  chunks: AsyncIterable<string> | Iterable<string>,
  parser: ChunkParser<T>,
): Promise<T> {
  for await (const chunk of chunks) parser.write(chunk);
  return parser.end();
}

/** Reads a text that is there as a whole. */
export function readWhole<T>(text: string, parser: ChunkParser<T>): T {
  parser.write(text);
  return parser.end();
}

/**
 * A copy that shares no memory: a piece cut out of a chunk keeps the whole chunk alive for as long as it lives
 * itself, so that a few kept ids of a large feed would keep all of it.
 */
export function ownCopy(text: string): string {
  return text.split('').join('');
}
