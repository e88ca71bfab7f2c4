import type { z } from 'zod';
import { FeedError } from './feedError.ts';

/**
 * Reads a JSON answer of a known shape. Keys that are not asked for are ignored: feeds grow.
 *
 * @param what the answer, for the message, such as `The KEV catalogue`.
 */
export function parseJson<T>(what: string, text: string, schema: z.ZodType<T>, longest: number): T {
  if (text.length > longest) throw new FeedError('too-large', `${what} has ${text.length} characters.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 120) : 'not JSON';
    throw new FeedError('malformed', `${what} is no JSON: ${reason}.`);
  }
  return shaped(what, value, schema);
}

/** Checks a value that is already parsed. */
export function shaped<T>(what: string, value: unknown, schema: z.ZodType<T>): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where =
    issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.map(String).join('.')}`;
  throw new FeedError(
    'malformed',
    `${what} has another shape than expected${where}: ${issue?.message ?? 'unknown'}.`,
  );
}
