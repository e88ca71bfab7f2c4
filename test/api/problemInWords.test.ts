import { expect, test } from 'vitest';
import { problemInWords } from '../../src/api/problemInWords.ts';

test.each([
  [{ message: 'missing' }, 'missing'],
  [{ path: '', message: 'not a policy' }, 'not a policy'],
  [{ path: 'reason', message: 'missing', expected: 'a string' }, 'reason: missing (expected a string)'],
  [{ file: 'p.yaml', line: 4, column: 20, message: 'found "x"' }, 'p.yaml:4:20 found "x"'],
  [
    {
      file: 'p.yaml',
      line: 4,
      column: 20,
      path: 'a.b',
      message: 'found "x"',
      expected: 'dollars',
      suggestion: 'write 2.00',
    },
    'p.yaml:4:20 a.b: found "x" (expected dollars; write 2.00)',
  ],
])('%j', (problem, words) => expect(problemInWords(problem)).toBe(words));
