import { describe, expect, test } from 'vitest';
import { cancel, succeed } from '../../../src/core/builds/finish.ts';
import { MINUTE } from '../../../src/core/words.ts';
import type { Write } from '../../../src/core/writes.ts';
import { aRunning, aTarget, GRANT, ID, NOW, TARGET } from './builders.ts';

const CEILING = GRANT.reservation.amount;

const announcedBy = (writes: readonly Write[]) =>
  writes.flatMap((write) => (write.kind === 'announce' ? [write.announcement] : []));

const made = (cost: number, build = aRunning()) => succeed(build, { amiId: 'ami-new', cost }, aTarget(), NOW);

describe('an attempt that costs more than was held for it', () => {
  test('is announced in the commit that books it, under a key of its own', () => {
    expect(announcedBy(made(CEILING + 1))).toEqual([
      {
        key: `budget-overrun:${ID}:1`,
        kind: 'budget-overrun',
        at: NOW,
        pot: 'daily#2026-11-24',
        regionBuild: ID,
        ...TARGET,
        ceiling: CEILING,
        cost: CEILING + 1,
      },
    ]);
  });

  test('whatever became of it', () => {
    expect(announcedBy(cancel(aRunning(), 'by hand', CEILING + 1, NOW))).toMatchObject([
      { kind: 'budget-overrun' },
    ]);
  });

  test('not where it costs what was held', () => {
    expect(announcedBy(made(CEILING))).toEqual([]);
  });
});

describe('an image that is made after its deadline', () => {
  test('is announced with it', () => {
    const late = aRunning({ deadline: NOW - MINUTE });
    expect(announcedBy(made(1, late))).toMatchObject([
      {
        key: `deadline-missed:python-ml/us-east-1/x86_64:${NOW - MINUTE}`,
        because: 'its image was made after it',
      },
    ]);
  });

  test.each([
    ['in time', { deadline: NOW }],
    ['where the deadline only ranks', { deadline: NOW - MINUTE, deadlineBinds: false }],
    ['where there is none', {}],
  ])('not %s', (_, changes) => {
    expect(announcedBy(made(1, aRunning(changes)))).toEqual([]);
  });
});
