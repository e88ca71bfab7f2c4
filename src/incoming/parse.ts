import type * as z from 'zod';

/** An event is not of the shape its source documents: nobody can act on it, and trying again would not help. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';
}

/**
 * A parser of one kind of event: what the source documents, typed; what else it carries is dropped.
 * @throws UnknownEvent naming everything that is not as documented
 */
export function parserOf<T>(what: string, schema: z.ZodType<T>): (event: unknown) => T {
  return (event) => {
    const parsed = schema.safeParse(event);
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.map(String).join('.') || 'it'}: ${issue.message}`,
    );
    throw new UnknownEvent(`This is not ${what}: ${problems.join('; ')}`);
  };
}
