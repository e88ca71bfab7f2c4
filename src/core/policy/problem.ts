/** What is wrong with a policy file, and what is accepted but will not do what it says. */

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
}

export interface PolicyProblem extends Position {
  /** Name of the file, if one was given. */
  readonly source: string | null;
  /** `auto_ami_policy.grants[0].limit`; empty for the file as a whole. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  readonly suggestion: string | null;
}

export interface PolicyWarning extends Position {
  readonly source: string | null;
  readonly path: string;
  /** What cannot take effect as written. */
  readonly message: string;
  /** What will happen instead. */
  readonly instead: string;
}

/** `policy.yaml:4:20: auto_ami_policy.daily_budget: expected dollars …, found "lots"; write 25.00`. */
export function problemInWords(problem: PolicyProblem): string {
  const suggestion = problem.suggestion === null ? '' : `; ${problem.suggestion}`;
  return `${place(problem)}expected ${problem.expected}, found ${problem.found}${suggestion}`;
}

export function warningInWords(warning: PolicyWarning): string {
  return `${place(warning)}${warning.message}: ${warning.instead}`;
}

function place({ source, line, column, path }: PolicyProblem | PolicyWarning): string {
  const at = source === null ? `line ${line}, column ${column}` : `${source}:${line}:${column}`;
  return path === '' ? `${at}: ` : `${at}: ${path}: `;
}
