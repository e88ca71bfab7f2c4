import type { DeployedPolicy, Policies } from '../../ports.ts';
import { POLICIES, policyKey } from './keys.ts';
import { ABSENT, check, PRESENT, put } from './operations.ts';
import { collect, partition } from './reads.ts';
import { recordOf } from './record.ts';
import { POLICY } from './shapes.ts';
import type { Table } from './table.ts';
import { transact } from './transact.ts';

/** Every version is an item of its own: the newest one is the policy, and none is ever changed. */
export function dynamoPolicies(table: Table): Policies {
  const newest = async (limit: number): Promise<DeployedPolicy[]> => {
    const items = await collect(partition(table, POLICIES, { newestFirst: true, pageSize: limit }), limit);
    return items.map((item) => recordOf(item, POLICY));
  };
  return {
    current: async () => (await newest(1))[0],
    history: newest,
    async save(policy) {
      const { version } = policy;
      const refused = await transact(table, [
        put(policyKey(version), policy, ABSENT),
        ...(version === 1 ? [] : [check(policyKey(version - 1), PRESENT)]),
      ]);
      return refused.length === 0;
    },
  };
}
