import { describe, expect, test } from 'vitest';
import { ratioOf, totalOf } from '../../bench/report.ts';
import { quantity, reportLines } from '../../bench/view.ts';

test.each([
  [0.0123, 'seconds', '12.3 ms'],
  [72.34, 'seconds', '72.3 s'],
  [1_234_567_890, 'bytes', '1,235 MB'],
  [12_345, 'count', '12,345'],
  [166.6667, 'count', '166.67'],
] as const)('%d %s is written %s', (value, unit, text) => {
  expect(quantity(value, unit)).toBe(text);
});

test('a ratio needs a floor that is not nothing', () => {
  expect(ratioOf({ value: 3, floor: 2 })).toBe(1.5);
  expect(ratioOf({ value: 3, floor: 0 })).toBeUndefined();
  expect(ratioOf({ value: 3 })).toBeUndefined();
});

test('a sum takes what has no floor for more than was needed', () => {
  const figures = [
    { name: 'a', unit: 'count', value: 3, floor: 2 },
    { name: 'b', unit: 'count', value: 4 },
  ] as const;
  expect(totalOf('all', figures)).toEqual({ name: 'all', unit: 'count', value: 7, floor: 2 });
});

describe('a report for people', () => {
  test('shows each figure beside its floor and its aim', () => {
    const lines = reportLines('plan: of a queue', {
      problems: [],
      groups: [
        {
          title: 'planning',
          note: 'The floor: sorting.',
          figures: [
            { name: '1,000', unit: 'seconds', value: 0.002, floor: 0.001 },
            { name: '100,000', unit: 'seconds', value: 0.3, floor: 0.15, aim: 0.25 },
          ],
        },
      ],
    });
    expect(lines).toEqual([
      'plan: of a queue',
      '',
      '  planning  measured  floor    times the floor  aim',
      '  1,000     2.00 ms   1.00 ms  2.00',
      '  100,000   300 ms    150 ms   2.00             250 ms ✗',
      '  The floor: sorting.',
      '',
    ]);
  });

  test('says first what went wrong, and shows no empty columns', () => {
    const figures = [{ name: 'processes', unit: 'count', value: 12 }] as const;
    const lines = reportLines('rebuild', {
      problems: ['a dead letter'],
      groups: [{ title: 'all', figures }],
    });
    expect(lines).toEqual(['rebuild', '✗ a dead letter', '', '  all        measured', '  processes  12', '']);
  });
});
