import { describe, expect, test } from 'vitest';
import { enqueue } from '../../../src/core/builds/enqueue.ts';
import { grant, type Given } from '../../../src/core/builds/grant.ts';
import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import { newTargetState } from '../../../src/core/builds/target.ts';
import { HOUR } from '../../../src/core/words.ts';
import type { Write } from '../../../src/core/writes.ts';
import type { Commits } from '../../../src/ports.ts';
import { aRegionBuild, HERE, NOON } from './records.ts';
import { committed } from './steps.ts';
import type { MakeTable } from './tableUnderTest.ts';

const times = <T>(n: number, each: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => each(i));

async function queue(commits: Commits, build: RegionBuild): Promise<void> {
  await committed(
    commits,
    { kind: 'region-build', after: build, expects: null },
    { kind: 'enter-queue', target: build, regionBuild: build.id },
  );
}

/** All that a grant takes, from a region with one slot and pots that can pay once. */
const given = (slot: number, limit: number): Given => ({
  slot,
  baseImageId: 'ami-0base',
  baseImageName: 'al2023-ami-2023.9',
  baseRelease: '2023.9',
  fingerprint: 'f1',
  instanceType: 't3.medium',
  maximumDuration: HOUR,
  hourlyCost: 41_600,
  amount: 100,
  holdings: [
    { key: 'daily#2040-01-02', amount: 100, share: 10_000, limit },
    { key: 'monthly#2040-01', amount: 100, share: 10_000, limit: 1_000_000 },
  ],
});

/** What holds of the table when many write at once. `crowd`: how many there are on one pot. */
export function contentionContract(make: MakeTable, crowd: number): void {
  describe('many at once', () => {
    test('two dispatchers grant the same region build: one does', async () => {
      const { commits, regionBuilds, slots, pots } = await make();
      const build = aRegionBuild();
      await queue(commits, build);
      const { writes } = grant(build, given(1, 1_000), NOON);
      const results = await Promise.all([commits.commit(writes), commits.commit(writes)]);
      expect(results.filter((result) => result.committed)).toHaveLength(1);
      expect(await slots.taken('us-east-1')).toHaveLength(1);
      expect(await regionBuilds.attempts(build.id)).toHaveLength(1);
      expect(await pots.balances(['daily#2040-01-02', 'monthly#2040-01'])).toMatchObject([
        { reserved: 100 },
        { reserved: 100 },
      ]);
    });

    test.each([
      { last: 'slot', slots: [1, 1], limit: 1_000_000, refused: 'take-slot' },
      { last: 'dollar', slots: [1, 2], limit: 199, refused: 'reserve' },
    ])('two dispatchers on the last $last: one region build gets it', async (on) => {
      const { commits, regionBuilds, slots, pots } = await make();
      const builds = [aRegionBuild({ template: 'a' }), aRegionBuild({ template: 'b' })];
      for (const build of builds) await queue(commits, build);
      const results = await Promise.all(
        builds.map((build, i) => commits.commit(grant(build, given(on.slots[i]!, on.limit), NOON).writes)),
      );
      expect(results.filter(({ committed }) => committed)).toHaveLength(1);
      const lost = results.find((result) => !result.committed);
      expect(lost?.conflicts.map(({ kind }) => kind)).toEqual([on.refused]);
      expect(await slots.taken('us-east-1')).toHaveLength(1);
      expect(await pots.balances(['daily#2040-01-02'])).toMatchObject([{ reserved: 100 }]);
      const statuses = (await regionBuilds.open()).builds.map(({ status }) => status);
      expect(statuses.sort()).toEqual(['granted', 'queued']);
    });

    test('two that ask for the same target: one region build', async () => {
      const { commits, regionBuilds, targets } = await make();
      const asked = (build: string) => {
        const wish = aRegionBuild();
        return enqueue(wish, { state: newTargetState(HERE), stored: false }, { id: build, because: build })
          .writes;
      };
      const results = await Promise.all(times(8, (i) => commits.commit(asked(`build-${i}`))));
      expect(results.filter((result) => result.committed)).toHaveLength(1);
      expect((await regionBuilds.open()).builds).toHaveLength(1);
      expect(await targets.all()).toMatchObject([{ sequence: 1, revision: 1 }]);
      expect(await regionBuilds.builds('python-ml', 100)).toHaveLength(1);
    });

    test(`${crowd} equal reservations of one pot: as many as it can pay, to the millionth`, async () => {
      const { commits, pots } = await make();
      const amount = 333_333;
      const limit = amount * Math.floor(crowd * 0.6) + 7;
      const results = await Promise.all(
        times(crowd, () => commits.commit([{ kind: 'reserve', pot: 'monthly', amount, limit }])),
      );
      const paid = Math.floor(limit / amount);
      expect(results.filter((result) => result.committed)).toHaveLength(paid);
      expect(await pots.balances(['monthly'])).toEqual([
        { key: 'monthly', reserved: paid * amount, settled: 0, overrun: 0 },
      ]);
    });

    test('reservations and settlements between each other leave exactly what they should', async () => {
      const { commits, pots } = await make();
      const n = Math.floor(crowd / 5);
      await committed(commits, { kind: 'reserve', pot: 'monthly', amount: n * 1_000, limit: n * 1_000 });
      const results = await Promise.all([
        ...times(n, () => commits.commit([{ kind: 'settle', pot: 'monthly', ceiling: 1_000, cost: 400 }])),
        ...times(n, () =>
          commits.commit([{ kind: 'reserve', pot: 'monthly', amount: 600, limit: n * 1_000 }]),
        ),
      ]);
      const reserved = results.slice(n).filter((result) => result.committed).length;
      expect(await pots.balances(['monthly'])).toEqual([
        { key: 'monthly', reserved: reserved * 600, settled: n * 400, overrun: 0 },
      ]);
    });

    test('no slot has two owners', async () => {
      const { commits, slots } = await make();
      const take = (i: number): Write => ({
        kind: 'take-slot',
        region: 'us-east-1',
        slot: i % 10,
        regionBuild: `build-${i}`,
        attempt: 1,
      });
      const results = await Promise.all(times(40, (i) => commits.commit([take(i)])));
      expect(results.filter((result) => result.committed)).toHaveLength(10);
      expect((await slots.taken('us-east-1')).map(({ slot }) => slot)).toEqual(times(10, (i) => i));
    });

    test('members join one build at once and all belong to it', async () => {
      const { commits, regionBuilds } = await make();
      const ids = times(20, (i) => `region-build-${String(i).padStart(2, '0')}`);
      await Promise.all(
        ids.map((regionBuild) =>
          committed(commits, {
            kind: 'build-member',
            build: 'b1',
            template: 'python-ml',
            because: 'asked',
            requestedAt: NOON,
            regionBuild,
          }),
        ),
      );
      expect((await regionBuilds.build('b1'))?.regionBuilds).toEqual(ids);
    });
  });
}
