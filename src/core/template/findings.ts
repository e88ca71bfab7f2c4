import type { TemplateProblem } from './problem.ts';

/** More than this many problems say no more than this many. */
const MAX_PROBLEMS = 100;

/** What went wrong or seems doubtful so far. Reading goes on after a problem, so that all are told at once. */
export interface Findings {
  readonly file: string;
  readonly problems: TemplateProblem[];
  readonly warnings: TemplateProblem[];
}

export interface Hints {
  readonly expected?: string;
  readonly suggestion?: string;
}

/** Adds a finding unless the same was said of the same place already. */
export function addFinding(list: TemplateProblem[], finding: TemplateProblem): void {
  const known = list.some((other) => other.line === finding.line && other.message === finding.message);
  if (!known && list.length < MAX_PROBLEMS) list.push(finding);
}
