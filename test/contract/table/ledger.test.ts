import { setImmediate as nextTurn } from 'node:timers/promises';
import { die } from '../../../src/memory/table/faults.ts';
import type { PotBalance } from '../../../src/core/money/pot.ts';
import { ledgerContract, type LedgerUnderTest } from './ledger.ts';
import { memoryUnderTest } from './memoryUnderTest.ts';

/** More than anybody writes here. */
const WRITES = 5_000;

/** Before some writes others get their turn, and after some the writer dies before it hears of it. */
async function underAttack(): Promise<LedgerUnderTest> {
  const { faults, ...table } = memoryUnderTest();
  const seen = new Map<string, PotBalance[]>();
  const look = (balances: readonly PotBalance[]) => {
    for (const balance of balances) {
      const states = seen.get(balance.key) ?? [];
      const last = states.at(-1);
      if (last?.reserved !== balance.reserved || last.settled !== balance.settled) states.push(balance);
      seen.set(balance.key, states);
    }
  };
  for (let n = 1; n <= WRITES; n += 1) {
    if (n % 3 === 0) faults.beforeWrite(n, () => nextTurn());
    if (n % 23 === 0) faults.beforeWrite(n, die);
    faults.afterWrite(n, () => {
      // Nobody writes between a write and this look: it begins in the same turn, and ends before the next.
      const looked = table.pots.balances(['daily#2040-01-02']).then(look);
      return n % 17 === 0 ? looked.then(die) : looked;
    });
  }
  return { ...table, history: async (pot) => seen.get(pot) ?? [] };
}

ledgerContract(underAttack, 500);
