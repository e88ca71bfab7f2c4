import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/core/words.ts';
import { NOON } from './records.ts';
import type { MakeTable } from './tableUnderTest.ts';

const MIDNIGHT = NOON - 12 * HOUR;

/** How often templates are launched. */
export function launchesContract(make: MakeTable): void {
  describe('launches', () => {
    test('are counted by template and day, oldest first', async () => {
      const { launches } = await make();
      expect(await launches.since(0)).toEqual([]);
      expect(await launches.last()).toBeUndefined();
      const at = [NOON, NOON + HOUR, NOON - DAY, NOON - 3 * DAY];
      for (const [i, each] of at.entries())
        await launches.note({ id: `${i}`, template: 'r-stats', at: each });
      await launches.note({ id: 'other', template: 'python-ml', at: NOON });
      const all = [
        { template: 'r-stats', day: MIDNIGHT - 3 * DAY, count: 1 },
        { template: 'r-stats', day: MIDNIGHT - DAY, count: 1 },
        { template: 'python-ml', day: MIDNIGHT, count: 1 },
        { template: 'r-stats', day: MIDNIGHT, count: 2 },
      ];
      expect(await launches.since(0)).toEqual(all);
      expect(await launches.since(NOON - DAY)).toEqual(all.slice(1));
      expect(await launches.since(NOON + DAY)).toEqual([]);
      expect(await launches.last()).toBe(MIDNIGHT);
    });

    test('the same launch told again and at once counts once', async () => {
      const { launches } = await make();
      const launch = { id: 'a', template: 'r-stats', at: NOON };
      await Promise.all(Array.from({ length: 8 }, () => launches.note(launch)));
      await launches.note({ ...launch, at: NOON + DAY });
      expect(await launches.since(0)).toEqual([{ template: 'r-stats', day: MIDNIGHT, count: 1 }]);
    });

    test('many at once are all counted', async () => {
      const { launches } = await make();
      await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          launches.note({ id: `${i}`, template: 'r-stats', at: NOON + i }),
        ),
      );
      expect(await launches.since(0)).toMatchObject([{ count: 30 }]);
    });
  });
}
