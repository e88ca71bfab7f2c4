import type { TargetState } from '../../core/builds/target.ts';
import type { Targets } from '../../ports.ts';
import { TARGETS, targetsOf } from './keys.ts';
import { collect, partition, type PartitionRead } from './reads.ts';
import { recordOf } from './record.ts';
import { TARGET } from './shapes.ts';
import type { Table } from './table.ts';

export function dynamoTargets(table: Table): Targets {
  const read = async (which?: PartitionRead): Promise<TargetState[]> => {
    const items = await collect(partition(table, TARGETS, which));
    return items.map((item) => recordOf(item, TARGET));
  };
  return { all: () => read(), of: (template) => read({ beginsWith: targetsOf(template) }) };
}
