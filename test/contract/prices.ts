import { expect, test } from 'vitest';
import type { Prices } from '../../src/ports.ts';

export function pricesContract(somePrices: () => Promise<Prices>): void {
  test('an instance type that is known has prices, in whole micro-dollars', async () => {
    const unit = await (await somePrices()).unit('eu-central-1', 'm7i.large');
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

  test('the same is asked twice and answered alike', async () => {
    const prices = await somePrices();
    const first = await prices.unit('us-west-2', 'm7g.large');
    expect(await prices.unit('us-west-2', 'm7g.large')).toEqual(first);
  });

  test('an instance type that nobody knows has none', async () => {
    expect(await (await somePrices()).unit('us-east-1', 'x99.gigantic')).toBeUndefined();
  });
}
