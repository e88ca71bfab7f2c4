import type { ChunkParser } from './chunkParser.ts';
import { FeedError } from './feedError.ts';
import { decodeEntities, LONGEST_REFERENCE } from './xmlEntities.ts';
import { parseTag } from './xmlTag.ts';
import type { XmlAttributes } from './xmlTag.ts';

/** What a reader of an XML document is told, in document order. Names are without their namespace prefix. */
export interface XmlHandler {
  readonly open: (name: string, attributes: XmlAttributes, depth: number) => void;
  readonly close: (name: string, depth: number) => void;
  /** A piece of character data; one run of text may come in several. */
  readonly text: (piece: string) => void;
}

/** Longest tag, in characters. */
const LONGEST_TAG = 65_536;
const DEEPEST = 64;

/** What is skipped or passed on up to its end mark, without being held. */
const SECTIONS = [
  { start: '<!--', end: '-->', isText: false },
  { start: '<![CDATA[', end: ']]>', isText: true },
  { start: '<?', end: '?>', isText: false },
] as const;
type Section = (typeof SECTIONS)[number];
const LONGEST_START = 9;

/**
 * An XML reader for feeds of any length: it holds no more than one tag, expands no entity of the document's own,
 * ignores the declared encoding (the caller decodes; `releasemd.xml` declares `utf8`, which strict readers refuse)
 * and skips a document type. It refuses what is no XML, wrongly nested, too deep, or cut off.
 *
 * @param root the document's expected root element; another one is an answer of another kind, such as an error page.
 */
export function xmlParser(root: string, handler: XmlHandler): ChunkParser<void> {
  const path: string[] = [];
  let rest = '';
  let section: Section | null = null;
  let rootClosed = false;
  let read = 0;

  const fail = (what: string): never => {
    throw new FeedError('malformed', `The XML is malformed near character ${read}: ${what}.`);
  };

  const text = (piece: string): void => {
    if (path.length > 0) handler.text(piece);
    else if (/[^\s\ufeff]/.test(piece)) fail(`text outside of <${root}>`);
  };

  const tag = (content: string): void => {
    if (content.startsWith('/')) {
      const name = content.slice(1).trim().replace(/^.*:/, '');
      if (path.pop() !== name) fail(`</${name.slice(0, 50)}> closes nothing`);
      handler.close(name, path.length);
      rootClosed = path.length === 0;
      return;
    }
    const { name, attributes, empty } = parseTag(content) ?? fail('a tag that cannot be read');
    if (path.length === 0 && (rootClosed || name !== root)) {
      fail(`found <${name.slice(0, 50)}> where <${root}> was expected`);
    }
    if (path.length >= DEEPEST) fail(`elements are nested deeper than ${DEEPEST}`);
    handler.open(name, attributes, path.length);
    if (empty) {
      handler.close(name, path.length);
      rootClosed = path.length === 0;
    } else {
      path.push(name);
    }
  };

  /** Text up to an `&` that may go on in the next chunk. */
  const passText = (piece: string, more: boolean): number => {
    const open = more ? piece.lastIndexOf('&') : -1;
    const split = open >= 0 && open >= piece.length - LONGEST_REFERENCE && !piece.includes(';', open);
    const end = split ? open : piece.length;
    if (end > 0) text(decodeEntities(piece.slice(0, end)));
    return end;
  };

  /** Takes one piece of markup or text from `at`; gives where the next begins, or -1 if more is needed. */
  const step = (buffer: string, at: number): number => {
    if (section !== null) {
      const end = buffer.indexOf(section.end, at);
      const upTo = end < 0 ? Math.max(at, buffer.length - section.end.length + 1) : end;
      if (section.isText && upTo > at) text(buffer.slice(at, upTo));
      if (end >= 0) {
        const { length } = section.end;
        section = null;
        return end + length;
      }
      return upTo === at ? -1 : upTo;
    }
    if (buffer[at] !== '<') {
      const next = buffer.indexOf('<', at);
      const used = passText(buffer.slice(at, next < 0 ? undefined : next), next < 0);
      return used === 0 ? -1 : at + used;
    }
    const opened = SECTIONS.find(({ start }) => buffer.startsWith(start, at));
    if (opened !== undefined) {
      section = opened;
      return at + opened.start.length;
    }
    const beginning = buffer.slice(at, at + LONGEST_START);
    if (SECTIONS.some(({ start }) => start.startsWith(beginning))) return -1;
    const end = tagEnd(buffer, at);
    if (end < 0) return -1;
    if (buffer[at + 1] !== '!') tag(buffer.slice(at + 1, end));
    return end + 1;
  };

  return {
    write(chunk) {
      const buffer = rest === '' ? chunk : rest + chunk;
      let at = 0;
      while (at < buffer.length) {
        const next = step(buffer, at);
        if (next < 0) break;
        read += next - at;
        at = next;
      }
      rest = buffer.slice(at);
      if (rest.length > LONGEST_TAG) fail(`a tag longer than ${LONGEST_TAG} characters`);
    },
    end() {
      if (section === null && rest !== '' && !rest.startsWith('<')) text(decodeEntities(rest));
      if (path.length > 0 || section !== null || rest.startsWith('<')) {
        const inside = path.length > 0 ? ` inside ${path.map((name) => `<${name}>`).join('')}` : '';
        throw new FeedError('truncated', `The XML ends after ${read} characters${inside}: it was cut off.`);
      }
      if (!rootClosed) throw new FeedError('malformed', `The answer has no <${root}>.`);
    },
  };
}

/** Where the tag that begins at `at` ends: at the first `>` outside of quotes (and of a document type's own part). */
function tagEnd(buffer: string, at: number): number {
  let quote = '';
  let depth = 0;
  for (let i = at + 1; i < buffer.length; i += 1) {
    const character = buffer[i] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === '[') {
      depth += 1;
    } else if (character === ']') {
      depth -= 1;
    } else if (character === '>' && depth <= 0) {
      return i;
    }
  }
  return -1;
}
