import { describe, expect, test } from 'vitest';
import { parseArguments, USAGE, UsageError } from '../../../local/demo/arguments.ts';

test('without arguments it stays up on a free port', () => {
  expect(parseArguments([])).toEqual({ exit: false, keepLog: false });
});

test('everything that can be said', () => {
  expect(parseArguments(['--exit', '--keep-log', '--port', '4566'])).toEqual({
    exit: true,
    keepLog: true,
    port: 4566,
  });
  expect(parseArguments(['--help'])).toBe('help');
});

describe('what is not understood is said in one sentence', () => {
  test.each([
    [['--port', '0'], '--port takes a number from 1 to 65535, not "0".'],
    [['--port', '70000'], '--port takes a number from 1 to 65535, not "70000".'],
    [['--port', '80x'], '--port takes a number from 1 to 65535, not "80x".'],
    [['--exti'], "Unknown option '--exti'. `npm start -- --help` says what there is."],
    [['now'], "Unexpected argument 'now'. `npm start -- --help` says what there is."],
  ])('%j', (argv, sentence) => {
    expect(() => parseArguments(argv)).toThrow(new UsageError(sentence));
  });
});

test('the help names every option', () => {
  for (const option of ['--exit', '--port', '--keep-log', '--help']) expect(USAGE).toContain(option);
});
