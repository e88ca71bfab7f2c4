import * as z from 'zod';
import { problem, type Problem } from './values.ts';

/** Everything the API answers instead of what was asked for, with its HTTP status. */
export const ERROR_STATUS = {
  /** The request is not of the route's form. */
  'bad-request': 400,
  /** Not signed by anyone the gateway knows. */
  'unknown-caller': 403,
  'not-found': 404,
  'no-such-route': 404,
  'wrong-method': 405,
  /** Somebody else changed the same thing first: read again. */
  conflict: 409,
  /** Understood, and not done: the message says by which rule. */
  refused: 409,
  'too-large': 413,
  /** A policy or template text is wrong: `problems` has all of it. */
  invalid: 422,
  internal: 500,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

export const errorAnswer = z.object({
  error: z.string(),
  message: z.string(),
  problems: z.array(problem).optional(),
});
export type ErrorAnswer = z.infer<typeof errorAnswer>;

/** What an operation throws to answer with an error of the contract. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  /** @param message a sentence that says what is wrong and how to go on */
  constructor(code: ErrorCode, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.code = code;
    this.problems = problems;
  }

  get answer(): ErrorAnswer {
    const problems = this.problems.length === 0 ? {} : { problems: [...this.problems] };
    return { error: this.code, message: this.message, ...problems };
  }
}
