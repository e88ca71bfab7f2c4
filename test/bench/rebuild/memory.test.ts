import { expect, test } from 'vitest';
import { memoryOfGroup } from '../../../bench/rebuild/memory.ts';

test('functions are the processes of the group, but for the local AWS itself', () => {
  const listing = [
    '  10   10  500000',
    '  11   10   70000',
    '  12   10   80000',
    '  13   13  90000',
    '',
  ].join('\n');
  expect(memoryOfGroup(listing, 10)).toEqual([70_000 * 1_024, 80_000 * 1_024]);
});
