import type { BaseImageUpdate } from '../../core/base-images/pointer.ts';
import { by } from '../../core/by.ts';
import type { BaseImages } from '../../ports.ts';
import {
  baseImagePartition,
  isObservation,
  isUpdate,
  PENDING,
  POINTERS,
  updateAndObservations,
  UPDATES,
} from './keys.ts';
import { collect, partition, pendingItems } from './reads.ts';
import { recordOf, type Item } from './record.ts';
import { OBSERVATION, POINTER, UPDATE } from './shapes.ts';
import type { Table } from './table.ts';

export function dynamoBaseImages(table: Table): BaseImages {
  const read = async (base: string, beginsWith: string) =>
    updatesOf(await collect(partition(table, baseImagePartition(base), { beginsWith })));
  return {
    async pointers() {
      const items = await collect(partition(table, POINTERS));
      return items.map((item) => recordOf(item, POINTER));
    },
    update: async (base, release) => (await read(base, updateAndObservations(release)))[0],
    updates: (base) => read(base, UPDATES),
    async unassessed() {
      const items = await collect(pendingItems(table, PENDING.ASSESS));
      return items
        .map((item) => recordOf(item, UPDATE))
        .map(({ base, release, firstSeenAt }) => ({ base, release, since: firstSeenAt }));
    },
    async dueAgain(now, limit) {
      const items = await collect(
        pendingItems(table, PENDING.ASSESS_AGAIN, { until: now, pageSize: limit }),
        limit,
      );
      return items.map((item) => recordOf(item, UPDATE));
    },
    async unhandled() {
      const items = await collect(pendingItems(table, PENDING.REQUEST_BUILDS));
      return items.map((item) => recordOf(item, OBSERVATION));
    },
  };
}

/** Updates with their observations, newest first. */
function updatesOf(items: readonly Item[]): BaseImageUpdate[] {
  const observations = items
    .filter(isObservation)
    .map((item) => recordOf(item, OBSERVATION))
    .sort(
      by(
        ({ seenAt }) => seenAt,
        ({ region }) => region,
        ({ architecture }) => architecture,
      ),
    );
  return items
    .filter(isUpdate)
    .map((item) => recordOf(item, UPDATE))
    .map((update) => ({
      ...update,
      observations: observations.filter(({ release }) => release === update.release),
    }))
    .sort(
      by(
        ({ firstSeenAt }) => -firstSeenAt,
        ({ release }) => release,
      ),
    );
}
