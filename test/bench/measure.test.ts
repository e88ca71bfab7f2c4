import { expect, test } from 'vitest';
import { median, nLogNGrowth, peakMemory, secondsOf } from '../../bench/measure.ts';

test('the median is the middle one, or the mean of both', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 6])).toBe(5.5);
  expect(() => median([])).toThrow('no median of nothing');
});

test('a hundred times more of what grows as n log n takes 167 times as long', () => {
  expect(nLogNGrowth(1_000, 100_000)).toBeCloseTo(166.67, 2);
});

test('work is waited for, and memory is in bytes', async () => {
  let done = false;
  const seconds = await secondsOf(async () => {
    await Promise.resolve();
    done = true;
  });
  expect(done).toBe(true);
  expect(seconds).toBeGreaterThan(0);
  expect(peakMemory()).toBeGreaterThan(10_000_000);
});
