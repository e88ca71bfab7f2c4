import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { FeedError } from '../core/evidence/feeds/feedError.ts';

export type Bytes = AsyncIterable<Uint8Array>;

/** Passes on no more than so many bytes: the rest of a larger answer is not even read. */
export async function* atMost(bytes: Bytes, maximum: number, what: string): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const piece of bytes) {
    read += piece.length;
    if (read > maximum) {
      throw new FeedError('too-large', `${what} is larger than ${maximum.toLocaleString('en')} bytes.`);
    }
    yield piece;
  }
}

/** Passes all on and then makes sure that it is the file a repository describes. */
export async function* describedAs(
  bytes: Bytes,
  { sha256, size }: { readonly sha256?: string; readonly size?: number },
  what: string,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let read = 0;
  for await (const piece of bytes) {
    read += piece.length;
    hash.update(piece);
    yield piece;
  }
  if (size !== undefined && read < size) {
    throw new FeedError('truncated', `${what} has ${read} bytes where its repository says ${size}.`);
  }
  if (sha256 !== undefined && hash.digest('hex') !== sha256) {
    throw new FeedError('malformed', `${what} is not the file that its repository describes.`);
  }
}

const isCutOff = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';

/** Unpacks gzip as it comes in; one piece is held at a time. */
export async function* gunzipped(bytes: Bytes, what: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const fed = pipeline(bytes, gunzip);
  // Its failure is seen below, where the unpacked is read.
  fed.catch(() => undefined);
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) yield piece;
    await fed;
  } catch (error) {
    if (error instanceof FeedError) throw error;
    if (isCutOff(error)) throw new FeedError('truncated', `${what} is cut off within its gzip stream.`);
    throw new FeedError('malformed', `${what} is no gzip file: ${String(error)}.`);
  }
}

/** Text as it comes in; characters that are cut by pieces are put together again. */
export async function* decoded(bytes: Bytes): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

/** A text that is short enough to be held as a whole. */
export async function wholeText(bytes: Bytes): Promise<string> {
  let text = '';
  for await (const piece of decoded(bytes)) text += piece;
  return text;
}
