import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { table } from '../../../cli/text/table.ts';
import { tree, type Branch } from '../../../cli/text/tree.ts';
import { displayWidth, padded, truncate, wrap } from '../../../cli/text/width.ts';

test.each([
  ['abc', 3],
  ['é', 1],
  ['e\u0301', 1],
  ['⏳', 2],
  ['⚠️', 1],
  ['日本', 4],
  ['✓ ok', 4],
])('%s takes %i columns', (text, columns) => expect(displayWidth(text)).toBe(columns));

test('text is cut and filled by columns, not characters', () => {
  expect(truncate('日本語です', 6)).toBe('日本…');
  expect(truncate('short', 6)).toBe('short');
  expect(padded('日本', 6)).toBe('日本  ');
});

test('wrapped text fits, and nothing of it is lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 12 })),
      fc.integer({ min: 4, max: 60 }),
      (words, width) => {
        const text = words.join(' ');
        const lines = wrap(text, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      },
    ),
  );
});

describe('a tree', () => {
  const branches: Branch[] = [
    {
      text: 'one two three four five six seven',
      below: [{ text: 'a long line of a child, broken as well' }],
    },
    { text: 'last', below: [{ text: 'x' }, { text: 'y' }] },
  ];

  test('as wide as it likes', () => {
    expect(tree(branches, Infinity).join('\n')).toMatchInlineSnapshot(`
      "├── one two three four five six seven
      │   └── a long line of a child, broken as well
      └── last
          ├── x
          └── y"
    `);
  });

  test('in a narrow terminal', () => {
    expect(tree(branches, 28).join('\n')).toMatchInlineSnapshot(`
      "├── one two three four five
      │   │   six seven
      │   └── a long line of a child,
      │       broken as well
      └── last
          ├── x
          └── y"
    `);
  });

  test('fits wherever it is wide enough to be read', () => {
    const leaf = fc.record({ text: fc.lorem({ maxCount: 20 }) });
    const forest = fc.array(fc.record({ text: fc.lorem({ maxCount: 20 }), below: fc.array(leaf) }));
    fc.assert(
      fc.property(forest, fc.integer({ min: 40, max: 120 }), (trees, width) => {
        for (const line of tree(trees, width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('a table', () => {
  const columns = [{ title: 'ID' }, { title: 'NAME', mayBeCut: true }, { title: 'NOTE' }] as const;
  const rows = [
    ['ami-0abc123def0000001', 'a name that is rather long', 'x'],
    ['ami-2', 'short', ''],
  ];

  test('as wide as it needs', () => {
    expect(table(columns, rows, Infinity).join('\n')).toMatchInlineSnapshot(`
      "ID                     NAME                        NOTE
      ami-0abc123def0000001  a name that is rather long  x
      ami-2                  short"
    `);
  });

  test('cut where it may be cut', () => {
    expect(table(columns, rows, 44).join('\n')).toMatchInlineSnapshot(`
      "ID                     NAME             NOTE
      ami-0abc123def0000001  a name that is…  x
      ami-2                  short"
    `);
  });

  test('ids stay whole, even where nothing fits', () => {
    expect(table(columns, rows, 10).join('\n')).toContain('ami-0abc123def0000001');
  });
});
