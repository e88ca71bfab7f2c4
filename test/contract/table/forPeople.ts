import { describe, expect, test } from 'vitest';
import { ACTIVITY_KEPT, ONCE_KEPT, ONCE_LEASE } from '../../../src/core/keeping.ts';
import type { ActivityEntry, ScanReport } from '../../../src/ports.ts';
import { NOON } from './records.ts';
import type { MakeTable } from './tableUnderTest.ts';

export function scanReportsContract(make: MakeTable): void {
  describe('scan reports', () => {
    test('the last one is kept', async () => {
      const { scanReports } = await make();
      expect(await scanReports.last()).toBeUndefined();
      const problems = [{ base: 'ubuntu-22.04', region: 'eu-west-1', problem: 'AccessDenied' }];
      const report: ScanReport = { at: NOON, succeeded: false, problems };
      await scanReports.save({ at: NOON - 1, succeeded: true, problems: [] });
      await scanReports.save(report);
      expect(await scanReports.last()).toEqual(report);
    });
  });
}

export function onceContract(make: MakeTable): void {
  describe('once', () => {
    test('the first may do it, others find it busy, and done when it was done', async () => {
      const { once } = await make();
      expect(await once.begin('a')).toBe('mine');
      expect(await once.begin('a')).toBe('busy');
      expect(await once.begin('b')).toBe('mine');
      await once.done('a');
      expect(await once.begin('a')).toBe('done');
      expect(await once.begin('b')).toBe('busy');
    });

    test('of many that begin at once one may do it', async () => {
      const { once } = await make();
      const answers = await Promise.all(Array.from({ length: 8 }, () => once.begin('a')));
      expect(answers.filter((answer) => answer === 'mine')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'busy')).toHaveLength(7);
    });

    test('who began and did not come back has died: the next may do it', async () => {
      const { once, clock } = await make();
      await once.begin('a');
      clock.now += ONCE_LEASE - 1;
      expect(await once.begin('a')).toBe('busy');
      clock.now += 1;
      expect(await once.begin('a')).toBe('mine');
      expect(await once.begin('a')).toBe('busy');
    });

    test('what was done is forgotten after some days', async () => {
      const { once, clock } = await make();
      await once.begin('a');
      await once.done('a');
      clock.now += ONCE_KEPT - 1;
      expect(await once.begin('a')).toBe('done');
      clock.now += 1;
      expect(await once.begin('a')).toBe('mine');
    });
  });
}

export function activityContract(make: MakeTable): void {
  const entry = (at: number, text: string): ActivityEntry => ({ at, kind: 'build-finished', text });

  describe('activity', () => {
    test('what happened is told newest first, as much as asked for', async () => {
      const { activity } = await make();
      expect(await activity.recent(10)).toEqual([]);
      const entries = Array.from({ length: 5 }, (_, i) => entry(NOON - i, `number ${i}`));
      for (const [i, each] of [...entries.entries()].reverse()) await activity.note(`key-${i}`, each);
      expect(await activity.recent(3)).toEqual(entries.slice(0, 3));
      expect(await activity.recent(10)).toEqual(entries);
      expect(await activity.recent(0)).toEqual([]);
    });

    test('the same key twice keeps the first, whenever the second says it happened', async () => {
      const { activity } = await make();
      await activity.note('a', entry(NOON, 'first'));
      await activity.note('a', entry(NOON, 'second'));
      await activity.note('a', entry(NOON + 1, 'third'));
      await activity.note('b', entry(NOON, 'another at the same time'));
      expect((await activity.recent(10)).map(({ text }) => text).sort()).toEqual([
        'another at the same time',
        'first',
      ]);
    });

    test('what is older than some weeks is not told', async () => {
      const { activity, clock } = await make();
      await activity.note('a', entry(NOON, 'long ago'));
      await activity.note('b', entry(NOON + 1, 'just not'));
      clock.now = NOON + ACTIVITY_KEPT;
      expect((await activity.recent(10)).map(({ text }) => text)).toEqual(['just not']);
    });
  });
}
