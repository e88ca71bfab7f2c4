import { describe, expect, test } from 'vitest';
import { cancel } from '../../../src/core/builds/finish.ts';
import { type Given, grant } from '../../../src/core/builds/grant.ts';
import { HOUR } from '../../../src/core/words.ts';
import type { Write } from '../../../src/core/writes.ts';
import { MAXIMUM_ACTIONS } from '../../../src/core/oneCommit.ts';
import { ALWAYS_HOLD, HOLDS, REFUSED } from './conditions.ts';
import { aRegionBuild, anAmi, anAttempt, HERE, NOON } from './records.ts';
import { committed } from './steps.ts';
import type { MakeTable } from './tableUnderTest.ts';

const bystander: Write = {
  kind: 'take-slot',
  region: 'eu-west-1',
  slot: 9,
  regionBuild: 'bystander',
  attempt: 1,
};
const GIVEN: Given = {
  slot: 4,
  amount: 60,
  holdings: [{ key: 'daily', amount: 60, share: 10_000, limit: 100 }],
  baseImageId: 'ami-0base',
  baseImageName: 'al2023-1',
  baseRelease: '1',
  fingerprint: 'f',
  instanceType: 'm7i.large',
  maximumDuration: HOUR,
  hourlyCost: 1,
};
const lines = (n: number): Write[] =>
  Array.from({ length: n }, (_, i) => ({
    kind: 'explain',
    regionBuild: `build-${i}`,
    line: { at: NOON, rule: 'slots', because: 'all slots are taken' },
  }));

/** Every kind of write with its condition, and what holds of a list of them. */
export function commitsContract(make: MakeTable): void {
  describe('commits', () => {
    test.each(HOLDS)('$write.kind holds for $says', async ({ before = [], write }) => {
      const { commits } = await make();
      for (const earlier of before) await committed(commits, earlier);
      expect(await commits.commit([write])).toEqual({ committed: true });
    });

    test.each(REFUSED)(
      '$write.kind is refused for $says, and nothing is written',
      async ({ before = [], write }) => {
        const { commits, slots } = await make();
        for (const earlier of before) await committed(commits, earlier);
        expect(await commits.commit([bystander, write])).toEqual({ committed: false, conflicts: [write] });
        expect(await slots.taken('eu-west-1')).toEqual([]);
      },
    );

    test('every kind of write is tried, both ways where it has a condition', () => {
      const kinds = (cases: typeof HOLDS) => new Set(cases.map(({ write }) => write.kind));
      expect(kinds(HOLDS)).toEqual(new Set([...kinds(REFUSED), ...ALWAYS_HOLD]));
      expect(kinds(HOLDS).size).toBe(Object.keys(EVERY_KIND).length);
    });

    test('all writes that did not hold are named, and no others', async () => {
      const { commits } = await make();
      const taken: Write = { kind: 'take-slot', region: 'us-east-1', slot: 1, regionBuild: 'a', attempt: 1 };
      await committed(commits, taken);
      const late: Write = { ...taken, regionBuild: 'b' };
      const unpaid: Write = { kind: 'reserve', pot: 'daily', amount: 2, limit: 1 };
      expect(await commits.commit([late, bystander, unpaid])).toEqual({
        committed: false,
        conflicts: [late, unpaid],
      });
    });

    test('the end of a build whose slot is another’s by now is refused by that alone, and goes without it', async () => {
      const { commits, slots, regionBuilds } = await make();
      const queued = aRegionBuild();
      const { id, region } = queued;
      const { regionBuild: granted, writes } = grant(queued, GIVEN, NOON);
      await committed(commits, { kind: 'region-build', after: queued, expects: null });
      await committed(commits, { kind: 'enter-queue', target: queued, regionBuild: id });
      await committed(commits, ...writes);
      const own = { region, slot: GIVEN.slot, regionBuild: id, attempt: 1 };
      const others = { ...own, regionBuild: 'another' };
      await committed(commits, { kind: 'free-slot', ...own });
      await committed(commits, { kind: 'take-slot', ...others });
      expect(await commits.commit(cancel(granted, 'by ada', 0, NOON))).toEqual({
        committed: false,
        conflicts: [{ kind: 'free-slot', ...own }],
      });
      await committed(commits, ...cancel(granted, 'by ada', 0, NOON, { slot: false, money: true }));
      expect(await regionBuilds.get(id)).toMatchObject({ status: 'cancelled' });
      expect(await slots.taken(region)).toEqual([others]);
    });

    test('no writes at all are committed at once', async () => {
      const { commits } = await make();
      expect(await commits.commit([])).toEqual({ committed: true });
    });

    test('an update seen before does not keep the others from being written', async () => {
      const { commits, baseImages, slots } = await make();
      const seen: Write = { kind: 'update-seen', base: 'b', release: '1', at: NOON };
      await committed(commits, seen);
      await committed(commits, { ...seen, at: NOON + 1 }, bystander);
      expect(await slots.taken('eu-west-1')).toHaveLength(1);
      expect(await baseImages.update('b', '1')).toMatchObject({ firstSeenAt: NOON });
    });

    test('an update seen before is no conflict beside a real one', async () => {
      const { commits } = await make();
      const seen: Write = { kind: 'update-seen', base: 'b', release: '1', at: NOON };
      await committed(commits, seen, bystander);
      expect(await commits.commit([seen, bystander])).toEqual({ committed: false, conflicts: [bystander] });
    });

    test('reservations and settlements of one pot add up within one commit', async () => {
      const { commits, pots } = await make();
      const reserve = (amount: number): Write => ({ kind: 'reserve', pot: 'daily', amount, limit: 100 });
      await committed(commits, reserve(60));
      const settle: Write = { kind: 'settle', pot: 'daily', ceiling: 60, cost: 70 };
      await committed(commits, settle, reserve(10), reserve(20));
      expect(await pots.balances(['daily'])).toEqual([
        { key: 'daily', reserved: 30, settled: 70, overrun: 10 },
      ]);
    });

    test('of several reservations of one pot in one commit those beyond the limit are named', async () => {
      const { commits, pots } = await make();
      const reserve = (amount: number): Write => ({ kind: 'reserve', pot: 'daily', amount, limit: 100 });
      const [first, second, third] = [reserve(60), reserve(41), reserve(40)];
      expect(await commits.commit([first, second, third])).toEqual({ committed: false, conflicts: [second] });
      expect(await pots.balances(['daily'])).toEqual([]);
    });

    test('two writes of one record are an error that names it', async () => {
      const { commits } = await make();
      const twice: Write[] = [
        { kind: 'leave-queue', target: HERE, regionBuild: 'a' },
        { kind: 'enter-queue', target: HERE, regionBuild: 'b' },
      ];
      await expect(commits.commit(twice)).rejects.toThrow('the queue of python-ml/us-east-1/x86_64');
    });

    test('as many actions as a transaction takes are written, more are an error that says how many', async () => {
      const { commits, regionBuilds } = await make();
      const half = MAXIMUM_ACTIONS / 2;
      await committed(commits, ...lines(half));
      expect(await regionBuilds.explanation(`build-${half - 1}`)).toHaveLength(1);
      await expect(commits.commit(lines(half + 1))).rejects.toThrow(
        `${MAXIMUM_ACTIONS + 2} actions in one commit; there may be ${MAXIMUM_ACTIONS}`,
      );
    });

    test('members that are undefined are absent when read again', async () => {
      const { commits, regionBuilds } = await make();
      const build = aRegionBuild();
      const undefineds = { ...build, turn: undefined, grant: undefined } as unknown as typeof build;
      await committed(commits, { kind: 'region-build', after: undefineds, expects: null });
      expect(Object.keys((await regionBuilds.get(build.id))!).sort()).toEqual(Object.keys(build).sort());
    });

    test('the caller’s records stay the caller’s: changing them later changes nothing stored', async () => {
      const { commits, regionBuilds } = await make();
      const attempt = anAttempt();
      const reservation = { ...attempt.reservation };
      await committed(commits, { kind: 'attempt', after: { ...attempt, reservation }, expects: null });
      reservation.amount = 7;
      expect(await regionBuilds.attempts(attempt.regionBuild)).toEqual([attempt]);
    });

    test('what waits for work is kept as such by the write that says so, and let go by the next', async () => {
      const { commits, amis } = await make();
      await committed(commits, { kind: 'ami', after: anAmi(), expects: null, pending: 'publish' });
      const active = anAmi({ state: 'active' });
      await committed(commits, { kind: 'ami', after: active, expects: 'candidate', pending: 'publish' });
      expect(await amis.unpublished()).toEqual([active]);
      await committed(commits, { kind: 'ami', after: active, expects: 'active' });
      expect(await amis.unpublished()).toEqual([]);
    });
  });
}

/** The compiler names a kind that is missing here. */
const EVERY_KIND: Record<Write['kind'], true> = {
  'region-build': true,
  'enter-queue': true,
  'leave-queue': true,
  'enter-running': true,
  'leave-running': true,
  'take-slot': true,
  'free-slot': true,
  reserve: true,
  settle: true,
  attempt: true,
  target: true,
  ami: true,
  'package-check': true,
  'image-owner': true,
  'build-member': true,
  pointer: true,
  observation: true,
  'update-seen': true,
  assessment: true,
  'observation-handled': true,
  announce: true,
  explain: true,
};
