import { by } from '../../core/by.ts';
import { ONCE_KEPT } from '../../core/keeping.ts';
import { dayOfLaunch } from '../../core/launches.ts';
import type { Launches } from '../../ports.ts';
import { kept } from './kept.ts';
import type { Writing } from './ownWrites.ts';

export function memoryLaunches({ store, writing, now }: Writing): Launches {
  return {
    note: ({ id, template, at }) =>
      writing.write(() => {
        if (now() - (store.launches.get(id) ?? -Infinity) < ONCE_KEPT) return;
        store.launches.set(id, now());
        const day = dayOfLaunch(at);
        const key = `${day}/${template}`;
        store.launchDays.set(
          key,
          kept({ template, day, count: (store.launchDays.get(key)?.count ?? 0) + 1 }),
        );
      }),
    last: async () =>
      [...store.launchDays.values()].reduce<number | undefined>(
        (last, { day }) => Math.max(last ?? day, day),
        undefined,
      ),
    since: async (from) =>
      [...store.launchDays.values()]
        .filter(({ day }) => day >= dayOfLaunch(from))
        .sort(
          by(
            ({ day }) => day,
            ({ template }) => template,
          ),
        ),
  };
}
