import { describe, expect, test } from 'vitest';
import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import type { Write } from '../../../src/core/writes.ts';
import { aRegionBuild, anAttempt, NOON } from './records.ts';
import { committed } from './steps.ts';
import type { MakeTable } from './tableUnderTest.ts';

const saved = (after: RegionBuild): Write => ({
  kind: 'region-build',
  after,
  expects: after.revision === 1 ? null : after.revision - 1,
});
const queued = (build: RegionBuild): Write[] => [
  saved(build),
  { kind: 'enter-queue', target: build, regionBuild: build.id },
];
const line = (regionBuild: string, at: number, because: string): Write => ({
  kind: 'explain',
  regionBuild,
  line: { at, rule: 'off-peak', because },
});
const member = (build: string, regionBuild: string, requestedAt = NOON): Write => ({
  kind: 'build-member',
  build,
  template: 'python-ml',
  because: `${build} was asked for`,
  requestedAt,
  regionBuild,
});

/** Region builds: the queue, their story, their attempts, and what people asked for. */
export function regionBuildsContract(make: MakeTable): void {
  describe('region builds', () => {
    test('what is not there is undefined or empty', async () => {
      const { regionBuilds } = await make();
      expect(await regionBuilds.get('none')).toBeUndefined();
      expect(await regionBuilds.build('none')).toBeUndefined();
      expect(await regionBuilds.ofImage('none')).toBeUndefined();
      expect(await regionBuilds.attempts('none')).toEqual([]);
      expect(await regionBuilds.explanation('none')).toEqual([]);
      expect(await regionBuilds.builds('none', 10)).toEqual([]);
      expect(await regionBuilds.untidy()).toEqual([]);
      expect(await regionBuilds.open()).toEqual({ builds: [], waiting: new Map() });
    });

    test('a region build is read as it was written', async () => {
      const { regionBuilds, commits } = await make();
      const build = aRegionBuild({
        failure: { at: NOON, attempt: 1, error: 'ImageFailed', reason: 'tests failed', transient: false },
        notBefore: NOON + 1,
        maxCost: 123_456_789_012,
      });
      await committed(commits, saved(build));
      expect(await regionBuilds.get(build.id)).toEqual(build);
    });

    test('many are read at once: those that exist, each once, whatever else is asked for', async () => {
      const { regionBuilds, commits } = await make();
      const builds = Array.from({ length: 60 }, (_, i) => aRegionBuild({ template: `template-${i}` }));
      for (const build of builds) await committed(commits, saved(build));
      const ids = builds.map(({ id }) => id);
      const among = await regionBuilds.among([...ids, ...ids, 'none', ...ids.map((id) => `${id}-not`)]);
      expect(new Map(among.map((build) => [build.id, build]))).toEqual(
        new Map(builds.map((build) => [build.id, build])),
      );
      expect(among).toHaveLength(builds.length);
      expect(await regionBuilds.among([])).toEqual([]);
    });

    test('the queue has what waits and what runs, oldest first, each with its last line', async () => {
      const { regionBuilds, commits } = await make();
      const later = aRegionBuild({ requestedAt: NOON + 2 });
      const sooner = aRegionBuild({ template: 'r-stats', requestedAt: NOON + 1 });
      const runs = aRegionBuild({ template: 'julia', status: 'running' });
      await committed(commits, ...queued(later), line(later.id, NOON + 5, 'waits for its window'));
      await committed(commits, ...queued(sooner));
      await committed(commits, saved(runs), { kind: 'enter-running', target: runs, regionBuild: runs.id });
      await committed(commits, line(later.id, NOON + 6, 'waits for a slot'), line(runs.id, NOON, 'granted'));
      expect(await regionBuilds.open()).toEqual({
        builds: [runs, sooner, later],
        waiting: new Map([
          [later.id, { at: NOON + 6, rule: 'off-peak', because: 'waits for a slot' }],
          [runs.id, { at: NOON, rule: 'off-peak', because: 'granted' }],
        ]),
      });
    });

    test('a target may have one that runs and one that waits', async () => {
      const { regionBuilds, commits } = await make();
      const runs = aRegionBuild({ status: 'running' });
      const next = aRegionBuild({ sequence: 2 });
      await committed(commits, saved(runs), { kind: 'enter-running', target: runs, regionBuild: runs.id });
      await committed(commits, ...queued(next));
      expect((await regionBuilds.open()).builds.map(({ id }) => id)).toEqual([runs.id, next.id]);
    });

    test('one that has ended is not in the queue', async () => {
      const { regionBuilds, commits } = await make();
      const build = aRegionBuild();
      await committed(commits, ...queued(build));
      await committed(commits, saved({ ...build, status: 'cancelled', revision: 2 }), {
        kind: 'leave-queue',
        target: build,
        regionBuild: build.id,
      });
      expect((await regionBuilds.open()).builds).toEqual([]);
      expect(await regionBuilds.get(build.id)).toMatchObject({ status: 'cancelled' });
    });

    test('a long queue is read whole', async () => {
      const { regionBuilds, commits } = await make();
      const builds = Array.from({ length: 230 }, (_, i) =>
        aRegionBuild({ template: `t-${String(i).padStart(3, '0')}`, requestedAt: NOON + i }),
      );
      for (let i = 0; i < builds.length; i += 20)
        await committed(
          commits,
          ...builds.slice(i, i + 20).flatMap((build) => [...queued(build), line(build.id, NOON, build.id)]),
        );
      const open = await regionBuilds.open();
      expect(open.builds).toEqual(builds);
      expect(open.waiting.size).toBe(builds.length);
    });

    test('a story is told oldest first, lines of one instant in the order they were written', async () => {
      const { regionBuilds, commits, clock } = await make();
      await committed(
        commits,
        line('a', NOON + 9, 'last'),
        line('a', NOON, 'first'),
        line('a', NOON, 'second'),
      );
      clock.now += 1;
      await committed(commits, line('a', NOON, 'third'), line('b', NOON, 'of another'));
      const story = await regionBuilds.explanation('a');
      expect(story.map(({ because }) => because)).toEqual(['first', 'second', 'third', 'last']);
    });

    test('a line told twice is told once', async () => {
      const { regionBuilds, commits, clock } = await make();
      await committed(commits, line('a', NOON, 'waits'), line('a', NOON, 'still waits'));
      clock.now += 1;
      await committed(commits, line('a', NOON, 'waits'));
      const story = await regionBuilds.explanation('a');
      expect(story.map(({ because }) => because)).toEqual(['waits', 'still waits']);
    });

    test('attempts are listed in their order, and those not tidied by themselves', async () => {
      const { regionBuilds, commits } = await make();
      const first = anAttempt({ state: 'settled', endedAt: NOON + 5, cost: 12 });
      const second = anAttempt({ attempt: 2 });
      const tenth = anAttempt({ attempt: 10, state: 'released', endedAt: NOON + 1 });
      await committed(commits, { kind: 'attempt', after: tenth, expects: null, pending: 'tidy' });
      await committed(commits, { kind: 'attempt', after: first, expects: null, pending: 'tidy' });
      await committed(commits, { kind: 'attempt', after: second, expects: null });
      expect(await regionBuilds.attempts(first.regionBuild)).toEqual([first, second, tenth]);
      expect(await regionBuilds.untidy()).toEqual([tenth, first]);
      await committed(commits, { kind: 'attempt', after: first, expects: 'settled' });
      expect(await regionBuilds.untidy()).toEqual([tenth]);
    });

    test('ended attempts whose image is left are listed, oldest first, until it was removed', async () => {
      const { regionBuilds, commits } = await make();
      const late = anAttempt({ state: 'settled', endedAt: NOON + 5, cost: 12 });
      const early = anAttempt({ attempt: 2, state: 'released', endedAt: NOON + 1 });
      await committed(commits, { kind: 'attempt', after: late, expects: null, pending: 'remove' });
      await committed(commits, { kind: 'attempt', after: early, expects: null, pending: 'remove' });
      expect(await regionBuilds.leftovers()).toEqual([early, late]);
      expect(await regionBuilds.untidy()).toEqual([]);
      await committed(commits, { kind: 'attempt', after: early, expects: 'released' });
      expect(await regionBuilds.leftovers()).toEqual([late]);
    });

    test('an image leads to its region build', async () => {
      const { regionBuilds, commits } = await make();
      await committed(commits, { kind: 'image-owner', imageArn: 'arn:image/1', regionBuild: 'a' });
      expect(await regionBuilds.ofImage('arn:image/1')).toBe('a');
    });

    test('a build is what its first member says, with all who joined since', async () => {
      const { regionBuilds, commits } = await make();
      await committed(commits, member('b1', 'z'), member('b1', 'y', NOON - 5));
      await committed(commits, { ...member('b1', 'x', NOON + 5), because: 'something else' } as Write);
      expect(await regionBuilds.build('b1')).toEqual({
        id: 'b1',
        template: 'python-ml',
        because: 'b1 was asked for',
        requestedAt: NOON,
        regionBuilds: ['x', 'y', 'z'],
      });
    });

    test('builds of a template are listed newest first, each once, as many as asked for', async () => {
      const { regionBuilds, commits } = await make();
      for (const [i, name] of ['b1', 'b2', 'b3', 'b4'].entries()) {
        await committed(commits, member(name, 'x', NOON + i));
        await committed(commits, member(name, 'y', NOON + 10 - i));
      }
      await committed(commits, { ...member('b9', 'x'), template: 'r-stats' } as Write);
      const newest = await regionBuilds.builds('python-ml', 3);
      expect(newest.map(({ id }) => id)).toEqual(['b4', 'b3', 'b2']);
      expect(await regionBuilds.builds('python-ml', 100)).toHaveLength(4);
      expect(await regionBuilds.builds('python-ml', 0)).toEqual([]);
    });
  });
}
