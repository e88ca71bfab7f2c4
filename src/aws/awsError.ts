import { isTransient } from '../core/builds/transientErrors.ts';

/** Whether AWS answered with an error of one of these names. */
export function isNamed(error: unknown, ...names: readonly string[]): error is Error {
  return error instanceof Error && names.includes(error.name);
}

/**
 * The answer, or `otherwise` where AWS says one of these names. Everything else is thrown on: what has no meaning
 * here is no adapter's to catch.
 */
export async function unless<T, U>(
  names: readonly string[],
  otherwise: U,
  call: () => Promise<T>,
): Promise<T | U> {
  try {
    return await call();
  } catch (error) {
    if (isNamed(error, ...names)) return otherwise;
    throw error;
  }
}

/** Whether trying again may help: by name, or by the status of the answer. */
export function isTransientError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status = statusOf(error);
  return isTransient(error.name, error.message) || status === 429 || (status !== undefined && status >= 500);
}

/** Name and sentence of an error, for people. */
export function inOneSentence(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function statusOf(error: Error): number | undefined {
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
