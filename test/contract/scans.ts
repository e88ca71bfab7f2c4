import { expect, test } from 'vitest';
import type { Scans } from '../../src/ports.ts';

export interface ScansWorld {
  readonly scans: Scans;
  /** How many scans have begun. */
  readonly begun: () => number;
}

export function scansContract(aWorld: () => Promise<ScansWorld>): void {
  test('each scan that is asked for begins, without being waited for', async () => {
    const { scans, begun } = await aWorld();
    await scans.start();
    await scans.start();
    await expect.poll(begun, { timeout: 20_000 }).toBe(2);
  });
}
