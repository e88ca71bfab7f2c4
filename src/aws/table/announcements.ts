import { by } from '../../core/by.ts';
import type { Announcements } from '../../ports.ts';
import { announcementKey } from './keys.ts';
import { getItems } from './reads.ts';
import { recordOf } from './record.ts';
import { ANNOUNCEMENT } from './shapes.ts';
import type { Table } from './table.ts';

export function dynamoAnnouncements(table: Table): Announcements {
  return {
    async told(keys) {
      const items = await getItems(table, keys.map(announcementKey));
      return items.map((item) => recordOf(item, ANNOUNCEMENT)).sort(by(({ key }) => keys.indexOf(key)));
    },
  };
}
