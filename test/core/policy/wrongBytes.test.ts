import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';
import { problemInWords } from '../../../src/core/policy/problem.ts';

const problemsOf = (input: string | Uint8Array): readonly string[] => {
  const parsed = parsePolicy(input);
  return parsed.ok ? ['accepted'] : parsed.problems.map(problemInWords);
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let index = 0; index < text.length; index++) {
    view.setUint16(2 * index, text.charCodeAt(index), littleEndian);
  }
  return new Uint8Array(view.buffer);
};
const GOOD = 'auto_ami_policy:\n  mode: act\n  time_zone: UTC\n';
const TOO_LARGE = (size: string): string =>
  `line 1, column 1: expected a file of at most 256 KB, found ${size} KB; is this the right file?`;
const TOO_DEEP = (column: number): string =>
  `line 1, column ${column}: expected a few levels of nesting, found more than 32 levels`;

describe('what is no policy at all is refused', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['10 MB of text', 'x'.repeat(10 * 1024 * 1024), TOO_LARGE('10,240')],
    ['10 MB of bytes', new Uint8Array(10 * 1024 * 1024), TOO_LARGE('10,240')],
    ['10 MB of a good policy', GOOD + '# more\n'.repeat(1_500_000), TOO_LARGE('10,254')],
    ['one byte too many', '#'.repeat(256 * 1024 + 1), TOO_LARGE('257')],
    ['characters that are two bytes each', `# ${'é'.repeat(200_000)}`, TOO_LARGE('391')],
    [
      'no bytes',
      new Uint8Array(),
      'line 1, column 1: expected a policy with the key auto_ami_policy, found nothing; docs/policies/default.yaml is one to start from',
    ],
    [
      'UTF-16, little endian',
      utf16(`\uFEFF${GOOD}`, true),
      'line 1, column 1: expected UTF-8, found UTF-16; save the file as UTF-8',
    ],
    [
      'UTF-16, big endian',
      utf16(`\uFEFF${GOOD}`, false),
      'line 1, column 1: expected UTF-8, found UTF-16; save the file as UTF-8',
    ],
    [
      'UTF-16 without a mark',
      utf16(GOOD, true),
      'line 1, column 2: expected plain text, found a NUL byte; is this a text file, saved as UTF-8?',
    ],
    [
      'Latin-1',
      new Uint8Array([...bytes('auto_ami_policy:\n  # caf'), 0xe9, 10]),
      'line 2, column 8: expected UTF-8, found bytes that are not UTF-8; save the file as UTF-8',
    ],
    [
      'overlong UTF-8',
      new Uint8Array([0x61, 0xc0, 0x80]),
      'line 1, column 2: expected UTF-8, found bytes that are not UTF-8; save the file as UTF-8',
    ],
    [
      'NUL',
      'auto_ami_policy:\n  mode: a\0ct\n',
      'line 2, column 10: expected plain text, found a NUL byte; is this a text file, saved as UTF-8?',
    ],
    [
      'a terminal escape',
      'auto_ami_policy:\n  # \u001B[31mred\n',
      'line 2, column 5: expected plain text, found the invisible character U+001B; remove it',
    ],
    [
      'text that runs backwards',
      'auto_ami_policy:\n  # \u202Etca\n',
      'line 2, column 5: expected plain text, found the invisible character U+202E; remove it',
    ],
    [
      'half a character',
      'auto_ami_policy: "\uD800"\n',
      'line 1, column 19: expected plain text, found the invisible character U+D800; remove it',
    ],
    ['200,000 open brackets', '['.repeat(200_000), TOO_DEEP(32)],
    ['60,000 open braces', '{a: '.repeat(60_000), TOO_DEEP(125)],
    ['100,000 lists in lists', '- '.repeat(100_000), TOO_DEEP(63)],
    ['100,000 keys of keys', '? '.repeat(100_000), TOO_DEEP(63)],
  ])('%s', (_, input, problem) => {
    const start = performance.now();
    expect(problemsOf(input)).toEqual([problem]);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test.each([
    ['30,000 times the same key', `auto_ami_policy:\n${'  k: 1\n'.repeat(30_000)}`],
    [
      '20,000 unknown keys',
      `auto_ami_policy:\n${Array.from({ length: 20_000 }, (_, n) => `  k${n}: 1\n`).join('')}`,
    ],
    ['30,000 aliases', `auto_ami_policy: {${'a: *x, '.repeat(30_000)}}`],
    ['50,000 wrong escapes', `auto_ami_policy: "${'\\x'.repeat(50_000)}"`],
    ['60,000 broken lines', `auto_ami_policy:\n${'a:b: c\n'.repeat(30_000)}`],
  ])(
    '%s: the first 200 problems, and how many there are',
    (_, text) => {
      const problems = problemsOf(text);
      expect(problems).toHaveLength(201);
      expect(problems.at(-1)).toMatch(
        /expected a policy, found [\d,]+ more problems from here on; is this the right file\?$/,
      );
    },
    30_000,
  );

  test('a scalar of 200,000 characters', () => {
    expect(problemsOf(`auto_ami_policy:\n  jitter: "${' '.repeat(200_000)}"`)).toEqual([
      expect.stringContaining(
        'auto_ami_policy.jitter: expected a duration such as "4 hours", at most 500 characters',
      ),
    ]);
  });
});

test('a byte order mark and Windows line ends are no problem', () => {
  expect(parsePolicy(bytes(`\uFEFF${GOOD.replaceAll('\n', '\r\n')}`)).ok).toBe(true);
});

test('any text and any bytes are answered', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.uint8Array()),
      (input) => {
        expect(parsePolicy(input).ok).toBe(false);
      },
    ),
    { numRuns: 2_000 },
  );
}, 30_000);

/** Characters that mean something in YAML. */
const SYNTAX = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '-',
  '\n',
  '\t',
  ' ',
  '"',
  "'",
  '&',
  '*',
  '!',
  '|',
  '>',
  '?',
  '%',
  '@',
  '#',
  'a',
  '0',
];

test('a good policy with a stretch of text broken is answered with a line of the file', () => {
  const text = `${GOOD}  build_window: ["01:00-05:00", {start: "1:00", end: "2:00"}]\n  grants: []\n  templates:\n    a: {mode: act}\n`;
  fc.assert(
    fc.property(
      fc.nat(text.length),
      fc.nat(8),
      fc.string({ unit: fc.constantFrom(...SYNTAX) }),
      (at, cut, insert) => {
        const parsed = parsePolicy(text.slice(0, at) + insert + text.slice(at + cut));
        const lines = 9 + insert.split('\n').length;
        if (!parsed.ok)
          expect(parsed.problems.every(({ line, column }) => line >= 1 && line <= lines && column >= 1)).toBe(
            true,
          );
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
      },
    ),
    { numRuns: 1_000 },
  );
}, 30_000);
