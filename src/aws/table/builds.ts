import { by } from '../../core/by.ts';
import type { Build } from '../../ports.ts';
import { buildKey, BUILDS, templatePartition } from './keys.ts';
import { getItem, getItems, partition } from './reads.ts';
import { recordOf, textOf, type Item } from './record.ts';
import { BUILD } from './shapes.ts';
import type { Table } from './table.ts';

export async function getBuild(table: Table, id: string): Promise<Build | undefined> {
  const item = await getItem(table, buildKey(id));
  return item && buildOf(item);
}

/**
 * Builds of a template, newest first. A build is named under every time that was given for it, but listed at its own
 * alone.
 */
export async function newestBuilds(table: Table, template: string, limit: number): Promise<Build[]> {
  const newest: Build[] = [];
  if (limit <= 0) return newest;
  const read = { beginsWith: BUILDS, newestFirst: true, pageSize: limit };
  for await (const page of partition(table, templatePartition(template), read)) {
    const builds = await getItems(
      table,
      page.map((entry) => buildKey(textOf(entry, 'id'))),
    );
    const times = new Set(page.map((entry) => `${textOf(entry, 'id')} ${String(entry['requestedAt'])}`));
    newest.push(...builds.map(buildOf).filter(({ id, requestedAt }) => times.has(`${id} ${requestedAt}`)));
    if (newest.length >= limit) break;
  }
  return newest
    .sort(
      by(
        ({ requestedAt }) => -requestedAt,
        ({ id }) => id,
      ),
    )
    .slice(0, limit);
}

/** Region builds that belong together are a set, because several may join at once. */
function buildOf(item: Item): Build {
  const members = item['regionBuilds'];
  const regionBuilds = members instanceof Set ? [...(members as Set<string>)].sort() : members;
  return recordOf({ ...item, regionBuilds }, BUILD);
}
