import { expect, test } from 'vitest';
import type { Prices } from '../../src/ports.ts';
import type { PricedInstance } from '../../src/core/money/pricedInstance.ts';

const linux = (region: string, instanceType: string): PricedInstance => ({
  region,
  instanceType,
  operatingSystem: 'linux',
});

export function pricesContract(somePrices: () => Promise<Prices>): void {
  test('an instance type that is known has prices, in whole micro-dollars', async () => {
    const unit = await (await somePrices()).unit(linux('eu-central-1', 'm7i.large'));
    for (const price of Object.values(unit ?? {})) {
      expect(Number.isSafeInteger(price)).toBe(true);
      expect(price).toBeGreaterThan(0);
    }
    expect(Object.keys(unit ?? {}).sort()).toEqual([
      'copyGb',
      'instanceHour',
      'snapshotGbMonth',
      'volumeGbMonth',
    ]);
  });

  test('what comes with a subscription is dearer, or nobody knows its price', async () => {
    const prices = await somePrices();
    const plain = await prices.unit(linux('us-east-1', 'm7i.large'));
    for (const system of ['rhel', 'suse', 'windows'] as const) {
      const unit = await prices.unit({ ...linux('us-east-1', 'm7i.large'), operatingSystem: system });
      if (unit === undefined) continue;
      expect(unit.instanceHour).toBeGreaterThan(plain?.instanceHour ?? 0);
      expect(unit.volumeGbMonth).toBe(plain?.volumeGbMonth);
    }
  });

  test('the same is asked twice and answered alike', async () => {
    const prices = await somePrices();
    const first = await prices.unit(linux('us-west-2', 'm7g.large'));
    expect(await prices.unit(linux('us-west-2', 'm7g.large'))).toEqual(first);
  });

  test('an instance type that nobody knows has none', async () => {
    expect(await (await somePrices()).unit(linux('us-east-1', 'x99.gigantic'))).toBeUndefined();
  });
}
