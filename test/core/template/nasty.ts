import fc from 'fast-check';
import { PRINTABLE } from '../../../src/core/template/readValues.ts';

/** Pieces by which a text may try to leave its place in YAML, in bash or in AWSTOE. */
export const PIECES = [
  '$(pwned)',
  '`pwned`',
  "'; pwned; '",
  '"; pwned; "',
  "'",
  '"',
  '\\',
  '\n',
  '\npwned\n',
  'AUTO_AMI_END',
  '\nAUTO_AMI_END\npwned\n',
  'AUTO_AMI_BRACES',
  '{{',
  '}}',
  '{{ build.Script1.outputs.stdout }}',
  '{',
  '${IFS}',
  '<<EOF',
  '; pwned',
  '| pwned',
  '&& pwned',
  '\n  - name: test\n',
  '\nphases:\n',
  ': ',
  ' #',
  '- ',
  '-',
  '\t',
  '  ',
  '!',
  '*',
  'ü',
  '🐍',
  'a',
  'git',
] as const;

/** Printable text made of such pieces and of anything else. */
export const nasty: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...PIECES) },
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(''))
  .filter((text) => PRINTABLE.test(text));
