import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { TABLE } from '../../contract.ts';
import type { Inventory } from '../../core/evidence/inventory.ts';
import { PACKAGE_LIST_KEPT } from '../../core/keeping.ts';
import type { PackageLists } from '../../ports.ts';
import { expiring, hasExpired } from './expiry.ts';
import { builtOnPartition, packageListKey } from './keys.ts';
import { LARGEST_PACKED, packed, unpacked } from './packed.ts';
import { collect, getItem, partition } from './reads.ts';
import { StoredItemBroken, type Item } from './record.ts';
import type { Table } from './table.ts';

/** Some ten times what a large image holds. */
export class PackageListTooLong extends Error {
  override readonly name = 'PackageListTooLong';
}

const stored = z.object({ packages: z.instanceof(Uint8Array), [TABLE.TTL]: z.number() });

/** What the name of a package and its version are kept as. */
const rows = z.array(z.tuple([z.string(), z.string()]));

/** One item for each list, packed: 2,000 packages are some 30 KB then. */
export function dynamoPackageLists(table: Table): PackageLists {
  const read = async (item: Item | undefined): Promise<Inventory | undefined> => {
    if (item === undefined) return undefined;
    const { success, data } = stored.safeParse(item);
    if (!success) throw new StoredItemBroken(item, 'it is no package list');
    if (hasExpired(data[TABLE.TTL], table.now())) return undefined;
    const list = rows.parse(JSON.parse(await unpacked(data.packages)));
    return list.map(([name, version]) => ({ name, version }));
  };
  return {
    of: async (ami) => read(await getItem(table, packageListKey(ami))),
    async newestOn({ architecture, baseImageName }) {
      const pk = builtOnPartition(architecture, baseImageName);
      const [item] = await collect(partition(table, pk, { newestFirst: true, pageSize: 1 }), 1);
      return read(item);
    },
    async keep(ami, packages) {
      const list = await packed(JSON.stringify(packages.map(({ name, version }) => [name, version])));
      if (list.length > LARGEST_PACKED)
        throw new PackageListTooLong(`the ${packages.length} packages of ${ami.amiId} fit in no item`);
      // Template and place are not needed: the id is for people who look at the table.
      const item = { amiId: ami.amiId, packages: list, ...expiring(table.now() + PACKAGE_LIST_KEPT) };
      await table.client.send(
        new PutCommand({ TableName: table.name, Item: { ...item, ...packageListKey(ami) } }),
      );
    },
  };
}
