import { expect, test } from 'vitest';
import { floorOf, UNAVOIDABLE } from '../../../bench/rebuild/floor.ts';

test('calls are as many as the things they are for, summed where there are several reasons', () => {
  const floor = floorOf({ regionBuilds: 100, builds: 50, regions: 2, once: 1 });
  expect(floor.get('imagebuilder CreateImage')).toBe(100);
  expect(floor.get('states SendTaskSuccess')).toBe(200);
  expect(floor.get('ssm GetParameters')).toBe(2);
  expect(floor.get('sns Publish')).toBe(51);
});

test('each says why it cannot be done without', () => {
  expect(UNAVOIDABLE.filter(({ because }) => because.length < 10)).toEqual([]);
});
