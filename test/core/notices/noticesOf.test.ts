import { describe, expect, test } from 'vitest';
import type { NoticeFact } from '../../../src/core/notices/noticeFact.ts';
import { noticesOf } from '../../../src/core/notices/noticesOf.ts';
import { DEFAULT_POLICY, type NotifyPolicy, type Policy } from '../../../src/core/policy/policy.ts';
import { aRegionBuild, BROKEN, BUILD, BUILT, FACTS, NOW, UPDATE } from './facts.ts';

const EVERYONE = { admins: true, instructors: true, students: true, researchers: true };
const policyWith = (notify: Partial<NotifyPolicy>): Policy => ({
  ...DEFAULT_POLICY,
  zone: 'America/New_York',
  notify: { audiences: EVERYONE, beforeRebuild: false, ...notify },
});

const told = (fact: NoticeFact, notify: Partial<NotifyPolicy> = {}): string =>
  noticesOf(fact, policyWith(notify), NOW)
    .map(({ audience }) => audience)
    .join(' ');

const ALL = 'admins instructors students researchers';

describe('who is told', () => {
  test.each([
    ['base-image-updated', ALL],
    ['build-queued', ''],
    ['approval-wanted', 'admins'],
    ['build-finished', ALL],
    ['region-build-failed', 'admins'],
    ['region-build-refused', 'admins'],
    ['ami-promoted', ALL],
    ['template-paused', 'admins'],
    ['budget-exhausted', 'admins'],
    ['budget-overrun', 'admins'],
    ['deadline-at-risk', 'admins'],
    ['deadline-missed', 'admins'],
    ['end-of-life', 'admins'],
  ] as const)('%s: %s', (kind, audiences) => expect(told(FACTS[kind])).toBe(audiences));

  test('only audiences the policy turns on: instructors are alerted, students are not alarmed', () => {
    const audiences = { ...EVERYONE, students: false, researchers: false };
    expect(told(FACTS['base-image-updated'], { audiences })).toBe('admins instructors');
  });

  test('notify_before_rebuild: all are told when a rebuild is queued', () =>
    expect(told(FACTS['build-queued'], { beforeRebuild: true })).toBe(ALL));

  test('nobody, if no template stands on the base', () =>
    expect(told({ kind: 'base-image-updated', update: UPDATE, affected: [] })).toBe(''));

  test.each([
    ['low', ALL],
    ['none', 'admins'],
    ['unknown', 'admins'],
  ] as const)('an update of level %s: %s', (level, audiences) => {
    const assessment = { ...UPDATE.assessment!, level };
    expect(told({ kind: 'base-image-updated', update: { ...UPDATE, assessment }, affected: ['a'] })).toBe(
      audiences,
    );
  });

  test('of a grant that is empty or over also the researchers, where they are notified', () => {
    const fact = { ...FACTS['budget-exhausted'], pot: 'grant:nsf', owner: 'pi@example.edu' };
    expect(told(fact)).toBe('admins researchers');
    expect(told(fact, { audiences: { ...EVERYONE, researchers: false } })).toBe('admins');
  });

  test('of a build only once all of it has ended', () => {
    const open = { ...BUILD, regionBuilds: [BUILT, aRegionBuild({ status: 'running' })] };
    expect(told({ kind: 'build-finished', build: open })).toBe('');
    expect(told({ kind: 'build-finished', build: { ...BUILD, regionBuilds: [] } })).toBe('');
  });

  test('of a build that failed everywhere only those who were told that it was coming', () => {
    const failed = { ...BUILD, regionBuilds: [BROKEN] };
    expect(told({ kind: 'build-finished', build: failed })).toBe('');
    expect(told({ kind: 'build-finished', build: failed }, { beforeRebuild: true })).toBe(ALL);
  });
});

describe('what they are told once', () => {
  test('a risen level is news, the same level is not', () => {
    const [first] = noticesOf(FACTS['base-image-updated'], DEFAULT_POLICY, NOW);
    const again = noticesOf(FACTS['base-image-updated'], DEFAULT_POLICY, NOW + 1_000_000);
    const assessment = { ...UPDATE.assessment!, level: 'critical' as const };
    const [risen] = noticesOf(
      { kind: 'base-image-updated', update: { ...UPDATE, assessment }, affected: ['a'] },
      DEFAULT_POLICY,
      NOW,
    );
    expect(again[0]?.notice.dedupeId).toBe(first?.notice.dedupeId);
    expect(risen?.notice.dedupeId).not.toBe(first?.notice.dedupeId);
  });

  test('every kind of news has a name of its own', () => {
    const policy = policyWith({ beforeRebuild: true });
    const ids = Object.values(FACTS).map((fact) => noticesOf(fact, policy, NOW)[0]?.notice.dedupeId);
    expect(new Set(ids).size).toBe(Object.keys(FACTS).length);
  });
});
