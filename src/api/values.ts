import * as z from 'zod';

/**
 * The values that answers are made of. Instants are ISO 8601 texts in UTC, money is integer micro-dollars,
 * durations are milliseconds; `null` says "none", so that every key is always there.
 */

/** `2026-11-24T02:00:00.000Z`. */
export const instant = z.iso.datetime();
export const microDollars = z.int();
export const milliseconds = z.number();

/**
 * A word of a closed set. The compiler holds those who write answers to the set; those who read them take a word
 * they do not know as it is, so that an older command line goes on working with a newer server.
 */
export function word<const T extends string>(words: readonly T[]) {
  return z.custom<T>((value) => typeof value === 'string', 'expected a word').describe(words.join(' | '));
}

/** Why a decision fell as it did: when, by which rule, with which values. */
export const explanationLine = z.object({ at: instant, rule: z.string(), because: z.string() });
export type ExplanationAnswer = z.infer<typeof explanationLine>;

/** Who said something about a template, when and why. */
export const verdict = z.object({ at: instant, by: z.string(), reason: z.string() });

/** One thing wrong or doubtful in what was sent: where it is, what was expected, what to do. */
export const problem = z.object({
  /** Name of the file as the sender gave it. */
  file: z.string().optional(),
  /** 1-based. */
  line: z.number().optional(),
  /** 1-based. */
  column: z.number().optional(),
  /** Where in the document or request, such as `budgets.daily`. */
  path: z.string().optional(),
  message: z.string(),
  expected: z.string().optional(),
  suggestion: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;
