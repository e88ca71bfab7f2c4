import { by } from '../../core/by.ts';
import type { Pots } from '../../ports.ts';
import { potKey } from './keys.ts';
import { getItems } from './reads.ts';
import { recordOf } from './record.ts';
import { POT } from './shapes.ts';
import type { Table } from './table.ts';

export function dynamoPots(table: Table): Pots {
  return {
    async balances(keys) {
      const items = await getItems(table, keys.map(potKey));
      return items.map((item) => recordOf(item, POT)).sort(by(({ key }) => keys.indexOf(key)));
    },
  };
}
