import { by } from '../../core/by.ts';
import { isOpen } from '../../core/builds/regionBuild.ts';
import type { ExplanationLine } from '../../core/words.ts';
import type { OpenBuilds, RegionBuilds } from '../../ports.ts';
import { getBuild, newestBuilds } from './builds.ts';
import {
  ATTEMPTS,
  imageKey,
  isLastLine,
  isRegionBuild,
  lastLineKey,
  LINES,
  OPEN,
  PENDING,
  regionBuildKey,
  regionBuildPartition,
} from './keys.ts';
import { collect, getItem, getItems, partition, pendingItems } from './reads.ts';
import { recordOf, textOf } from './record.ts';
import { ATTEMPT, LINE, REGION_BUILD } from './shapes.ts';
import type { Table } from './table.ts';

export function dynamoRegionBuilds(table: Table): RegionBuilds {
  return {
    open: () => openBuilds(table),
    async get(id) {
      const item = await getItem(table, regionBuildKey(id));
      return item && recordOf(item, REGION_BUILD);
    },
    async among(ids) {
      const items = await getItems(table, ids.map(regionBuildKey));
      return items.map((item) => recordOf(item, REGION_BUILD));
    },
    async attempts(id) {
      const items = await collect(partition(table, regionBuildPartition(id), { beginsWith: ATTEMPTS }));
      return items.map((item) => recordOf(item, ATTEMPT));
    },
    async untidy() {
      const items = await collect(pendingItems(table, PENDING.TIDY));
      return items.map((item) => recordOf(item, ATTEMPT));
    },
    async leftovers() {
      const items = await collect(pendingItems(table, PENDING.REMOVE));
      return items.map((item) => recordOf(item, ATTEMPT));
    },
    async ofImage(imageArn) {
      const item = await getItem(table, imageKey(imageArn));
      return item && textOf(item, 'regionBuild');
    },
    build: (id) => getBuild(table, id),
    builds: (template, limit) => newestBuilds(table, template, limit),
    async explanation(id) {
      const items = await collect(partition(table, regionBuildPartition(id), { beginsWith: LINES }));
      return toldOnce(items.map((item) => recordOf(item, LINE)));
    },
  };
}

/** Places name region builds; what those are is read after it, so one that has ended meanwhile is left out. */
async function openBuilds(table: Table): Promise<OpenBuilds> {
  const places = await collect(partition(table, OPEN));
  const items = await getItems(
    table,
    places
      .map((place) => textOf(place, 'regionBuild'))
      .flatMap((id) => [regionBuildKey(id), lastLineKey(id)]),
  );
  const builds = items
    .filter(isRegionBuild)
    .map((item) => recordOf(item, REGION_BUILD))
    .filter(({ status }) => isOpen(status))
    .sort(
      by(
        ({ requestedAt }) => requestedAt,
        ({ id }) => id,
      ),
    );
  const lines = new Map(items.filter(isLastLine).map((item) => [item.pk, recordOf(item, LINE)]));
  const waiting = new Map<string, ExplanationLine>();
  for (const { id } of builds) {
    const line = lines.get(regionBuildPartition(id));
    if (line !== undefined) waiting.set(id, line);
  }
  return { builds, waiting };
}

/** The same line twice is told once. */
function toldOnce(lines: readonly ExplanationLine[]): ExplanationLine[] {
  return [...new Map(lines.map((line) => [`${line.at} ${line.rule} ${line.because}`, line])).values()];
}
