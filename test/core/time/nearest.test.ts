import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, nearest } from '../../../src/core/time/nearest.ts';

test.each([
  ['atc', ['act', 'stopped'], 'act'],
  ['aprove', ['auto', 'approve'], 'approve'],
  ['south', ['northern', 'southern'], 'southern'],
  ['active', ['observe', 'act'], 'act'],
  ['colour', ['mode', 'daily_budget'], null],
  ['x'.repeat(65), ['x'.repeat(65)], null],
])('%s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});

test.each([
  ['', 'abc', 3],
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['abc', 'ab', 1],
  ['kitten', 'sitting', 3],
])('from %s to %s', (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
});

test('a distance is the same both ways, and no longer than the longer word', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(editDistance(a, b) === 0).toBe(a === b);
    }),
  );
});
