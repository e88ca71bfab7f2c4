import { ACTIVITY_KEPT } from '../../core/keeping.ts';
import type { Activity } from '../../ports.ts';
import { expiring } from './expiry.ts';
import { ACTIVITY, activityKey, notedKey } from './keys.ts';
import { ABSENT, put } from './operations.ts';
import { collect, partition } from './reads.ts';
import { recordOf } from './record.ts';
import { ACTIVITY_ENTRY } from './shapes.ts';
import type { Table } from './table.ts';
import { transact } from './transact.ts';

export function dynamoActivity(table: Table): Activity {
  return {
    async note(key, entry) {
      const kept = expiring(entry.at + ACTIVITY_KEPT);
      await transact(table, [
        put(notedKey(key), { at: entry.at, ...kept }, ABSENT),
        put(activityKey(entry.at, key), { ...entry, ...kept }),
      ]);
    },
    async recent(limit) {
      const newest = partition(table, ACTIVITY, { newestFirst: true, pageSize: limit });
      const entries = (await collect(newest, limit)).map((item) => recordOf(item, ACTIVITY_ENTRY));
      return entries.filter(({ at }) => at > table.now() - ACTIVITY_KEPT);
    },
  };
}
