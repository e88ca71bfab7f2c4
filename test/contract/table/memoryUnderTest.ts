import { memoryTable, type MemoryTable } from '../../../src/memory/memoryTable.ts';
import { NOON } from './records.ts';
import type { TableUnderTest } from './tableUnderTest.ts';

/** The table in memory, as the contract wants it. */
export function memoryUnderTest(): TableUnderTest & Pick<MemoryTable, 'changes' | 'drain' | 'faults'> {
  const clock = { now: NOON };
  const { stateMachine, ...table } = memoryTable({ now: () => clock.now });
  return {
    ...table,
    clock,
    stateMachine: {
      storeTurn: async (id, turn) => stateMachine.storeTurn(id, turn),
      storeImageToken: async (id, image) => stateMachine.storeImageToken(id, image),
    },
  };
}
