import { describe, expect, it } from 'vitest';
import { without } from '../../../src/core/builds/compose.ts';
import { dated, heldBack, retire, retired } from '../../../src/core/images/retire.ts';
import type { Removal } from '../../../src/core/images/removal.ts';
import { DAY } from '../../../src/core/words.ts';
import { ID, inLines, NOW } from '../builds/builders.ts';
import { leftBehind, POLICY } from './builders.ts';

const inUse = (changes: Partial<Removal> = {}): Removal => ({
  ...{ ami: leftBehind(14, { state: 'deprecated' }), step: 'disable', due: false, at: null },
  ...{ rule: 'in-use', because: 'it is still used by instance i-1' },
  ...changes,
});

describe('a step on the way out', () => {
  it.each([
    ['deprecate', 'superseded', ['ami-14 is deprecated, if superseded, pending retire'], 'deprecatedAt'],
    ['disable', 'deprecated', ['ami-14 is disabled, if deprecated, pending retire'], 'disabledAt'],
    [
      'deregister',
      'disabled',
      [
        'ami-14 is deregistered, if disabled, pending retire',
        'reserve 1 in removals#2026-11-24, if at most 20',
      ],
      'deregisteredAt',
    ],
  ] as const)('%s is written first, with a mark that EC2 has to be told', (step, state, writes, since) => {
    const made = retire({ ami: leftBehind(14, { state }), step }, POLICY, NOW);
    expect(inLines(made.writes)).toEqual(writes);
    expect(made.after).toMatchObject({ [since]: NOW, supersededAt: NOW - 14 * DAY });
  });

  it('ends what was written about its users', () => {
    const ami = leftBehind(14, { state: 'deprecated', heldBack: { at: NOW - DAY, because: 'still used' } });
    expect(retire({ ami, step: 'disable' }, POLICY, NOW).after).not.toHaveProperty('heldBack');
  });

  it.each([
    ['deprecate', 'superseded', 'ami-14 is deprecated, 14 days after it gave way'],
    ['deregister', 'disabled', 'ami-14 is deregistered, with its snapshots, 14 days after it gave way'],
  ] as const)('%s is told in the story of its build once EC2 was told', (step, state, because) => {
    const { after } = retire({ ami: leftBehind(14, { state }), step }, POLICY, NOW);
    const writes = retired(after);
    expect(inLines(writes)).toEqual([
      `ami-14 is ${after.state}, if ${after.state}`,
      `say ${after.state} of ${ID}`,
    ]);
    expect(writes[1]).toMatchObject({ line: { at: NOW, because } });
  });
});

describe('what a look finds', () => {
  it('gives an AMI its date', () => {
    const ami = without(leftBehind(14), 'supersededAt');
    expect(dated(ami, NOW)).toMatchObject([{ after: { supersededAt: NOW }, expects: 'superseded' }]);
  });

  it('is kept while somebody uses it, and told once', () => {
    const writes = heldBack(inUse(), NOW);
    expect(inLines(writes)).toEqual(['ami-14 is deprecated, if deprecated', `say in-use of ${ID}`]);
    expect(writes[0]).toMatchObject({
      after: { heldBack: { at: NOW, because: 'it is still used by instance i-1' } },
    });
    expect(writes[1]).toMatchObject({
      line: { because: 'ami-14 is not disabled: it is still used by instance i-1' },
    });
    const known = {
      ...inUse().ami,
      heldBack: { at: NOW - DAY, because: 'it is still used by instance i-1' },
    };
    expect(heldBack(inUse({ ami: known }), NOW)).toEqual([]);
    expect(heldBack(inUse({ ami: known, because: 'it is still used by instance i-2' }), NOW)).toHaveLength(2);
  });

  it('is told where nobody knows', () => {
    const unknown = inUse({ rule: 'use-unknown', because: 'nobody knows yet who uses it: a report is made' });
    expect(heldBack(unknown, NOW)[1]).toMatchObject({
      line: { because: 'ami-14 is not disabled: nobody knows yet who uses it: a report is made' },
    });
  });

  it('is forgotten once nobody uses it any more, though its step waits for something else', () => {
    const ami = { ...inUse().ami, heldBack: { at: NOW - DAY, because: 'it is still used by instance i-1' } };
    const [write] = heldBack(inUse({ ami, rule: 'day-is-full' }), NOW);
    expect(write).toMatchObject({ kind: 'ami', expects: 'deprecated' });
    expect(write).not.toHaveProperty('after.heldBack');
    expect(heldBack(inUse({ rule: 'age' }), NOW)).toEqual([]);
  });
});
