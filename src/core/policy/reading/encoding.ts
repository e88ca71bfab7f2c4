import type { Position } from '../problem.ts';

/** A policy says what it has to say in a tenth of this. */
export const MAXIMUM_POLICY_BYTES = 256 * 1024;

export interface Refusal {
  readonly position: Position;
  readonly expected: string;
  readonly found: string;
  readonly suggestion: string | null;
}

export type Decoded =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly refusal: Refusal };

/** The file's text, or why it is none: too large, another encoding, characters that no text has. */
export function decode(input: string | Uint8Array): Decoded {
  // A string of n UTF-16 units has at least n bytes: the cheap test comes first, so that 10 MB are refused at once.
  const size = input.length > MAXIMUM_POLICY_BYTES ? input.length : bytesOf(input);
  if (size > MAXIMUM_POLICY_BYTES) {
    return refused(
      START,
      `a file of at most ${MAXIMUM_POLICY_BYTES / 1024} KB`,
      `${Math.ceil(size / 1024).toLocaleString('en-US')} KB`,
      'is this the right file?',
    );
  }
  const decoded = typeof input === 'string' ? ({ ok: true, text: input } as const) : fromBytes(input);
  return decoded.ok ? withoutControls(decoded.text.replace(/^\uFEFF/u, '')) : decoded;
}

const START: Position = { line: 1, column: 1 };

function bytesOf(input: string | Uint8Array): number {
  return typeof input === 'string' ? new TextEncoder().encode(input).length : input.length;
}

function fromBytes(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return refused(START, 'UTF-8', 'UTF-16', 'save the file as UTF-8');
  }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const lenient = new TextDecoder('utf-8').decode(bytes);
    return refused(
      positionIn(lenient, lenient.indexOf('\uFFFD')),
      'UTF-8',
      'bytes that are not UTF-8',
      'save the file as UTF-8',
    );
  }
}

/** Tab, line feed and carriage return are text; other control characters hide or rewrite it in a terminal. */
const CONTROL = /(?![\t\n\r])[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/u;

function withoutControls(text: string): Decoded {
  const match = CONTROL.exec(text);
  if (match === null) return { ok: true, text };
  const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const binary = code === '0000';
  return refused(
    positionIn(text, match.index),
    'plain text',
    binary ? 'a NUL byte' : `the invisible character U+${code}`,
    binary ? 'is this a text file, saved as UTF-8?' : 'remove it',
  );
}

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function refused(position: Position, expected: string, found: string, suggestion: string): Decoded {
  return { ok: false, refusal: { position, expected, found, suggestion } };
}
