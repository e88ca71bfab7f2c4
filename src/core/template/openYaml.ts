import { LineCounter, parseDocument } from 'yaml';
import { addFinding } from './findings.ts';
import type { Findings, Hints } from './findings.ts';
import { enter } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

/** Longest template file in characters: what twenty components can hold at most is less than twice this. */
export const MAX_TEMPLATE_CHARACTERS = 256_000;

const MAX_SYNTAX_ERRORS = 3;

const INDENTATION_HINT =
  'check the indentation: a text after "|" ends at the first line that is indented less';

/** Opens a YAML text. Syntax errors, several documents, oversize and an empty file are problems and leave no cursor. */
export function openYaml(text: string, findings: Findings): Cursor | undefined {
  const refuse = (message: string, hints: Hints = {}, line = 1, column = 1) => {
    addFinding(findings.problems, { file: findings.file, line, column, path: '', message, ...hints });
  };
  if (text.length > MAX_TEMPLATE_CHARACTERS) {
    refuse(`the file has ${text.length} characters`, { expected: `at most ${MAX_TEMPLATE_CHARACTERS}` });
    return undefined;
  }
  const lines = new LineCounter();
  // Repeated keys are found by `fields`: the library's own check takes seconds on a file of many keys.
  const document = parseDocument(text.replaceAll('\r\n', '\n'), {
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
  });
  // What follows the first errors is mostly their consequence.
  for (const error of document.errors.slice(0, MAX_SYNTAX_ERRORS)) {
    const { line, col } = lines.linePos(error.pos[0]);
    const deep = error.message.includes('call stack');
    const message = deep ? 'the file is nested too deeply' : `not valid YAML: ${error.message}`;
    refuse(message, deep ? {} : { suggestion: INDENTATION_HINT }, deep ? 1 : line, deep ? 1 : col);
  }
  if (document.errors.length > 0) return undefined;
  const root = enter({ findings, document, lines, aliases: 0 }, document.contents, '', 0, document.range[0]);
  if (root === undefined && findings.problems.length === 0) refuse('the file is empty');
  return root;
}
