import { describe, expect, test } from 'vitest';
import { promoteByHand } from '../../../src/core/builds/promoteByHand.ts';
import { promote } from '../../../src/core/builds/promote.ts';
import { rollback } from '../../../src/core/builds/rollback.ts';
import type { ActiveAmi, Ami } from '../../../src/core/builds/target.ts';
import { assertOneCommit } from '../../../src/core/oneCommit.ts';
import { HOUR } from '../../../src/core/words.ts';
import type { Write } from '../../../src/core/writes.ts';
import { anAmi, aTarget, ID, inLines, NOW } from './builders.ts';

const BY = 'by ada: broken CUDA';
const activeOf = (
  { amiId, fingerprint, baseImageId, baseRelease, regionBuild }: Ami,
  at: number,
): ActiveAmi => ({
  amiId,
  fingerprint,
  baseImageId,
  baseRelease,
  regionBuild,
  at,
});

const OLD = anAmi({
  amiId: 'ami-old',
  state: 'superseded',
  fingerprint: 'f0',
  regionBuild: 'python-ml-us-east-1-x86_64-6',
  promotedAt: NOW - 48 * HOUR,
  publishedAt: NOW - 48 * HOUR,
});
const BAD = anAmi({ amiId: 'ami-bad', state: 'active', replaces: 'ami-old' });
const TARGET = aTarget({ active: activeOf(BAD, NOW - HOUR), previous: activeOf(OLD, NOW - 48 * HOUR) });

describe('a rollback', () => {
  test('points back, blocks the image it leaves, and has the parameter published again', () => {
    const made = rollback(TARGET, [OLD, BAD], BY, NOW);
    if (made.kind === 'nothing') throw new Error(made.because);
    expect({ to: made.to.amiId, left: made.left }).toEqual({ to: 'ami-old', left: 'ami-bad' });
    expect(inLines(made.writes)).toEqual([
      'target revision 10, if revision 9',
      'ami-old is active, if superseded, pending publish',
      'ami-bad is superseded, if active',
      `say rolled-back of ${ID}`,
    ]);
    const [target] = made.writes;
    expect(target).toMatchObject({
      after: {
        active: { amiId: 'ami-old', at: NOW },
        rolledBack: { amiId: 'ami-bad', fingerprint: 'f1', at: NOW, because: BY },
      },
    });
    expect(target).not.toHaveProperty('after.previous');
    expect(made.to.promotedAt).toBeGreaterThan(made.to.publishedAt!);
  });

  test('is for once: a replay of the promotion or of the rollback does nothing', () => {
    const after = aTarget({ active: activeOf(OLD, NOW) });
    expect(promote({ ...BAD, state: 'superseded' }, after, [], NOW).kind).toBe('nothing');
    expect(rollback(after, [OLD, BAD], BY, NOW)).toEqual({
      kind: 'nothing',
      because: 'there is no AMI before ami-old',
    });
  });

  test('lets a candidate that was to replace the bad one replace the one that is back', () => {
    const fix = anAmi({ amiId: 'ami-fix', replaces: 'ami-bad' });
    const elsewhere = { ...fix, amiId: 'ami-elsewhere', region: 'us-west-2' };
    const made = rollback(TARGET, [OLD, BAD, fix, elsewhere], BY, NOW);
    const candidates =
      made.kind === 'rollback' ? made.writes.filter(({ kind }) => kind === 'ami').slice(2) : [];
    expect(candidates).toEqual([
      { kind: 'ami', after: { ...fix, replaces: 'ami-old' }, expects: 'candidate', pending: 'publish' },
    ]);
  });

  test('says of a candidate of the very same image that it waits for a person', () => {
    const other = anAmi({ amiId: 'ami-other', replaces: 'ami-bad', fingerprint: 'f2', regionBuild: 'other' });
    const same = anAmi({ amiId: 'ami-same', replaces: 'ami-bad', regionBuild: 'same' });
    const made = rollback(TARGET, [OLD, BAD, other, same], BY, NOW);
    expect(inLines(made.kind === 'rollback' ? made.writes : []).slice(3)).toEqual([
      'ami-other is candidate, if candidate, pending publish',
      'ami-same is candidate, if candidate, pending publish',
      'say rolled-back of same',
      `say rolled-back of ${ID}`,
    ]);
  });

  test.each([
    ['nothing is active', aTarget(), [], 'no AMI is active'],
    ['it is gone', TARGET, [BAD], 'ami-old, the one before, is gone'],
    [
      'it cannot be launched any more',
      TARGET,
      [{ ...OLD, state: 'disabled' as const }, BAD],
      'ami-old, the one before, is disabled',
    ],
  ])('changes nothing where %s', (_, target, amis, because) => {
    expect(rollback(target, amis, BY, NOW)).toEqual({ kind: 'nothing', because });
  });
});

describe('a promotion by hand', () => {
  const target = aTarget({ active: activeOf({ ...OLD, state: 'active' }, NOW - 48 * HOUR) });
  const old: Ami = { ...OLD, state: 'active' };
  const older = anAmi({
    amiId: 'ami-older',
    replaces: 'ami-old',
    createdAt: NOW - HOUR,
    regionBuild: 'earlier',
  });
  const newest = anAmi({ amiId: 'ami-newest', replaces: 'ami-old' });

  test('takes the newest candidate, and the older ones leave', () => {
    const made = promoteByHand(target, [old, older, newest], BY, NOW);
    expect(inLines(made.kind === 'promote' ? made.writes : [])).toEqual([
      `say by-hand of ${ID}`,
      'target revision 10, if revision 9',
      'ami-newest is active, if candidate, pending publish',
      'ami-old is superseded, if active',
      `say promoted of ${ID}`,
      'ami-older is superseded, if candidate',
      'say overtaken of earlier',
    ]);
  });

  test('changes nothing where no candidate waits, or another AMI came first', () => {
    expect(promoteByHand(target, [old], BY, NOW)).toEqual({ kind: 'nothing', because: 'no candidate waits' });
    const elsewhere = { ...newest, region: 'us-west-2' };
    expect(promoteByHand(target, [old, elsewhere], BY, NOW).kind).toBe('nothing');
    const late = { ...newest, replaces: 'ami-gone' };
    expect(promoteByHand(target, [old, late], BY, NOW)).toEqual({
      kind: 'nothing',
      because: 'ami-newest was to replace ami-gone, but ami-old is active now',
    });
  });
});

describe('however many candidates wait, each commit of what a person does has room for its writes', () => {
  const waiting = (count: number, replaces: string): Ami[] =>
    Array.from({ length: count }, (_, n) =>
      anAmi({
        amiId: `ami-${n}`,
        replaces,
        createdAt: NOW - HOUR + n,
        regionBuild: `build-${n}`,
        fingerprint: n % 2 === 0 ? BAD.fingerprint : 'another',
      }),
    );
  const changed = (commits: readonly (readonly Write[])[]) =>
    commits.flat().flatMap((write) => (write.kind === 'ami' ? [write.after.amiId] : []));
  /** Newest first. */
  const idsFrom = (n: number) => Array.from({ length: n + 1 }, (_, less) => `ami-${n - less}`);

  test.each([
    [32, 0],
    [33, 1],
    [40, 1],
    [200, 6],
  ])('a promotion of the newest of %i takes %i more', (count, more) => {
    const old: Ami = { ...OLD, state: 'active' };
    const target = aTarget({ active: activeOf(old, NOW - 48 * HOUR) });
    const made = promoteByHand(target, [old, ...waiting(count, 'ami-old')], BY, NOW);
    if (made.kind === 'nothing') throw new Error(made.because);
    const commits = [made.writes, ...made.afterwards];
    for (const writes of commits) assertOneCommit(writes);
    expect(made.afterwards).toHaveLength(more);
    expect(changed(commits)).toEqual([`ami-${count - 1}`, 'ami-old', ...idsFrom(count - 2)]);
  });

  test.each([
    [40, 0],
    [200, 4],
  ])('a rollback beneath %i takes %i more', (count, more) => {
    const made = rollback(TARGET, [OLD, BAD, ...waiting(count, 'ami-bad')], BY, NOW);
    if (made.kind === 'nothing') throw new Error(made.because);
    const commits = [made.writes, ...made.afterwards];
    for (const writes of commits) assertOneCommit(writes);
    expect(made.afterwards).toHaveLength(more);
    expect(changed(commits)).toEqual(['ami-old', 'ami-bad', ...idsFrom(count - 1)]);
    expect(inLines(made.writes).at(-1)).toBe(`say rolled-back of ${ID}`);
  });
});
