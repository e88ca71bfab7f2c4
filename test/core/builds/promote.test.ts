import { describe, expect, it } from 'vitest';
import { promote, published } from '../../../src/core/builds/promote.ts';
import { promotionDue } from '../../../src/core/builds/promotionDue.ts';
import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import type { ActiveAmi, TargetState } from '../../../src/core/builds/target.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/core/policy/policy.ts';
import { HOUR, type Urgency } from '../../../src/core/words.ts';
import { anAmi, aRunning, aTarget, ID, inLines, NOW } from './builders.ts';

const OLD = anAmi({ amiId: 'ami-old', state: 'active', createdAt: NOW - 48 * HOUR });
const ACTIVE: ActiveAmi = {
  amiId: 'ami-old',
  fingerprint: 'f0',
  baseImageId: 'ami-0older',
  baseRelease: '1',
  regionBuild: 'python-ml-us-east-1-x86_64-6',
  at: NOW - 47 * HOUR,
};
const TARGET = aTarget({ active: ACTIVE });
const NEW = anAmi({ replaces: 'ami-old' });

describe('promotion', () => {
  it('changes the pointer and supersedes the one that leaves, conditioned on it', () => {
    const promotion = promote(NEW, TARGET, [OLD, NEW], NOW);
    expect(promotion.kind).toBe('promote');
    expect(inLines(promotion.kind === 'promote' ? promotion.writes : [])).toEqual([
      'target revision 10, if revision 9',
      'ami-new is active, if candidate, pending publish',
      'ami-old is superseded, if active',
      `say promoted of ${ID}`,
    ]);
  });

  it('remembers the one that leaves, so that a rollback has somewhere to go', () => {
    const promotion = promote(NEW, TARGET, [OLD, NEW], NOW);
    const target = promotion.kind === 'promote' && promotion.writes.find(({ kind }) => kind === 'target');
    expect(target).toMatchObject({ after: { active: { amiId: 'ami-new', at: NOW }, previous: ACTIVE } });
  });

  it('is a no-op when it is replayed after a rollback', () => {
    expect(promote(anAmi({ state: 'superseded', replaces: 'ami-old' }), TARGET, [], NOW).kind).toBe(
      'nothing',
    );
    expect(promote(anAmi({ state: 'active' }), TARGET, [], NOW).kind).toBe('nothing');
  });

  it('is over for a candidate that another AMI has overtaken: it leaves', () => {
    const target = aTarget({ active: { ...ACTIVE, amiId: 'ami-newest' } });
    const promotion = promote(NEW, target, [], NOW);
    expect(promotion).toMatchObject({ kind: 'overtaken', because: expect.stringContaining('ami-newest') });
    expect(inLines(promotion.kind === 'overtaken' ? promotion.writes : [])).toEqual([
      'ami-new is superseded, if candidate',
      `say overtaken of ${ID}`,
    ]);
  });

  it('lets a newer candidate that soaks replace this one', () => {
    const newer = anAmi({ amiId: 'ami-newer', replaces: 'ami-old', createdAt: NOW + HOUR });
    const older = anAmi({ amiId: 'ami-older', replaces: 'ami-old', createdAt: NOW - HOUR });
    const elsewhere = { ...newer, amiId: 'ami-elsewhere', region: 'us-west-2' };
    const promotion = promote(NEW, TARGET, [OLD, older, NEW, newer, elsewhere], NOW);
    const amis = (promotion.kind === 'promote' ? promotion.writes : []).flatMap((write) =>
      write.kind === 'ami' ? [[write.after.amiId, write.after.state, write.after.replaces]] : [],
    );
    expect(amis).toEqual([
      ['ami-new', 'active', 'ami-old'],
      ['ami-old', 'superseded', null],
      ['ami-newer', 'candidate', 'ami-new'],
    ]);
  });

  it('is published only while it is active', () => {
    expect(inLines(published(anAmi({ state: 'active' }), '/p', NOW))).toEqual([
      'ami-new is active, if active',
      `say published of ${ID}`,
    ]);
  });
});

describe('when a candidate is due', () => {
  const policy = (changes: Partial<Policy> = {}): Policy => ({ ...DEFAULT_POLICY, mode: 'act', ...changes });
  const soaking = policy({ soak: 24 * HOUR });
  const ground = (urgency: Urgency) => ({ build: aRunning({ urgency }), target: aTarget() });

  it.each([
    ['at once without a soak', policy(), 'normal', NOW, true],
    ['not before it has soaked', soaking, 'high', NOW + 24 * HOUR - 1, false],
    ['when it has soaked', soaking, 'high', NOW + 24 * HOUR, true],
    ['at once when it is critical', soaking, 'critical', NOW, true],
    ['never by itself if promotion is by hand', policy({ promotion: 'manual' }), 'critical', NOW, false],
    ['not while everything is stopped', policy({ mode: 'stopped' }), 'critical', NOW, false],
    ['not while the mode is observe', policy({ mode: 'observe' }), 'critical', NOW, false],
    ['in mode propose, since the build was approved', policy({ mode: 'propose' }), 'normal', NOW, true],
    [
      'as its own template says',
      policy({ templates: { 'python-ml': { promotion: 'manual' } } }),
      'normal',
      NOW,
      false,
    ],
  ] as const)('%s', (_, given, urgency, now, due) => {
    expect(promotionDue(NEW, ground(urgency), given, now).due).toBe(due);
  });

  it('says until when it soaks, in the same words each time', () => {
    const said = promotionDue(NEW, ground('normal'), soaking, NOW + HOUR);
    expect(said).toEqual({
      due: false,
      until: NOW + 24 * HOUR,
      line: {
        at: NEW.createdAt,
        rule: 'soak',
        because: 'candidate: ami-new soaks for 24 hours, until 2026-11-25T19:00:00.000Z',
      },
    });
    expect(promotionDue(NEW, ground('normal'), soaking, NOW + 2 * HOUR)).toEqual(said);
  });

  describe('whose very image was rolled back meanwhile', () => {
    const rolledBack = {
      amiId: 'ami-bad',
      fingerprint: 'f1',
      at: NOW - HOUR,
      because: 'by ada: broken CUDA',
    };
    const target = aTarget({ active: ACTIVE, rolledBack });
    const asked = (at: number, byHand: boolean) =>
      aRunning({
        urgency: 'critical',
        reasons: [
          { trigger: 'manual', at, level: 'none', because: 'try', ...(byHand ? { byHand: true } : {}) },
        ],
      });
    const due = (build: RegionBuild | undefined, changes: Partial<TargetState> = {}) =>
      promotionDue(NEW, { build, target: { ...target, ...changes } }, policy(), NOW + 48 * HOUR);

    it.each([
      ['its build was wanted before that', asked(rolledBack.at, true)],
      ['a change of the template has asked for it since', asked(NOW, false)],
      ['nobody knows its build any more', undefined],
    ])('waits for a person where %s', (_, build) => {
      expect(due(build)).toEqual({
        due: false,
        until: null,
        line: {
          at: NEW.createdAt,
          rule: 'rolled-back',
          because:
            'candidate: ami-new is the image of ami-bad again, which was rolled back by ada: broken CUDA: it waits for someone to promote it',
        },
      });
    });

    it('is promoted where somebody asked for it by hand since', () => {
      expect(due(asked(NOW, true)).due).toBe(true);
    });

    it('is another one, or overtaken: it goes the usual way', () => {
      expect(due(undefined, { rolledBack: { ...rolledBack, fingerprint: 'f2' } }).due).toBe(true);
      expect(due(undefined, { active: { ...ACTIVE, amiId: 'ami-newer' } }).due).toBe(true);
    });
  });
});
