import type { UnitPrices } from '../core/money/estimate.ts';
import { fallbackPrices } from '../core/money/fallbackPrices.ts';
import type { Prices } from '../ports.ts';

export interface MemoryPrices extends Prices {
  /** What the price list says from now on; undefined: it does not know the instance type. */
  set(region: string, instanceType: string, prices: UnitPrices | undefined): void;
}

/** The price list in memory: the table shipped with us, until a test says otherwise. */
export function memoryPrices(): MemoryPrices {
  const own = new Map<string, UnitPrices | undefined>();
  return {
    set: (region, instanceType, prices) => void own.set(`${region}/${instanceType}`, prices),
    async unit(region, instanceType) {
      const key = `${region}/${instanceType}`;
      return own.has(key) ? own.get(key) : fallbackPrices(region, instanceType);
    },
  };
}
