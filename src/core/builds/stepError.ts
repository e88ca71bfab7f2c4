/** The error output of a state, as Step Functions hands it on. */
export interface StepError {
  readonly Error: string;
  readonly Cause: string;
}

/** Longest reason that is kept: what Image Builder and EC2 say is shorter, a stack trace is not. */
const LONGEST_REASON = 2_000;

/**
 * The name and the sentence of what ended a step. A function's failure comes as JSON in the cause; what a task was
 * told to fail with, and what a service answered, comes as it is.
 */
export function stepError({ Error: error, Cause: cause }: StepError): { error: string; reason: string } {
  const { errorMessage } = lambdaFailure(cause);
  const reason = (errorMessage ?? cause).trim();
  return { error, reason: (reason === '' ? 'no reason was given' : reason).slice(0, LONGEST_REASON) };
}

function lambdaFailure(cause: string): { errorMessage?: string } {
  try {
    const parsed: unknown = JSON.parse(cause);
    if (typeof parsed !== 'object' || parsed === null || !('errorMessage' in parsed)) return {};
    return { errorMessage: String(parsed.errorMessage) };
  } catch {
    return {};
  }
}
