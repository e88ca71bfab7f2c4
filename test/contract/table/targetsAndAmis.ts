import { describe, expect, test } from 'vitest';
import { rollback } from '../../../src/core/builds/rollback.ts';
import type { Ami } from '../../../src/core/builds/target.ts';
import { anAmi, aTargetState, NOON } from './records.ts';
import { committed } from './steps.ts';
import type { MakeTable } from './tableUnderTest.ts';

/** What is true of every template in every place. */
export function targetsContract(make: MakeTable): void {
  describe('targets', () => {
    test('there are none at first', async () => {
      const { targets } = await make();
      expect(await targets.all()).toEqual([]);
      expect(await targets.of('python-ml')).toEqual([]);
    });

    test('they are read as they were written, all or those of one template', async () => {
      const { targets, commits } = await make();
      const here = aTargetState({
        active: {
          amiId: 'ami-1',
          fingerprint: 'f',
          baseImageId: 'b',
          baseRelease: '1',
          regionBuild: 'r',
          at: NOON,
        },
        durations: [60_000, 61_000],
      });
      const there = aTargetState({ region: 'us-west-2' });
      const another = aTargetState({ template: 'python-ml-gpu' });
      for (const after of [another, there, here])
        await committed(commits, { kind: 'target', after, expects: null });
      expect(await targets.of('python-ml')).toEqual([here, there]);
      const all = await targets.all();
      expect(all).toHaveLength(3);
      expect(all).toEqual(expect.arrayContaining([here, there, another]));
    });

    test('what a rollback forgets is gone, and what it remembers is kept', async () => {
      const { targets, amis, commits } = await make();
      const [old, bad] = [anAmi({ amiId: 'ami-old', state: 'superseded' }), anAmi({ amiId: 'ami-bad' })];
      const activeOf = ({ amiId, fingerprint, baseImageId, baseRelease, regionBuild }: Ami) => ({
        ...{ amiId, fingerprint, baseImageId, baseRelease, regionBuild },
        at: NOON,
      });
      const left = { ...bad, state: 'active' } as const;
      const before = aTargetState({ active: activeOf(left), previous: activeOf(old) });
      await committed(
        commits,
        { kind: 'target', after: before, expects: null },
        { kind: 'ami', after: old, expects: null },
        { kind: 'ami', after: left, expects: null },
      );
      const back = rollback(before, [old, left], 'by ada', NOON + 1);
      if (back.kind === 'nothing') throw new Error(back.because);
      await committed(commits, ...back.writes);
      const [after] = await targets.of('python-ml');
      expect(after).toMatchObject({
        active: { amiId: 'ami-old' },
        rolledBack: { amiId: 'ami-bad', fingerprint: bad.fingerprint, at: NOON + 1, because: 'by ada' },
      });
      expect(after).not.toHaveProperty('previous');
      expect(await amis.unpublished()).toEqual([back.to]);
      expect(await amis.get('python-ml', 'ami-bad')).toMatchObject({ state: 'superseded' });
    });

    test('more of them than one answer holds are read whole', async () => {
      const { targets, commits } = await make();
      const reason = 'r'.repeat(60_000);
      const states = Array.from({ length: 40 }, (_, i) =>
        aTargetState({
          template: `t-${String(i).padStart(2, '0')}`,
          lastFailure: { fingerprint: 'f', at: NOON, reason },
        }),
      );
      for (const after of states) await committed(commits, { kind: 'target', after, expects: null });
      expect(await targets.all()).toEqual(states);
    });
  });
}

/** The AMIs we made. */
export function amisContract(make: MakeTable): void {
  describe('AMIs', () => {
    test('there are none at first', async () => {
      const { amis } = await make();
      expect(await amis.of('python-ml')).toEqual([]);
      expect(await amis.get('python-ml', 'ami-1')).toBeUndefined();
      expect(await amis.unpublished()).toEqual([]);
    });

    test('they are read by their template, and one of them by its id', async () => {
      const { amis, commits } = await make();
      const first = anAmi({ amiId: 'ami-1' });
      const second = anAmi({ amiId: 'ami-2', replaces: 'ami-1', promotedAt: NOON });
      const another = anAmi({ template: 'r-stats', amiId: 'ami-3' });
      for (const after of [second, first, another])
        await committed(commits, { kind: 'ami', after, expects: null });
      expect(await amis.of('python-ml')).toEqual([first, second]);
      expect(await amis.get('python-ml', 'ami-2')).toEqual(second);
      expect(await amis.get('python-ml', 'ami-3')).toBeUndefined();
    });

    test('those to be published are listed, oldest first', async () => {
      const { amis, commits } = await make();
      const younger = anAmi({ amiId: 'ami-1', createdAt: NOON + 1 });
      const older = anAmi({ amiId: 'ami-2', template: 'r-stats' });
      const done = anAmi({ amiId: 'ami-3' });
      await committed(commits, { kind: 'ami', after: younger, expects: null, pending: 'publish' });
      await committed(commits, { kind: 'ami', after: older, expects: null, pending: 'publish' });
      await committed(commits, { kind: 'ami', after: done, expects: null });
      expect(await amis.unpublished()).toEqual([older, younger]);
      expect(await amis.retiring()).toEqual([]);
    });

    test('those of which EC2 must be told that they leave are listed, oldest first, until it was', async () => {
      const { amis, commits } = await make();
      const leaving = { state: 'deprecated', supersededAt: NOON, deprecatedAt: NOON + 1 } as const;
      const younger = anAmi({ amiId: 'ami-1', createdAt: NOON + 1, ...leaving });
      const older = anAmi({ amiId: 'ami-2', template: 'r-stats', ...leaving });
      for (const after of [younger, older])
        await committed(commits, { kind: 'ami', after, expects: null, pending: 'retire' });
      expect(await amis.retiring()).toEqual([older, younger]);
      expect(await amis.unpublished()).toEqual([]);
      await committed(commits, { kind: 'ami', after: older, expects: 'deprecated' });
      expect(await amis.retiring()).toEqual([younger]);
      expect(await amis.get('r-stats', 'ami-2')).toEqual(older);
    });

    test('a mark is not written over by who has not seen it', async () => {
      const { amis, commits } = await make();
      const marked = anAmi({ amiId: 'ami-1', state: 'disabled' });
      const seen = { ...marked, heldBack: { at: NOON, because: 'it is still used' } };
      const unseen = { kind: 'ami', after: seen, expects: 'disabled', unmarked: true } as const;
      await committed(commits, { kind: 'ami', after: marked, expects: null, pending: 'retire' });
      expect((await commits.commit([unseen])).committed).toBe(false);
      expect(await amis.retiring()).toEqual([marked]);
      await committed(commits, { kind: 'ami', after: marked, expects: 'disabled' });
      await committed(commits, unseen);
      expect(await amis.get('python-ml', 'ami-1')).toEqual(seen);
    });

    test('one that is to be published takes the place of one that leaves', async () => {
      const { amis, commits } = await make();
      const leaving = anAmi({ amiId: 'ami-1', state: 'deprecated' });
      const back = { ...leaving, state: 'active' } as const;
      await committed(commits, { kind: 'ami', after: leaving, expects: null, pending: 'retire' });
      await committed(commits, { kind: 'ami', after: back, expects: 'deprecated', pending: 'publish' });
      expect(await amis.retiring()).toEqual([]);
      expect(await amis.unpublished()).toEqual([back]);
    });
  });
}
