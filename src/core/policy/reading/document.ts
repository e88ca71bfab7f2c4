import { Composer, CST, Lexer, LineCounter, Parser, type ParsedNode } from 'yaml';
import type { Position } from '../problem.ts';
import type { Refusal } from './encoding.ts';

/** A policy nests five deep; YAML readers overflow their stack at a few thousand. */
const MAXIMUM_DEPTH = 32;

export interface PolicyDocument {
  readonly root: ParsedNode | null;
  readonly lines: LineCounter;
  /** Refused on the level of YAML. */
  readonly refusals: readonly Refusal[];
  /** Where the syntax broke: what stands after it means nothing. */
  readonly reliableUntil: number;
}

/** Text → tree, without anchors, aliases, tags, directives and further documents: a policy is plain data. */
export function readDocument(text: string): PolicyDocument {
  const lines = countLines(text);
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const { tokens, refusals, depthExceeded } = tokenize(text, at);
  if (depthExceeded) return { root: null, lines, refusals, reliableUntil: 0 };

  const composed = new Composer({ uniqueKeys: false, prettyErrors: false, version: '1.2', schema: 'core' });
  const [document, second] = [...composed.compose(tokens, true, text.length)];
  if (document === undefined) return { root: null, lines, refusals, reliableUntil: 0 };
  const errors = document.errors.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED' && code !== 'BAD_ALIAS');
  const broken = onePerPlace(errors).map(({ code, message, pos }) => ({
    position: at(Math.min(pos[0], text.length)),
    expected: 'well-formed YAML',
    suggestion: null,
    found: `broken syntax (${lowerFirst(message)})`,
    ...SYNTAX[code],
  }));
  const more =
    second === undefined
      ? []
      : [
          refusal(
            at(second.range[0]),
            'one document',
            'a second one',
            'remove the line --- and what follows it',
          ),
        ];
  return {
    root: document.contents,
    lines,
    refusals: [...refusals, ...broken, ...more],
    reliableUntil: errors.length === 0 ? Number.POSITIVE_INFINITY : lineStart(text, firstOf(errors)),
  };
}

/** What to do about the syntax errors that people make most. */
const SYNTAX: Readonly<Record<string, Partial<Refusal>>> = {
  TAB_AS_INDENT: {
    expected: 'spaces for indentation',
    found: 'a tab',
    suggestion: 'replace the tab by spaces',
  },
  BAD_INDENT: { suggestion: 'align the line with its neighbours of the same level' },
  MISSING_CHAR: { suggestion: 'look for a quote, bracket or colon that is missing' },
  MULTILINE_IMPLICIT_KEY: { suggestion: 'is the line after it indented too far?' },
  BLOCK_AS_IMPLICIT_KEY: {
    suggestion: 'put text that contains ": " in quotes, and each key on a line of its own',
  },
};

/** Lexemes of one character that the lexer inserts to mark a scalar, a document, a broken flow collection. */
const MARKS = new Set([CST.SCALAR, CST.DOCUMENT, CST.FLOW_END]);

const REFUSED: Readonly<Record<string, { found: string; suggestion: string }>> = {
  anchor: { found: 'an anchor', suggestion: 'write the value out where it is needed' },
  alias: { found: 'an alias', suggestion: 'write the value out where it is needed' },
  tag: { found: 'a tag', suggestion: 'remove it' },
  'directive-line': { found: 'a YAML directive', suggestion: 'remove the line' },
};

function tokenize(text: string, at: (offset: number) => Position) {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const refusals: Refusal[] = [];
  let offset = 0;
  let scalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type = scalar ? null : CST.tokenType(lexeme);
    const refused = type === null ? undefined : REFUSED[type];
    if (refused !== undefined) {
      refusals.push(
        refusal(
          at(offset),
          'plain YAML',
          `${refused.found} (${lexeme.trim().slice(0, 40)})`,
          refused.suggestion,
        ),
      );
    }
    scalar = lexeme === CST.SCALAR;
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > MAXIMUM_DEPTH) {
      const found = `more than ${MAXIMUM_DEPTH} levels`;
      return {
        tokens,
        refusals: [...refusals, refusal(at(offset), 'a few levels of nesting', found)],
        depthExceeded: true,
      };
    }
    if (!MARKS.has(lexeme)) offset += lexeme.length;
  }
  tokens.push(...parser.end());
  return { tokens, refusals, depthExceeded: false };
}

function countLines(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let next = text.indexOf('\n'); next !== -1; next = text.indexOf('\n', next + 1))
    lines.addNewLine(next + 1);
  return lines;
}

interface SyntaxFault {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** The last error of several at one place says most: the first ones led to it. */
function onePerPlace(errors: readonly SyntaxFault[]): readonly SyntaxFault[] {
  return errors.filter((error, index) => errors[index + 1]?.pos[0] !== error.pos[0]);
}

function firstOf(errors: readonly SyntaxFault[]): number {
  return errors.reduce((first, { pos }) => Math.min(first, pos[0]), Number.POSITIVE_INFINITY);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function refusal(
  position: Position,
  expected: string,
  found: string,
  suggestion: string | null = null,
): Refusal {
  return { position, expected, found, suggestion };
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
