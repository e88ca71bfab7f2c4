import { describe, expect, it } from 'vitest';
import { without } from '../../../src/core/builds/compose.ts';
import type { Ami } from '../../../src/core/builds/target.ts';
import { removals } from '../../../src/core/images/removals.ts';
import { DAY, HOUR } from '../../../src/core/words.ts';
import { aGranted, GRANT, NOW } from '../builds/builders.ts';
import { aTargetOn, decide, inLine, leftBehind, policyWith, standsOn, unasked } from './builders.ts';

const lines = (...asked: Parameters<typeof decide>) => decide(...asked).map(inLine);
const nobody = { kind: 'known', by: [] } as const;

describe('the next step of an AMI that gave way', () => {
  it.each<[Ami['state'], number, string[]]>([
    ['superseded', 0, ['ami-0: deprecate on 2026-11-25 (age)']],
    ['superseded', 1, ['ami-1: deprecate, due']],
    ['superseded', 90, ['ami-90: deprecate, due']],
    ['failed', 90, ['ami-90: deprecate, due']],
    ['deprecated', 13, ['ami-13: disable on 2026-11-25 (age)']],
    ['deprecated', 14, ['ami-14: disable, due']],
    ['disabled', 29, ['ami-29: deregister on 2026-11-25 (age)']],
    ['disabled', 30, ['ami-30: deregister, due']],
    ['deregistered', 90, []],
    ['active', 90, []],
    ['candidate', 90, []],
    ['building', 90, []],
    ['testing', 90, []],
  ])('%s %i days ago', (state, days, expected) => {
    expect(lines([leftBehind(days, { state })])).toEqual(expected);
  });

  it('is counted from the first look where nobody wrote down when it gave way', () => {
    const ami = without(leftBehind(90), 'supersededAt');
    expect(lines([ami])).toEqual(['ami-90: deprecate on 2026-11-25 (age)']);
    expect(lines([ami], { policy: policyWith({ deprecateAfter: 0 }) })).toEqual([
      'ami-90: deprecate on 2026-11-24 (age)',
    ]);
  });

  it.each<[Ami['state'], Partial<Ami>, string]>([
    ['deprecated', { deprecatedAt: NOW - HOUR }, 'ami-90: disable on 2026-11-25 (step)'],
    ['deprecated', { deprecatedAt: NOW - DAY }, 'ami-90: disable, due'],
    [
      'disabled',
      { deprecatedAt: NOW - DAY, disabledAt: NOW - HOUR },
      'ami-90: deregister on 2026-11-25 (step)',
    ],
    ['disabled', { deprecatedAt: NOW - 2 * DAY, disabledAt: NOW - DAY }, 'ami-90: deregister, due'],
    // It was active again in between.
    ['superseded', { deprecatedAt: NOW - HOUR }, 'ami-90: deprecate, due'],
  ])('of one that is %s comes a day after the last one (%j)', (state, since, expected) => {
    expect(lines([leftBehind(90, { state, ...since })])).toEqual([expected]);
  });

  it('comes oldest first, and says when and why', () => {
    const found = decide([leftBehind(2), leftBehind(0), leftBehind(5)]);
    expect(found.map(inLine)).toEqual([
      'ami-5: deprecate, due',
      'ami-2: deprecate, due',
      'ami-0: deprecate on 2026-11-25 (age)',
    ]);
    expect(found[2]?.because).toBe(
      'it gave way 19:00 UTC on Tue 24 Nov, and 24 hours after that it is to be deprecated',
    );
  });
});

describe('what stays launchable whatever its age', () => {
  const old = leftBehind(60, { state: 'deprecated' });

  it('the one that rollback returns to, which may be deprecated', () => {
    const targets = [aTargetOn({ previous: standsOn(old) })];
    expect(lines([old], { targets })).toEqual(['ami-60: disable never (previous)']);
    expect(lines([leftBehind(60)], { targets })).toEqual(['ami-60: deprecate, due']);
  });

  it('the one a target stands on, whatever its record says', () => {
    expect(lines([old], { targets: [aTargetOn({ active: standsOn(old) })] })).toEqual([
      'ami-60: disable never (active)',
    ]);
  });

  it('the newest that were active before, as many as the policy keeps in each place', () => {
    const amis = [40, 50, 60].map((days) => leftBehind(days, { state: 'deprecated' }));
    const there = leftBehind(70, { state: 'deprecated', architecture: 'arm64' });
    expect(lines([...amis, there], { policy: policyWith({ keepPrevious: 2 }) })).toEqual([
      'ami-70: disable never (keep-previous)',
      'ami-60: disable, due',
      'ami-50: disable never (keep-previous)',
      'ami-40: disable never (keep-previous)',
    ]);
  });

  it('not one that was never active, nor one that people took out of use', () => {
    const overtaken = without(leftBehind(20, { state: 'deprecated', amiId: 'ami-never' }), 'promotedAt');
    const bad = leftBehind(15, { state: 'deprecated', amiId: 'ami-bad' });
    const rolledBack = { amiId: 'ami-bad', fingerprint: 'f', at: NOW, because: 'by ada' };
    expect(
      lines([old, overtaken, bad], {
        targets: [aTargetOn({ rolledBack })],
        policy: policyWith({ keepPrevious: 1 }),
      }),
    ).toEqual(['ami-60: disable never (keep-previous)', 'ami-never: disable, due', 'ami-bad: disable, due']);
  });

  it('not one that people took out of use before another', () => {
    const bad = leftBehind(15, { state: 'deprecated', amiId: 'ami-bad', rolledBackAt: NOW });
    expect(lines([old, bad], { policy: policyWith({ keepPrevious: 1 }) })).toEqual([
      'ami-60: disable never (keep-previous)',
      'ami-bad: disable, due',
    ]);
  });

  it('the one that an open build is made on', () => {
    const parent = { ...old, amiId: GRANT.baseImageId };
    expect(lines([parent], { open: [aGranted()] })).toEqual(['ami-0base: disable never (built-on)']);
  });

  it('everything in a region that is no longer configured', () => {
    expect(lines([leftBehind(60)], { regions: ['us-west-2'] })).toEqual(['ami-60: deprecate never (region)']);
  });
});

describe('the mode', () => {
  it.each(['stopped', 'observe', 'propose'] as const)('%s removes nothing', (mode) => {
    expect(lines([leftBehind(60)], { policy: policyWith({}, { mode }) })).toEqual([
      'ami-60: deprecate never (mode)',
    ]);
  });

  it('of the template counts', () => {
    const policy = policyWith({}, { mode: 'observe', templates: { 'python-ml': { mode: 'act' } } });
    expect(lines([leftBehind(60), leftBehind(50, { template: 'r-stats' })], { policy })).toEqual([
      'ami-60: deprecate, due',
      'ami-50: deprecate never (mode)',
    ]);
  });
});

describe('an AMI that somebody uses', () => {
  const used = { kind: 'known', by: ['launch template lt-1', 'instance i-2'] } as const;
  const asked = (ami: Ami, use: Parameters<typeof decide>[1] = {}) => decide([ami], use)[0];

  it('is deprecated all the same, but neither disabled nor deregistered', () => {
    for (const [state, step] of [
      ['superseded', 'deprecate, due'],
      ['deprecated', 'disable never (in-use)'],
      ['disabled', 'deregister never (in-use)'],
    ] as const)
      expect(lines([leftBehind(60, { state })], { uses: new Map([['ami-60', used]]) })).toEqual([
        `ami-60: ${step}`,
      ]);
  });

  it('is told with its users, in one order and not too many', () => {
    const ami = leftBehind(60, { state: 'deprecated' });
    expect(asked(ami, { uses: new Map([['ami-60', used]]) })?.because).toBe(
      'it is still used by instance i-2, launch template lt-1',
    );
    const by = Array.from({ length: 8 }, (_, i) => `instance i-${String(8 - i)}`);
    expect(asked(ami, { uses: new Map([['ami-60', { kind: 'known', by }]]) })?.because).toBe(
      'it is still used by instance i-1, instance i-2, instance i-3, instance i-4, instance i-5 and 3 more',
    );
  });

  it('waits while nobody knows whether it is', () => {
    const uses = new Map([['ami-60', { kind: 'not-known-yet', because: 'a report is being made' } as const]]);
    expect(asked(leftBehind(60, { state: 'disabled' }), { uses })).toMatchObject({
      due: false,
      rule: 'use-unknown',
      because: 'nobody knows yet who uses it: a report is being made',
    });
  });

  it('is not thought to be unused where EC2 was not asked about it', () => {
    const input = unasked([leftBehind(60, { state: 'disabled' })]);
    expect(removals({ ...input, uses: new Map() }).map(inLine)).toEqual([
      'ami-60: deregister never (use-unknown)',
    ]);
  });

  it('is told by what the last look found where EC2 is not asked', () => {
    const heldBack = { at: NOW - DAY, because: 'it is still used by instance i-2' };
    const ami = leftBehind(60, { state: 'disabled', heldBack });
    const [found] = removals(unasked([ami]));
    expect(found).toMatchObject({
      due: false,
      rule: 'used-before',
      because: 'it is still used by instance i-2, as of 19:00 UTC on Mon 23 Nov',
    });
    expect(lines([ami], { uses: new Map([['ami-60', nobody]]) })).toEqual(['ami-60: deregister, due']);
  });
});

describe('the most that go on a day', () => {
  const five = [31, 32, 33, 34, 35].map((days) => leftBehind(days, { state: 'disabled' }));

  it('are the oldest; the others wait for their day', () => {
    const policy = policyWith({ keepPrevious: 0, maximumRemovalsPerDay: 2 });
    expect(lines(five, { policy, removedToday: 1 })).toEqual([
      'ami-35: deregister, due',
      'ami-34: deregister on 2026-11-25 (day-is-full)',
      'ami-33: deregister on 2026-11-25 (day-is-full)',
      'ami-32: deregister on 2026-11-26 (day-is-full)',
      'ami-31: deregister on 2026-11-26 (day-is-full)',
    ]);
  });

  it('are counted by days of the zone of the policy', () => {
    const policy = policyWith({ maximumRemovalsPerDay: 1 }, { zone: 'America/New_York' });
    const [, second] = decide(five.slice(0, 2), { policy });
    expect(second?.at).toBe(NOW + 10 * HOUR);
  });

  it('do not count what somebody uses, nor the steps that can be taken back', () => {
    const policy = policyWith({ keepPrevious: 0, maximumRemovalsPerDay: 1 });
    const uses = new Map([['ami-35', { kind: 'known', by: ['instance i-1'] } as const]]);
    expect(
      lines([...five.slice(3), leftBehind(20, { state: 'deprecated' }), leftBehind(3)], { policy, uses }),
    ).toEqual([
      'ami-35: deregister never (in-use)',
      'ami-34: deregister, due',
      'ami-20: disable, due',
      'ami-3: deprecate, due',
    ]);
  });

  it('are none where the policy says so, also if more went before it did', () => {
    expect(
      lines(five.slice(4), { policy: policyWith({ maximumRemovalsPerDay: 0 }), removedToday: 3 }),
    ).toEqual(['ami-35: deregister never (day-is-full)']);
  });
});
