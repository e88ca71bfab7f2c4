import { decodeEntities } from './xmlEntities.ts';

/** What of a documentation page matters here, in its order. */
export type PagePart =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'cell'; readonly text: string };

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Markdown escapes punctuation with a backslash: `mod\_security`, `1.0\~rc1`. */
const unescape = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');

function* markdownParts(page: string): Generator<PagePart> {
  let fenced = false;
  for (const line of page.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (trimmed.startsWith('```')) fenced = !fenced;
    else if (fenced) continue;
    else if (trimmed.startsWith('|')) {
      for (const cell of trimmed.split('|')) {
        const text = squeeze(unescape(cell));
        if (text !== '' && !/^[:-]+$/.test(text)) yield { kind: 'cell', text };
      }
    } else {
      const marks = /^#{1,6}(?= )/.exec(trimmed)?.[0];
      if (marks !== undefined) {
        yield { kind: 'heading', level: marks.length, text: squeeze(unescape(trimmed.slice(marks.length))) };
      }
    }
  }
}

const TAG = /<(\/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>/y;

/** Elements whose content is no text of the page. */
const SKIPPED = new Set(['script', 'style', 'template']);

function* htmlParts(page: string): Generator<PagePart> {
  let open: string | null = null;
  let text = '';
  for (let at = 0; at < page.length;) {
    const next = page.indexOf('<', at);
    if (open !== null) text += page.slice(at, next < 0 ? undefined : next);
    if (next < 0) break;
    TAG.lastIndex = next;
    const match = TAG.exec(page);
    if (match === null) {
      if (open !== null) text += '<';
      at = next + 1;
      continue;
    }
    at = TAG.lastIndex;
    const name = (match[2] ?? '').toLowerCase();
    const closing = match[1] === '/';
    if (SKIPPED.has(name) && !closing) {
      const end = page.indexOf(`</${name}`, at);
      if (end < 0) break;
      at = end;
    } else if (/^(?:h[1-6]|td)$/.test(name)) {
      if (open !== null) {
        const shown = squeeze(decodeEntities(text));
        const level = Number(open.slice(1));
        if (open !== 'td') yield { kind: 'heading', level, text: shown };
        else if (shown !== '') yield { kind: 'cell', text: shown };
      }
      open = closing ? null : name;
      text = '';
    } else if (open !== null) {
      text += ' ';
    }
  }
}

/** Headings and table cells of a page, from its HTML or its Markdown twin. */
export function pageParts(page: string): Generator<PagePart> {
  const start = page.slice(0, 2_000).toLowerCase();
  return /<(?:!doctype|html|head|body)\b/.test(start) ? htmlParts(page) : markdownParts(page);
}
