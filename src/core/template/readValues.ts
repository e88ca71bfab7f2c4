import { nearest } from './problem.ts';
import type { NameRule } from './names.ts';
import { describe, items, problem, scalarText } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

/**
 * Characters that may reach a generated document. Not among them: control characters, lone surrogates, byte order
 * marks, overrides of text direction, and the line breaks of older YAML parsers (NEL, LS, PS), by which a text could
 * leave its block.
 */
export const PRINTABLE =
  /^[\t\n -~\u00a0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

const MAX_LINE_CHARACTERS = 1_000;

/** A text of any number of lines, placeholders filled in. */
export function readBlock(at: Cursor, expected: string): string | undefined {
  const written = scalarText(at);
  if (written === undefined) {
    problem(at, `${describe(at.node)} stands where a text belongs`, { expected });
    return undefined;
  }
  const { text, faults } = at.source.render?.(written) ?? { text: written, faults: [] };
  for (const fault of faults) problem(at, fault);
  if (!PRINTABLE.test(text)) {
    problem(at, 'the text holds characters that cannot be printed', {
      suggestion: 'remove control characters, byte order marks and text direction overrides',
    });
    return undefined;
  }
  return text;
}

/** A text of one line, without white space around it. */
export function readLine(at: Cursor, expected: string): string | undefined {
  const text = readBlock(at, expected)?.trim();
  if (text === undefined) return undefined;
  if (text === '' || text.includes('\n') || text.length > MAX_LINE_CHARACTERS) {
    problem(at, text === '' ? 'the value is empty' : 'the value is not one line of at most 1000 characters', {
      expected,
    });
    return undefined;
  }
  return text;
}

/** A word that matches a rule: what enters scripts, paths and resource names. */
export function readName(
  at: Cursor,
  rule: NameRule,
  suggest?: (text: string) => string | undefined,
): string | undefined {
  const text = readLine(at, rule.expected);
  if (text === undefined) return undefined;
  // Longer words match no rule, and need not be tried against a pattern.
  if (text.length <= 200 && rule.pattern.test(text)) return text;
  const suggestion = suggest?.(text);
  problem(at, `"${text.slice(0, 80)}" cannot be used`, {
    expected: rule.expected,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
  return undefined;
}

export function readInteger(at: Cursor, least: number, most: number): number | undefined {
  const text = scalarText(at) ?? '';
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  problem(at, `${describe(at.node)} is not a whole number in range`, { expected: `${least} to ${most}` });
  return undefined;
}

/** `true`, `false`, and what other YAML readers take for them. */
export function readFlag(at: Cursor): boolean | undefined {
  const text = scalarText(at)?.toLowerCase() ?? '';
  if (['true', 'yes', 'on'].includes(text)) return true;
  if (['false', 'no', 'off'].includes(text)) return false;
  problem(at, `${describe(at.node)} is neither true nor false`, { expected: 'true or false' });
  return undefined;
}

export function readOneOf<Word extends string>(at: Cursor, words: readonly Word[]): Word | undefined {
  const text = scalarText(at);
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  const near = text === undefined ? undefined : nearest(text, words);
  problem(at, `${describe(at.node)} is not known here`, {
    expected: words.join(', '),
    ...(near === undefined ? {} : { suggestion: `did you mean ${near}?` }),
  });
  return undefined;
}

/** A list read entry by entry; what cannot be read is left out, its problem told. */
export function readList<Entry>(
  at: Cursor | undefined,
  expected: string,
  read: (entry: Cursor) => Entry | undefined,
): readonly Entry[] {
  if (at === undefined) return [];
  return items(at, expected).flatMap((entry) => {
    const value = read(entry);
    return value === undefined ? [] : [value];
  });
}
