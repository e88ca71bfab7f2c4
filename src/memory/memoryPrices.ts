import type { UnitPrices } from '../core/money/estimate.ts';
import type { OperatingSystem, PricedInstance } from '../core/money/pricedInstance.ts';
import { fallbackPrices } from '../core/money/fallbackPrices.ts';
import type { Prices } from '../ports.ts';

export interface MemoryPrices extends Prices {
  /** What the price list says from now on; undefined: it does not know the instance type. */
  set(
    region: string,
    instanceType: string,
    prices: UnitPrices | undefined,
    operatingSystem?: OperatingSystem,
  ): void;
}

/** The price list in memory: the table shipped with us, until a test says otherwise. */
export function memoryPrices(): MemoryPrices {
  const own = new Map<string, UnitPrices | undefined>();
  return {
    set: (region, instanceType, prices, operatingSystem = 'linux') =>
      void own.set(keyOf({ region, instanceType, operatingSystem }), prices),
    async unit(instance) {
      const key = keyOf(instance);
      return own.has(key) ? own.get(key) : fallbackPrices(instance);
    },
  };
}

function keyOf({ region, instanceType, operatingSystem }: PricedInstance): string {
  return `${region}/${instanceType}/${operatingSystem}`;
}
