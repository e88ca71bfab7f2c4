import type { Slots } from '../../ports.ts';
import { slotsPartition } from './keys.ts';
import { collect, partition } from './reads.ts';
import { recordOf } from './record.ts';
import { SLOT } from './shapes.ts';
import type { Table } from './table.ts';

export function dynamoSlots(table: Table): Slots {
  return {
    async taken(region) {
      const items = await collect(partition(table, slotsPartition(region)));
      return items.map((item) => recordOf(item, SLOT));
    },
  };
}
