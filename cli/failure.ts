import { problemInWords } from '../src/api/problemInWords.ts';
import type { Problem } from '../src/api/values.ts';
import { clean, oneLine } from './text/clean.ts';
import { withShortNames } from './text/people.ts';

/** Something that was not done, in a sentence. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: string;
  readonly problems: readonly Problem[];

  constructor(code: string, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}

/** The command was called in a way that it does not take. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface FailureAnswer {
  readonly error: string;
  readonly message: string;
  readonly problems?: readonly Problem[];
}

/** What went wrong as data: ours, the client's, or a fault of this program. */
export function failureAnswer(error: unknown): FailureAnswer {
  if (!(error instanceof Error)) return { error: 'unexpected', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'unexpected';
  const problems = 'problems' in error && Array.isArray(error.problems) ? (error.problems as Problem[]) : [];
  return { error: code, message: error.message, ...(problems.length === 0 ? {} : { problems }) };
}

/** One sentence, and below it each problem in a line of its own. */
export function failureLines(failure: FailureAnswer): string[] {
  const { message, problems = [] } = withShortNames(clean(failure));
  return [`cws: ${oneLine(message)}`, ...problems.map((problem) => `  ${oneLine(problemInWords(problem))}`)];
}
