import { expect, test } from 'vitest';
import { clean, cleanJson, oneLine } from '../../../cli/text/clean.ts';
import { coloured } from '../../../cli/text/colour.ts';
import { lookUp } from '../../../cli/text/lookUp.ts';

test('nothing an author or a log wrote steers the terminal', () => {
  const evil = { reason: 'a\u001B[2Jb\u009B31mc\u202Ed\u0007e\r\n\tf', list: ['\u0000x'] };
  expect(clean(evil)).toEqual({ reason: 'a[2Jb31mcde\n  f', list: ['x'] });
});

test('JSON says the same, escaped', () => {
  const value = { reason: 'a\u001B[2J\u009B31m\u007F\u202E' };
  const json = cleanJson(value);
  expect(json).toMatch(/^[ -~\n]+$/);
  expect(JSON.parse(json)).toEqual(value);
});

test('a reason of several lines becomes one', () => expect(oneLine('a:\n  b\n\n c ')).toBe('a: b c'));

test('colour says nothing that the words do not', () => {
  const lines = ['TITLE', '├── ✓ fine (critical)', 'plain'];
  const painted = coloured(lines);
  expect(painted[0]).toBe('\u001B[1mTITLE\u001B[0m');
  expect(painted.join('\n')).toContain('\u001B[32m✓\u001B[0m');
  // eslint would rather not see the escape in the pattern itself
  const escape = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
  expect(painted.map((line) => line.replace(escape, ''))).toEqual(lines);
});

test('a word of a newer server has no place in the table', () => {
  expect(lookUp({ a: 1 }, 'a', 0)).toBe(1);
  expect(lookUp({ a: 1 }, 'toString', 0)).toBe(0);
});
