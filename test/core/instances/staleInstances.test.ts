import { describe, expect, test } from 'vitest';
import { without } from '../../../src/core/builds/compose.ts';
import type { Ami, TargetState } from '../../../src/core/builds/target.ts';
import type { Instance } from '../../../src/core/instances/instance.ts';
import { leftAmis, staleInstances } from '../../../src/core/instances/staleInstances.ts';
import { DAY, targetKey } from '../../../src/core/words.ts';
import { anAmi, aTarget, NOW } from '../builds/builders.ts';

const day = (days: number) => NOW - days * DAY;
const anOld = (changes: Partial<Ami>) => anAmi({ state: 'superseded', ...changes });

const FIRST = anOld({ amiId: 'ami-1', promotedAt: day(30), supersededAt: day(20) });
const SECOND = anOld({ amiId: 'ami-2', promotedAt: day(20), supersededAt: day(10) });
const ACTIVE = anAmi({ amiId: 'ami-3', state: 'active', promotedAt: day(10) });
const AMIS = [FIRST, SECOND, ACTIVE];
const TARGETS: ReadonlyMap<string, TargetState> = new Map([
  [
    targetKey(ACTIVE),
    aTarget({
      active: {
        amiId: 'ami-3',
        fingerprint: 'f3',
        baseImageId: 'ami-0base',
        baseRelease: '3',
        regionBuild: 'b3',
        at: day(10),
      },
    }),
  ],
]);

const anInstance = (imageId: string, changes: Partial<Instance> = {}): Instance => ({
  instanceId: `i-of-${imageId}`,
  region: 'us-east-1',
  imageId,
  state: 'running',
  launchedAt: day(25),
  tags: { Owner: 'ada' },
  ...changes,
});

const stale = (instances: readonly Instance[], amis: readonly Ami[] = AMIS) =>
  staleInstances(instances, amis, TARGETS).map(({ instance, since, promotions }) => [
    instance.imageId,
    since,
    promotions,
  ]);

describe('an instance is stale', () => {
  test('on an AMI that gave way, with since when and how many came after it', () => {
    expect(stale([anInstance('ami-1'), anInstance('ami-2'), anInstance('ami-3')])).toEqual([
      ['ami-1', day(20), 2],
      ['ami-2', day(10), 1],
    ]);
  });

  test('also if it is stopped: it comes back with its old disk', () => {
    expect(stale([anInstance('ami-1', { state: 'stopped' })])).toHaveLength(1);
  });

  test.each(['superseded', 'deprecated', 'disabled', 'deregistered'] as const)(
    'also if its AMI is %s by now',
    (state) => expect(stale([anInstance('ami-1')], [{ ...FIRST, state }, SECOND, ACTIVE])).toHaveLength(1),
  );

  test.each(['candidate', 'active', 'failed', 'building'] as const)('not on one that is %s', (state) =>
    expect(stale([anInstance('ami-4')], [...AMIS, anAmi({ amiId: 'ami-4', state })])).toEqual([]),
  );

  test('not on an AMI of somebody else, nor on one of that id in another region', () => {
    const elsewhere = anInstance('ami-1', { region: 'us-west-2' });
    expect(stale([anInstance('ami-stranger'), elsewhere])).toEqual([]);
  });

  test('not where nothing is active that it could be behind', () => {
    expect(leftAmis([anOld({ amiId: 'ami-1', region: 'us-west-2' })], TARGETS)).toEqual([]);
  });
});

describe('since when', () => {
  test('is told by the next promotion where older records do not say', () => {
    const old = without(FIRST, 'supersededAt');
    expect(stale([anInstance('ami-1')], [old, SECOND, ACTIVE])).toEqual([['ami-1', day(20), 2]]);
  });

  test('is not known of one that nothing was promoted after', () => {
    const old = anOld({ amiId: 'ami-9', createdAt: NOW, promotedAt: NOW });
    expect(stale([anInstance('ami-9')], [old, ACTIVE])).toEqual([['ami-9', null, 0]]);
  });

  test('is the rollback, for one that was rolled back: the older AMI took over again', () => {
    const bad = anOld({ amiId: 'ami-4', promotedAt: day(2), supersededAt: day(1) });
    const back = { ...ACTIVE, promotedAt: day(1) };
    expect(stale([anInstance('ami-4')], [FIRST, SECOND, back, bad])).toEqual([['ami-4', day(1), 1]]);
  });
});

test('thousands of instances on thousands of AMIs of one template are told at once', () => {
  const older = Array.from({ length: 8000 }, (_, n) =>
    anOld({ amiId: `ami-old-${n}`, promotedAt: day(9000 - n), supersededAt: day(8999 - n) }),
  );
  const instances = Array.from({ length: 3000 }, (_, n) => anInstance(`ami-old-${n}`));
  const begun = performance.now();
  const found = stale(instances, [...older, ...AMIS]);
  // Reading all AMIs again for each instance takes seconds.
  expect(performance.now() - begun).toBeLessThan(1_000);
  expect(found).toHaveLength(3000);
  expect(found.slice(0, 2)).toEqual([
    ['ami-old-0', day(8999), 7999 + 3],
    ['ami-old-1', day(8998), 7998 + 3],
  ]);
});
