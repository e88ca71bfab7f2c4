import { describe, expect, test } from 'vitest';
import { formatProblem, nearest } from '../../../src/core/template/problem.ts';

describe('formatProblem', () => {
  test('names place, fault, expectation and remedy', () => {
    const problem = {
      file: 'a.yaml',
      line: 3,
      column: 8,
      path: 'base',
      message: 'no',
      expected: 'x',
      suggestion: 'try y',
    };
    expect(formatProblem(problem)).toBe('a.yaml:3:8 base: no (expected x; try y)');
  });

  test('says no more than is known', () => {
    expect(formatProblem({ file: 'a.yaml', line: 1, column: 1, path: '', message: 'empty' })).toBe(
      'a.yaml:1:1 empty',
    );
  });
});

describe('nearest', () => {
  test.each([
    ['pakages', 'packages'],
    ['pacakges', 'packages'],
    ['Packages', 'packages'],
    ['post-install', 'post_install'],
    ['zebra', undefined],
    ['', undefined],
    ['pa', undefined],
  ])('%s → %s', (word, expected) => {
    expect(nearest(word, ['packages', 'post_install', 'base'])).toBe(expected);
  });
});
