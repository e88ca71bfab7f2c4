import { expect, test } from 'vitest';
import { memoryPrices } from '../../src/memory/memoryPrices.ts';
import { pricesContract } from './prices.ts';
import type { PricedInstance } from '../../src/core/money/pricedInstance.ts';

const linux = (region: string, instanceType: string): PricedInstance => ({
  region,
  instanceType,
  operatingSystem: 'linux',
});

pricesContract(async () => memoryPrices());

test('in memory a test says what an instance costs, or that nobody knows', async () => {
  const prices = memoryPrices();
  const own = { instanceHour: 1, volumeGbMonth: 2, snapshotGbMonth: 3, copyGb: 4 };
  prices.set('us-east-1', 'm7i.large', own);
  prices.set('us-west-2', 'm7i.large', undefined);
  prices.set('us-east-1', 'm7i.large', { ...own, instanceHour: 9 }, 'rhel');
  expect(await prices.unit(linux('us-east-1', 'm7i.large'))).toEqual(own);
  expect(
    (await prices.unit({ ...linux('us-east-1', 'm7i.large'), operatingSystem: 'rhel' }))?.instanceHour,
  ).toBe(9);
  expect(await prices.unit(linux('us-west-2', 'm7i.large'))).toBeUndefined();
});
