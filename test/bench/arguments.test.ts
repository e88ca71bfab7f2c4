import { expect, test } from 'vitest';
import { benchOptions } from '../../bench/arguments.ts';
import { PART_NAMES } from '../../bench/parts.ts';

test('without names all parts are run', () => {
  expect(benchOptions([])).toEqual({ parts: PART_NAMES, json: false });
  expect(benchOptions(['--json'])).toEqual({ parts: PART_NAMES, json: true });
});

test('with names those, in the order in which they are named', () => {
  expect(benchOptions(['scan', '--json', 'plan'])).toEqual({ parts: ['scan', 'plan'], json: true });
});

test('what is no part is refused, with those there are', () => {
  expect(() => benchOptions(['plans', '--yaml'])).toThrow(
    'There is no plans, no --yaml. Usage: npm run bench',
  );
});
