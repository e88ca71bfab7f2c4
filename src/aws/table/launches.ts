import { by } from '../../core/by.ts';
import { TABLE } from '../../contract.ts';
import { LAUNCH_DAYS_KEPT, ONCE_KEPT } from '../../core/keeping.ts';
import { dayOfLaunch, type LaunchDay } from '../../core/launches.ts';
import type { Launches } from '../../ports.ts';
import { expiring, expiryOf } from './expiry.ts';
import { LAUNCHES, launchDayKey, launchKey } from './keys.ts';
import { ABSENT, put } from './operations.ts';
import { partition } from './reads.ts';
import { recordOf } from './record.ts';
import { LAUNCH_DAY } from './shapes.ts';
import type { Table } from './table.ts';
import { transact } from './transact.ts';

/** A counter for each template and day, and for some days a mark for each launch that was counted. */
export function dynamoLaunches(table: Table): Launches {
  return {
    async note({ id, template, at }) {
      const day = dayOfLaunch(at);
      await transact(table, [
        put(launchKey(id), { at, ...expiring(table.now() + ONCE_KEPT) }, ABSENT),
        {
          Update: {
            Key: { ...launchDayKey(day, template) },
            UpdateExpression: 'SET #template = :template, #day = :day, #expires = :expires ADD #count :one',
            ExpressionAttributeNames: {
              '#template': 'template',
              '#day': 'day',
              '#expires': TABLE.TTL,
              '#count': 'count',
            },
            ExpressionAttributeValues: {
              ':template': template,
              ':day': day,
              ':expires': expiryOf(day + LAUNCH_DAYS_KEPT),
              ':one': 1,
            },
          },
        },
      ]);
    },
    async last() {
      for await (const page of partition(table, LAUNCHES, { newestFirst: true, pageSize: 1 })) {
        const [newest] = page;
        if (newest !== undefined) return recordOf(newest, LAUNCH_DAY).day;
      }
      return undefined;
    },
    async since(from) {
      const first = dayOfLaunch(from);
      const found: LaunchDay[] = [];
      for await (const page of partition(table, LAUNCHES, { newestFirst: true })) {
        const days = page.map((item) => recordOf(item, LAUNCH_DAY));
        found.push(...days.filter(({ day }) => day >= first));
        if (days.some(({ day }) => day < first)) break;
      }
      return found.sort(
        by(
          ({ day }) => day,
          ({ template }) => template,
        ),
      );
    },
  };
}
