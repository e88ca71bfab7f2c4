import type { PackageChecks } from '../../ports.ts';
import { PACKAGE_CHECKS, packageCheckKey, templatePartition } from './keys.ts';
import { collect, getItem, partition } from './reads.ts';
import { recordOf } from './record.ts';
import { PACKAGE_CHECK } from './shapes.ts';
import type { Table } from './table.ts';

export function dynamoPackageChecks(table: Table): PackageChecks {
  return {
    async get(target) {
      const item = await getItem(table, packageCheckKey(target));
      return item && recordOf(item, PACKAGE_CHECK);
    },
    async of(template) {
      const checks = partition(table, templatePartition(template), { beginsWith: PACKAGE_CHECKS });
      return (await collect(checks)).map((item) => recordOf(item, PACKAGE_CHECK));
    },
  };
}
