import { describe, expect, test } from 'vitest';
import type { Write } from '../../../src/core/writes.ts';
import { anAnnouncement } from './records.ts';
import { committed } from './steps.ts';
import type { MakeTable } from './tableUnderTest.ts';

const announce = (pot: string, because?: string): Write => ({
  kind: 'announce',
  announcement: anAnnouncement(pot, because),
});

/** What people are told once. */
export function announcementsContract(make: MakeTable): void {
  describe('announcements', () => {
    test('those that were made are told in the order asked for, the others are absent', async () => {
      const { announcements, commits } = await make();
      const [may, june] = [anAnnouncement('monthly#2040-05'), anAnnouncement('monthly#2040-06')];
      await committed(commits, announce('monthly#2040-05'), announce('monthly#2040-06'));
      const keys = [june.key, 'budget-exhausted:grant:nsf:1000', may.key, june.key];
      expect(await announcements.told(keys)).toEqual([june, may]);
      expect(await announcements.told([])).toEqual([]);
    });

    test('the same one made twice keeps the first, and holds up nothing beside it', async () => {
      const { announcements, commits, pots } = await make();
      await committed(commits, announce('monthly#2040-05', 'first'));
      const reserve: Write = { kind: 'reserve', pot: 'daily', amount: 1, limit: 1 };
      await committed(commits, announce('monthly#2040-05', 'second'), reserve);
      const told = await announcements.told([anAnnouncement('monthly#2040-05').key]);
      expect(told).toMatchObject([{ because: 'first' }]);
      expect(await pots.balances(['daily'])).toHaveLength(1);
    });

    test('of many that make the same one at once all go on, and one is kept', async () => {
      const { announcements, commits } = await make();
      await Promise.all(
        Array.from({ length: 8 }, (_, i) => committed(commits, announce('monthly#2040-05', `said by ${i}`))),
      );
      expect(await announcements.told([anAnnouncement('monthly#2040-05').key])).toHaveLength(1);
    });
  });
}
