import type { z } from 'zod';
import type { Problem } from './values.ts';

/** What JSON's types are called. */
const TYPES: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
};

/**
 * Everything wrong with a request, each with the name of the value as the client wrote it.
 * @param error of a parse with `reportInput`, which tells what is missing from what is wrong
 */
export function requestProblems(error: z.ZodError): Problem[] {
  return error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    switch (issue.code) {
      case 'unrecognized_keys':
        return { path, message: `${issue.keys.join(', ')}: not known here` };
      case 'invalid_type':
        return {
          path,
          message: issue.input === undefined ? 'missing' : 'of the wrong type',
          expected: TYPES[issue.expected] ?? issue.expected,
        };
      case 'invalid_value':
        return { path, message: 'not one of the words for it', expected: issue.values.join(', ') };
      case 'too_small':
        return { path, message: 'too small or too short', expected: `at least ${issue.minimum}` };
      case 'too_big':
        return { path, message: 'too big or too long', expected: `at most ${issue.maximum}` };
      case 'invalid_format':
      case 'not_multiple_of':
      case 'invalid_union':
      case 'invalid_key':
      case 'invalid_element':
      case 'custom':
        return { path, message: issue.message };
    }
  });
}
