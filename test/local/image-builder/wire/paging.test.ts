import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageOf } from '../../../../local/image-builder/wire/paging.ts';

const key = (item: number): string => String(item).padStart(9, '0');

test('pages together are the list, none larger than asked for', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(10_000)), fc.integer({ min: 1, max: 25 }), (numbers, maxResults) => {
      const all = numbers.sort((a, b) => a - b);
      const seen: number[] = [];
      let nextToken: string | undefined;
      do {
        const page = pageOf(all, key, { maxResults, nextToken }, 'query');
        expect(page.items.length).toBeLessThanOrEqual(maxResults);
        seen.push(...page.items);
        ({ nextToken } = page);
      } while (nextToken !== undefined);
      expect(seen).toEqual(all);
    }),
  );
});

test('what is deleted between two pages hides nothing else', () => {
  const { nextToken } = pageOf([1, 2, 3, 4], key, { maxResults: 2 }, 'query');
  expect(pageOf([3, 4], key, { maxResults: 2, nextToken }, 'query')).toEqual({ items: [3, 4] });
});

test.each(['', 'made-up', Buffer.from('x\ny').toString('base64url')])(
  'the token %j is refused',
  (nextToken) => {
    expect(() => pageOf([1], key, { nextToken }, 'query')).toThrow('pagination token');
  },
);
