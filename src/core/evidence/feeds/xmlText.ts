import type { XmlHandler } from './xmlParser.ts';
import type { XmlAttributes } from './xmlTag.ts';

/** Longest text of one element that is collected. */
const LONGEST_TEXT = 16_384;

/**
 * A handler for feeds that are a row of records: tells each element with its path below the root (names joined by
 * `/`) and the text of those elements whose path is asked for. Text of others, such as long descriptions, is not held.
 */
export function recordHandler(reader: {
  readonly texts: ReadonlySet<string>;
  readonly open: (path: string, attributes: XmlAttributes) => void;
  readonly close: (path: string, text: string) => void;
}): XmlHandler {
  const paths: string[] = [''];
  let text: string | null = null;
  return {
    open(name, attributes, depth) {
      const path = depth === 0 ? '' : `${paths.at(-1) ?? ''}${depth === 1 ? '' : '/'}${name}`;
      paths.push(path);
      text = reader.texts.has(path) ? '' : null;
      reader.open(path, attributes);
    },
    text(piece) {
      if (text !== null && text.length < LONGEST_TEXT) text += piece.slice(0, LONGEST_TEXT - text.length);
    },
    close() {
      const path = paths.pop() ?? '';
      reader.close(path, text === null ? '' : text.trim());
      text = null;
    },
  };
}
