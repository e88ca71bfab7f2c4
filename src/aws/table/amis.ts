import type { Amis } from '../../ports.ts';
import { amiKey, AMIS, PENDING, templatePartition } from './keys.ts';
import { collect, getItem, partition, pendingItems } from './reads.ts';
import { recordOf } from './record.ts';
import { AMI } from './shapes.ts';
import type { Table } from './table.ts';

export function dynamoAmis(table: Table): Amis {
  return {
    async of(template) {
      const items = await collect(partition(table, templatePartition(template), { beginsWith: AMIS }));
      return items.map((item) => recordOf(item, AMI));
    },
    async get(template, amiId) {
      const item = await getItem(table, amiKey(template, amiId));
      return item && recordOf(item, AMI);
    },
    async unpublished() {
      const items = await collect(pendingItems(table, PENDING.PUBLISH));
      return items.map((item) => recordOf(item, AMI));
    },
    async retiring() {
      const items = await collect(pendingItems(table, PENDING.RETIRE));
      return items.map((item) => recordOf(item, AMI));
    },
  };
}
