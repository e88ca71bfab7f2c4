import { describe, expect, test } from 'vitest';
import { memoryUnderTest } from './memoryUnderTest.ts';
import { wholeLife } from './wholeLife.ts';

describe('changes, as a reader of the table sees them', () => {
  test('a whole life is told in order, by what somebody acts on', async () => {
    const table = memoryUnderTest();
    await wholeLife(table);
    expect(
      table.drain().map((change) => {
        if (change.kind === 'region-build')
          return `${change.before?.status ?? 'nothing'} → ${change.after.status} ${change.after.revision}`;
        return change.kind;
      }),
    ).toEqual([
      'policy',
      'policy',
      'template',
      'template',
      'update',
      'observation',
      'observation',
      'update',
      'nothing → queued 1',
      'target',
      'announcement',
      'queued → queued 2',
      'queued → queued 3',
      'queued → granted 4',
      'granted → running 5',
      'running → running 6',
      'running → running 7',
      'running → succeeded 8',
      'target',
      'target',
    ]);
  });

  test('what was taken away is not told again', async () => {
    const table = memoryUnderTest();
    await wholeLife(table);
    table.drain();
    expect(table.drain()).toEqual([]);
  });
});
