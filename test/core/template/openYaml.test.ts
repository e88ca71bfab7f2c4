import { describe, expect, test } from 'vitest';
import { MAX_TEMPLATE_CHARACTERS } from '../../../src/core/template/openYaml.ts';
import { parsed, problemsOf } from './builders.ts';

describe('files that are no templates', () => {
  test.each([
    ['', '1:1 the file is empty'],
    ['# nothing\n', '1:1 the file is empty'],
    ['just text', '1:1 "just text" stands where fields belong (expected a mapping of keys to values)'],
    ['- a\n- b\n', '1:1 a list stands where fields belong (expected a mapping of keys to values)'],
    ['a: [1', /^1:6 not valid YAML: /],
    ['name: a\n---\nname: b\n', /not valid YAML: Source contains multiple documents/],
    ['x'.repeat(MAX_TEMPLATE_CHARACTERS + 1), `1:1 the file has 256001 characters (expected at most 256000)`],
    ['['.repeat(50_000), '1:1 the file is nested too deeply'],
    ['a: '.repeat(50_000), /not valid YAML/],
  ])('%#', (text, expected) => {
    const [first] = problemsOf(text);
    if (typeof expected === 'string') expect(first).toBe(expected);
    else expect(first).toMatch(expected);
  });

  test('only the first syntax errors are told, the rest being their consequence', () => {
    expect(problemsOf('a: |\n  x\nb c\n: d\n  - : : x\n"\n'.repeat(20)).length).toBeLessThanOrEqual(3);
  });
});

describe('repeated keys', () => {
  test('are problems wherever they stand, each with the line of the first', () => {
    expect(
      problemsOf(
        'name: a\nbase: ubuntu-22.04\nname: b\npackages:\n  pip: [a]\n  pip: [b]\nicon:\n  x: 1\n  x: 2\n',
      ),
    ).toEqual([
      '3:1 name: the key is written twice (first in line 1)',
      '6:3 packages.pip: the key is written twice (first in line 5)',
      '9:3 icon.x: the key is written twice (first in line 8)',
    ]);
  });

  test('are found among very many keys', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `k${index}: 1`).join('\n');
    expect(problemsOf(`name: a\nbase: ubuntu-22.04\n${many}\nname: b\n`)).toHaveLength(1);
  });
});

describe('anchors', () => {
  test('are followed', () => {
    const template = parsed('name: a\nbase: ubuntu-22.04\nlist: &l [git, vim]\npackages:\n  system: *l\n');
    expect(template.packages.system).toEqual(['git', 'vim']);
  });

  test('that do not exist are problems', () => {
    expect(problemsOf('name: a\nbase: *nowhere\n')).toContain('2:7 base: the anchor *nowhere does not exist');
  });

  test('that multiply without end are refused, and soon', () => {
    const levels = Array.from(
      { length: 20 },
      (_, n) =>
        `x${n}: &a${n} [${Array(9)
          .fill(n === 0 ? 'lol' : `*a${n - 1}`)
          .join(', ')}]`,
    );
    const started = performance.now();
    expect(problemsOf(`name: a\nbase: ubuntu-22.04\n${levels.join('\n')}\n`).join()).toContain(
      'anchors are used more than 64 times',
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('that hold themselves are refused', () => {
    expect(problemsOf('name: a\nbase: ubuntu-22.04\nx: &a [*a]\n').join()).toContain(
      'nested more than 32 levels deep',
    );
  });

  test('merge keys are refused, with what to do instead', () => {
    expect(problemsOf('name: a\nbase: &b ubuntu-22.04\n<<: {x: 1}\n')).toEqual([
      '3:1 merge keys (<<) are not supported (use inherits, or repeat the fields)',
    ]);
  });
});

test('deep nesting is refused where it is too deep for any template', () => {
  expect(problemsOf(`name: a\nbase: ubuntu-22.04\nx: ${'['.repeat(60)}${']'.repeat(60)}\n`).join()).toContain(
    'nested more than 32 levels deep',
  );
});

test('line ends of Windows are those of others', () => {
  const text = 'name: a\r\nbase: ubuntu-22.04\r\npost_install: |\r\n  echo a\r\n  echo b\r\n';
  expect(parsed(text).postInstall[0]?.script).toBe('echo a\necho b\n');
});

test('keys of the language itself are kept like others', () => {
  const { extra } = parsed('name: a\nbase: ubuntu-22.04\n__proto__: {polluted: true}\nconstructor: 1\n');
  expect(Object.keys(extra)).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
