import type { Problem } from '../values.ts';

/** Everything that can keep an answer from coming, beside the errors the API itself answers with. */
export type ClientFailure =
  | 'no-credentials'
  | 'bad-credentials'
  | 'no-region'
  | 'bad-address'
  | 'no-such-stack'
  | 'stack-unfinished'
  | 'access-denied'
  | 'not-reachable'
  | 'timeout'
  | 'not-the-api'
  | 'other-version'
  | 'server-error';

/** A call that failed, in a sentence that says what to do; `code` is ours or the `error` of the API's answer. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: string;
  readonly problems: readonly Problem[];

  constructor(code: ClientFailure, message: string, cause?: unknown);
  constructor(code: string, message: string, cause: undefined, problems: readonly Problem[]);
  constructor(code: string, message: string, cause?: unknown, problems: readonly Problem[] = []) {
    super(message, { cause });
    this.code = code;
    this.problems = problems;
  }
}

/** Own words of an error, whatever was thrown; those of its cause where it has none. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(wordsOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** Machine name of an error: `code` of a system error, else its class name. */
export function nameOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error && typeof error.name === 'string' ? error.name : '';
}
