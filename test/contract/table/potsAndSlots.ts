import { describe, expect, test } from 'vitest';
import type { Write } from '../../../src/core/writes.ts';
import { committed } from './steps.ts';
import type { MakeTable } from './tableUnderTest.ts';

/** The ledger's balances. */
export function potsContract(make: MakeTable): void {
  const reserve = (pot: string, amount: number): Write => ({ kind: 'reserve', pot, amount, limit: 1_000 });
  const settle = (ceiling: number, cost: number): Write => ({
    kind: 'settle',
    pot: 'monthly#2040-01',
    ceiling,
    cost,
  });

  describe('pots', () => {
    test('a pot that was never used is absent, the others are in the order asked for', async () => {
      const { pots, commits } = await make();
      await committed(commits, reserve('grant:nsf', 10), reserve('daily#2040-01-02', 20));
      expect(await pots.balances(['daily#2040-01-02', 'monthly#2040-01', 'grant:nsf'])).toEqual([
        { key: 'daily#2040-01-02', reserved: 20, settled: 0, overrun: 0 },
        { key: 'grant:nsf', reserved: 10, settled: 0, overrun: 0 },
      ]);
      expect(await pots.balances([])).toEqual([]);
    });

    test('a pot asked for twice is answered once', async () => {
      const { pots, commits } = await make();
      await committed(commits, reserve('daily', 10));
      expect(await pots.balances(['daily', 'daily'])).toHaveLength(1);
    });

    test('settling gives the ceiling back and books the cost; what exceeds the ceiling is overrun too', async () => {
      const { pots, commits } = await make();
      const balance = async () => (await pots.balances(['monthly#2040-01']))[0];
      await committed(commits, reserve('monthly#2040-01', 300));
      await committed(commits, reserve('monthly#2040-01', 200));
      await committed(commits, settle(300, 120));
      expect(await balance()).toMatchObject({ reserved: 200, settled: 120, overrun: 0 });
      await committed(commits, settle(200, 230));
      expect(await balance()).toMatchObject({ reserved: 0, settled: 350, overrun: 30 });
    });

    test('a release books nothing', async () => {
      const { pots, commits } = await make();
      await committed(commits, reserve('monthly#2040-01', 300));
      await committed(commits, settle(300, 0));
      expect(await pots.balances(['monthly#2040-01'])).toEqual([
        { key: 'monthly#2040-01', reserved: 0, settled: 0, overrun: 0 },
      ]);
    });
  });
}

/** Who has which slot. */
export function slotsContract(make: MakeTable): void {
  describe('slots', () => {
    test('taken slots are listed by region in their order, with their owners', async () => {
      const { slots, commits } = await make();
      const take = (region: string, slot: number): Write => ({
        kind: 'take-slot',
        region,
        slot,
        regionBuild: `build-${slot}`,
        attempt: slot,
      });
      expect(await slots.taken('us-east-1')).toEqual([]);
      await committed(commits, take('us-east-1', 10), take('us-east-1', 2), take('us-west-2', 1));
      expect(await slots.taken('us-east-1')).toEqual([
        { region: 'us-east-1', slot: 2, regionBuild: 'build-2', attempt: 2 },
        { region: 'us-east-1', slot: 10, regionBuild: 'build-10', attempt: 10 },
      ]);
      await committed(commits, { ...take('us-east-1', 2), kind: 'free-slot' } as Write);
      expect(await slots.taken('us-east-1')).toHaveLength(1);
    });
  });
}
