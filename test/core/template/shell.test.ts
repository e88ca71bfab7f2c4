import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { feed, shellArray, shellQuote } from '../../../src/core/template/shell.ts';
import { bash, inFolder } from './bash.ts';
import { nasty } from './nasty.ts';

/** What bash makes of the words of a script: printed one after the other, each ended by a NUL. */
const wordsOf = (script: string) => bash(`${script}\n`).stdout.split('\0').slice(0, -1);

describe('shellQuote', () => {
  test.each([
    '',
    "it's",
    '$(pwned)',
    '`pwned`',
    '\\',
    '"',
    '{{x}}',
    '{{{',
    '{{{{',
    "{'{",
    '-n',
    '*',
    '~',
    '!!',
    'a\nb',
    '\t',
  ])('%j is one word, as it stands', (text) =>
    expect(wordsOf(`printf '%s\\0' ${shellQuote(text)}`)).toEqual([text]),
  );

  test('any texts are as many words, as they stand, and without double braces', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 20 }), (texts) => {
        const script = `printf '%s\\0' ${texts.map(shellQuote).join(' ')}`;
        expect(wordsOf(script)).toEqual(texts);
        expect(script).not.toContain('{{');
      }),
      { numRuns: 60 },
    );
  });
});

test('shellArray holds any texts', () => {
  fc.assert(
    fc.property(fc.array(nasty, { maxLength: 20 }), (texts) => {
      const script = `${shellArray('words', texts)}\n[ "\${#words[@]}" -eq 0 ] || printf '%s\\0' "\${words[@]}"`;
      expect(wordsOf(script)).toEqual(texts);
    }),
    { numRuns: 60 },
  );
});

describe('feed', () => {
  const fed = (text: string) =>
    inFolder((folder) => {
      const script = `cd '${folder}'\npwned() { touch pwned; }\n${feed('cat', text)}\n[ ! -e pwned ] || echo PWNED`;
      expect(script).not.toContain('{{');
      return bash(`${script}\n`).stdout;
    });

  test.each([
    ['', ''],
    ['a', 'a\n'],
    ['a\n', 'a\n'],
    ['$HOME `pwned` \\', '$HOME `pwned` \\\n'],
    ['AUTO_AMI_END\npwned\n', 'AUTO_AMI_END\npwned\n'],
    ['AUTO_AMI_END\nAUTO_AMI_END_2\npwned', 'AUTO_AMI_END\nAUTO_AMI_END_2\npwned\n'],
    ["docker ps --format '{{.Names}}'", "docker ps --format '{{.Names}}'\n"],
    ['{{{ {{{{ AUTO_AMI_BRACES }}', '{{{ {{{{ AUTO_AMI_BRACES }}\n'],
    ['AUTO_AMI_{{BRACES', 'AUTO_AMI_{{BRACES\n'],
  ])('%j arrives as it stands', (text, expected) => expect(fed(text)).toBe(expected));

  test('any text arrives as it stands', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(fed(text)).toBe(text === '' || text.endsWith('\n') ? text : `${text}\n`);
      }),
      { numRuns: 80 },
    );
  });
});
