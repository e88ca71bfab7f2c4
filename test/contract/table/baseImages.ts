import { describe, expect, test } from 'vitest';
import type { Write } from '../../../src/core/writes.ts';
import { aPointer, anAssessment, anObservation, BASE, NOON } from './records.ts';
import { committed } from './steps.ts';
import type { MakeTable } from './tableUnderTest.ts';

const seen = (release: string, at: number, base = BASE): Write => ({
  kind: 'update-seen',
  base,
  release,
  at,
});
const observed = (change: Parameters<typeof anObservation>[0]): Write => ({
  kind: 'observation',
  after: anObservation(change),
});

/** What upstream did: pointers, updates with their observations, and what somebody must still do about them. */
export function baseImagesContract(make: MakeTable): void {
  describe('base images', () => {
    test('what is not there is undefined or empty', async () => {
      const { baseImages } = await make();
      expect(await baseImages.pointers()).toEqual([]);
      expect(await baseImages.update(BASE, '2023.9')).toBeUndefined();
      expect(await baseImages.updates(BASE)).toEqual([]);
      expect(await baseImages.unassessed()).toEqual([]);
      expect(await baseImages.unhandled()).toEqual([]);
    });

    test('every pointer is read as it stands now', async () => {
      const { baseImages, commits } = await make();
      const here = aPointer();
      const there = aPointer({ region: 'us-west-2', imageCreatedAt: NOON - 5 });
      const another = aPointer({ base: 'ubuntu-22.04' });
      for (const after of [there, here, another])
        await committed(commits, { kind: 'pointer', after, expects: null });
      const moved = aPointer({ imageId: 'ami-0next', parameterVersion: 8 });
      await committed(commits, {
        kind: 'pointer',
        after: moved,
        expects: { imageId: 'ami-0base', parameterVersion: 7 },
      });
      expect(await baseImages.pointers()).toEqual([moved, there, another]);
    });

    test('an update has its observations, in the order they were made', async () => {
      const { baseImages, commits } = await make();
      await committed(commits, seen('2023.9', NOON), observed({}));
      await committed(commits, seen('2023.9', NOON + 5), observed({ region: 'eu-west-1', seenAt: NOON + 5 }));
      await committed(commits, seen('2023.90', NOON + 1), observed({ release: '2023.90', seenAt: NOON + 1 }));
      expect(await baseImages.update(BASE, '2023.9')).toEqual({
        base: BASE,
        release: '2023.9',
        firstSeenAt: NOON,
        observations: [anObservation(), anObservation({ region: 'eu-west-1', seenAt: NOON + 5 })],
      });
    });

    test('updates of a base are listed newest first', async () => {
      const { baseImages, commits } = await make();
      await committed(commits, seen('2023.10', NOON), seen('2023.9', NOON + 1), seen('2023.11', NOON + 2));
      await committed(commits, seen('22.04', NOON, 'ubuntu-22.04'));
      expect((await baseImages.updates(BASE)).map(({ release }) => release)).toEqual([
        '2023.11',
        '2023.9',
        '2023.10',
      ]);
    });

    test('an update waits for its assessment, then shows it', async () => {
      const { baseImages, commits } = await make();
      await committed(commits, seen('2', NOON + 1), seen('1', NOON));
      expect(await baseImages.unassessed()).toEqual([
        { base: BASE, release: '1', since: NOON },
        { base: BASE, release: '2', since: NOON + 1 },
      ]);
      const assessment = anAssessment();
      await committed(commits, { kind: 'assessment', base: BASE, release: '1', assessment, expects: null });
      expect(await baseImages.unassessed()).toEqual([{ base: BASE, release: '2', since: NOON + 1 }]);
      expect(await baseImages.update(BASE, '1')).toMatchObject({ firstSeenAt: NOON, assessment });
      await committed(commits, seen('1', NOON + 9));
      expect(await baseImages.unassessed()).toHaveLength(1);
    });

    test('an update waits on while steps of its assessment are left', async () => {
      const { baseImages, commits } = await make();
      await committed(commits, seen('1', NOON));
      const part = anAssessment({ assessedAt: NOON + 1 });
      await committed(commits, {
        ...{ kind: 'assessment', base: BASE, release: '1', assessment: part, expects: null },
        pending: { work: 'assess', since: NOON },
      });
      expect(await baseImages.unassessed()).toEqual([{ base: BASE, release: '1', since: NOON }]);
      expect(await baseImages.update(BASE, '1')).toMatchObject({ assessment: part });
      const whole = anAssessment({ assessedAt: NOON + 2, level: 'critical' });
      const [base, release, expects] = [BASE, '1', NOON + 1];
      await committed(commits, { kind: 'assessment', base, release, assessment: whole, expects });
      expect(await baseImages.unassessed()).toEqual([]);
      expect(await baseImages.update(BASE, '1')).toMatchObject({ assessment: whole });
    });

    test('updates are due again from the time they were marked with, the longest due first', async () => {
      const { baseImages, commits } = await make();
      const releases = ['1', '2', '3', '4'];
      await committed(commits, ...releases.map((release) => seen(release, NOON)));
      const assessment = anAssessment({ assessedAt: NOON });
      const marked = (release: string, since?: number, expects: number | null = null): Write => ({
        ...{ kind: 'assessment', base: BASE, release, assessment, expects },
        ...(since === undefined ? {} : { pending: { work: 'assess-again', since } }),
      });
      await committed(
        commits,
        marked('1', NOON + 3),
        marked('2', NOON + 1),
        marked('3', NOON + 2),
        marked('4'),
      );
      const due = async (now: number, limit = 9) =>
        (await baseImages.dueAgain(now, limit)).map(({ release }) => release);
      expect(await due(NOON)).toEqual([]);
      expect(await due(NOON + 2)).toEqual(['2', '3']);
      expect(await due(NOON + 9)).toEqual(['2', '3', '1']);
      expect(await due(NOON + 9, 2)).toEqual(['2', '3']);
      expect(await baseImages.dueAgain(NOON + 1, 9)).toEqual([
        { base: BASE, release: '2', firstSeenAt: NOON, assessment },
      ]);
      expect(await baseImages.unassessed()).toEqual([]);
      await committed(commits, marked('2', undefined, NOON));
      expect(await due(NOON + 9)).toEqual(['3', '1']);
    });

    test('an observation waits until builds were requested for it', async () => {
      const { baseImages, commits } = await make();
      const later = anObservation({ region: 'us-west-2', seenAt: NOON + 1 });
      await committed(commits, seen('2023.9', NOON), observed(later), observed({}));
      expect(await baseImages.unhandled()).toEqual([anObservation(), later]);
      await committed(commits, { kind: 'observation-handled', observation: anObservation() });
      expect(await baseImages.unhandled()).toEqual([later]);
      expect((await baseImages.update(BASE, '2023.9'))?.observations).toHaveLength(2);
    });

    test('a place that gets a release again is observed anew', async () => {
      const { baseImages, commits } = await make();
      await committed(commits, seen('2023.9', NOON), observed({}));
      await committed(commits, { kind: 'observation-handled', observation: anObservation() });
      const again = anObservation({ seenAt: NOON + 7, previousRelease: '2023.10' });
      await committed(commits, observed(again));
      expect(await baseImages.unhandled()).toEqual([again]);
      expect((await baseImages.update(BASE, '2023.9'))?.observations).toEqual([again]);
    });
  });
}
