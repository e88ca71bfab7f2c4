import { describe, expect, test } from 'vitest';
import type { BaseImageUpdate } from '../../../src/core/base-images/pointer.ts';
import { lacksOf, type LackGround } from '../../../src/core/instances/lacks.ts';
import type { ActiveAmi, Ami } from '../../../src/core/builds/target.ts';
import type { PackageCheck } from '../../../src/core/packages/packageCheck.ts';
import { DAY, type SecurityLevel } from '../../../src/core/words.ts';
import { stepKey } from '../../../src/core/evidence/comparisons.ts';
import { anAmi, NOW, TARGET } from '../builds/builders.ts';

const BASE = 'amazon-linux-2023';

/** The base moved from image `n - 1` to image `n` here, `n` days after the start. */
function update(n: number, level?: SecurityLevel, cves: readonly string[] = []): BaseImageUpdate {
  const observation = {
    base: BASE,
    region: TARGET.region,
    architecture: TARGET.architecture,
    release: `${n}`,
    previousImageId: `ami-base-${n - 1}`,
    previousImageName: `base-${n - 1}`,
    previousRelease: `${n - 1}`,
    imageId: `ami-base-${n}`,
    imageName: `base-${n}`,
    seenAt: NOW - (100 - n) * DAY,
  };
  const found = { base: BASE, release: `${n}`, firstSeenAt: observation.seenAt, observations: [observation] };
  if (level === undefined) return found;
  return {
    ...found,
    assessment: {
      type: 'security',
      level,
      confidence: 'exact',
      packages: [],
      advisories: [],
      reopened: [],
      cves,
      exploited: [],
      changelogUrl: null,
      recalled: false,
      sources: [],
      because: [],
      incomplete: false,
      assessedAt: observation.seenAt,
      compared: [stepKey(observation)],
    },
  };
}

const OLD: Ami = anAmi({ state: 'superseded', baseImageId: 'ami-base-1', createdAt: NOW - 60 * DAY });
const activeOn = (baseImageId: string, changes: Partial<ActiveAmi> = {}): ActiveAmi => ({
  amiId: 'ami-active',
  fingerprint: 'f9',
  baseImageId,
  baseRelease: '9',
  regionBuild: 'b9',
  at: NOW,
  ...changes,
});

function lacks(active: ActiveAmi, changes: Partial<LackGround> = {}, ami: Ami = OLD) {
  const ground: LackGround = {
    target: { active },
    updates: [],
    check: undefined,
    rootOf: ({ baseImageId }) => baseImageId,
    policy: { treatUnknownAs: 'medium' },
    ...changes,
  };
  return lacksOf(ami, active, ground);
}

const THREE = [update(4, 'critical', ['CVE-4']), update(3, 'low', ['CVE-3']), update(2, 'high', ['CVE-2'])];

describe('of updates of its base image an older AMI lacks', () => {
  test('all between the image it stands on and that of the active one, the worst deciding', () => {
    expect(lacks(activeOn('ami-base-3'), { updates: THREE })).toEqual({
      level: 'high',
      cves: ['CVE-2', 'CVE-3'],
      advisories: [],
    });
  });

  test('none if both stand on the same', () => {
    expect(lacks(activeOn('ami-base-1'), { updates: THREE })).toMatchObject({ level: 'none', cves: [] });
  });

  test('none if it is the newer one, which a rollback left', () => {
    const newer = { ...OLD, baseImageId: 'ami-base-4' };
    expect(lacks(activeOn('ami-base-2'), { updates: THREE }, newer).level).toBe('none');
  });

  test.each([
    ['a step that nobody has assessed', [update(2)], 'unknown'],
    ['an image that was never seen here', [update(9, 'low')], 'unknown'],
    ['one unknown step beside a worse one', [update(3, 'high'), update(2)], 'high'],
    ['one unknown step beside a lesser one', [update(3, 'low'), update(2)], 'unknown'],
  ] as const)('with %s nobody knows what else, as the policy treats that', (_, updates, level) => {
    const last = updates[0].release;
    expect(lacks(activeOn(`ami-base-${last}`), { updates }).level).toBe(level);
  });

  test('what the AMIs of the templates in between stood on', () => {
    const parents: Record<string, string> = { 'ami-p1': 'ami-base-1', 'ami-p2': 'ami-base-2' };
    const rootOf = ({ baseImageId }: { baseImageId: string }) => parents[baseImageId] ?? baseImageId;
    const child = { ...OLD, baseImageId: 'ami-p1' };
    expect(lacks(activeOn('ami-p2'), { updates: THREE, rootOf }, child)).toMatchObject({
      level: 'high',
      cves: ['CVE-2'],
    });
  });
});

describe('of its own packages', () => {
  const asked = (id: string, level: SecurityLevel, at: number) => ({ id, level, amiId: 'ami-new', at });
  const check: PackageCheck = {
    ...TARGET,
    revision: 3,
    amiId: 'ami-active',
    checkedAt: NOW,
    open: [],
    more: 0,
    asked: [
      asked('ALAS-before', 'critical', OLD.createdAt - DAY),
      asked('ALAS-2', 'medium', NOW - 9 * DAY),
      asked('ALAS-1', 'high', NOW - 20 * DAY),
      asked('ALAS-after', 'critical', NOW + DAY),
    ],
  };

  test('it lacks what it was rebuilt for since, and nothing that came before or after', () => {
    const active = activeOn('ami-base-1', { packageEpoch: 2 });
    expect(lacks(active, { check })).toEqual({ level: 'high', cves: [], advisories: ['ALAS-1', 'ALAS-2'] });
  });

  test('it lacks at least what the last raise was about, where no list is left', () => {
    const active = activeOn('ami-base-1', { packageEpoch: 1 });
    const epochRaised = { at: NOW - DAY, level: 'high' as const, because: 'ALAS-1 is open' };
    expect(lacks(active, { target: { active, epochRaised } })).toMatchObject({ level: 'high' });
  });

  test('it lacks nothing in the same epoch', () => {
    expect(lacks(activeOn('ami-base-1'), { check })).toMatchObject({ level: 'none', advisories: [] });
  });
});
