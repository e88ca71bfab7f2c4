import { describe, expect, it } from 'vitest';
import { buildSecurityUpdate } from '../../src/app/control/buildSecurityUpdate.ts';
import { cancelRegionBuilds } from '../../src/app/control/cancelRegionBuilds.ts';
import { requestBuilds } from '../../src/app/requestBuilds.ts';
import { DEFAULT_POLICY } from '../../src/core/policy/policy.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/words.ts';
import { loopOf } from './loop.ts';
import { movedBase } from './movedBase.ts';
import { aTemplate, newWorld, TEMPLATE, type World } from './world.ts';

const CAPACITY = 'InsufficientInstanceCapacity: there is none of m7i.large';
const BROKEN = 'Component test failed: import numpy';
/** No build of ours is as cheap as this. */
const POOR = { budgets: { ...DEFAULT_POLICY.budgets, urgent: 1_000 } };
const ADA = { actor: 'ada', requestId: 'a test' };
const SECOND = `${TEMPLATE}-us-east-1-x86_64-2`;
const THIRD = `${TEMPLATE}-us-east-1-x86_64-3`;
const FOURTH = `${TEMPLATE}-us-east-1-x86_64-4`;

const notAsked = async ({ services }: World) => (await requestBuilds({}, services)).passed;
const rulesOf = async ({ services }: World, id: string) =>
  (await services.regionBuilds.explanation(id)).map(({ rule }) => rule);

describe('a build that was refused', () => {
  it('is asked for again when the policy has changed since, and not before', async () => {
    const { world, loop, setPolicy, activeRelease } = await movedBase('critical', POOR);
    await loop.minutes(30);
    expect(await world.build(SECOND)).toMatchObject({ status: 'refused', urgency: 'critical' });
    world.advance(DAY);
    await loop.minutes(30);
    expect((await notAsked(world)).map(({ because }) => because)).toEqual([
      `${SECOND} was asked for by the same, and is refused; it is asked for again when the policy changes`,
    ]);
    await setPolicy({});
    expect(await rulesOf(world, THIRD)).toContain('asked-again');
    await loop.settle();
    expect(await activeRelease()).toBe('2');
  });

  it('and is refused by the other policy too is asked for once for each of them', async () => {
    const { world, loop, setPolicy } = await movedBase('critical', POOR);
    await loop.minutes(5);
    await setPolicy({ ...POOR, maxAttempts: 4 });
    await loop.minutes(60);
    expect(await world.build(THIRD)).toMatchObject({ status: 'refused' });
    expect(await world.services.regionBuilds.get(FOURTH)).toBeUndefined();
  });

  it('is asked for again also where it was to be a first image', async () => {
    const world = newWorld({ policy: { regions: ['us-east-1'], maxCost: 1, preferOffPeak: false } });
    await world.prepare([]);
    await world.saveTemplate(aTemplate(), {
      kept: { since: world.services.now(), because: 'a test keeps it' },
    });
    const loop = loopOf(world);
    await loop.minutes(15);
    const [first] = [await world.build(`${TEMPLATE}-us-east-1-x86_64-1`)];
    expect(first.status).toBe('refused');
    await world.setPolicy({ regions: ['us-east-1'], preferOffPeak: false });
    await loop.settle();
    expect((await world.build(SECOND)).status).toBe('succeeded');
  });
});

describe('in mode observe', () => {
  it('a refusal is explained, and nothing is refused: it is built when the mode and the budget allow it', async () => {
    const { world, loop, why, setPolicy, activeRelease } = await movedBase('critical', {
      ...POOR,
      mode: 'observe',
    });
    await loop.minutes(30);
    expect((await world.build(SECOND)).status).toBe('queued');
    expect(await why()).toMatch(
      /^held: the mode is observe; in mode act it would be refused, because its ceiling of \$.* is above the limit of \$/,
    );
    await setPolicy({});
    await loop.settle();
    expect(await activeRelease()).toBe('2');
    expect((await world.build(SECOND)).status).toBe('succeeded');
  });
});

describe('a build that failed', () => {
  it('for a reason that passes is asked for again after the time the policy says', async () => {
    let capacity = false;
    const { world, loop, activeRelease } = await movedBase(
      'critical',
      {},
      { failing: () => (capacity ? undefined : CAPACITY) },
    );
    await loop.settle();
    expect(await world.build(SECOND)).toMatchObject({ status: 'failed', attempts: 3 });
    const [passed] = await notAsked(world);
    expect(passed?.because).toMatch(/failed for a reason that passes; it is asked for again at /);
    capacity = true;
    await loop.minutes(50);
    expect(await world.services.regionBuilds.get(THIRD)).toBeUndefined();
    await loop.minutes(20);
    await loop.settle();
    expect(await activeRelease()).toBe('2');
    // It answers for the build that was asked for at first.
    expect((await world.build(THIRD)).build).toBe((await world.build(SECOND)).build);
  });

  it('again and again is left alone when its template is paused', async () => {
    const { world, loop } = await movedBase(
      'critical',
      { retryFailedAfter: 10 * MINUTE },
      { failing: () => CAPACITY },
    );
    await loop.minutes(5 * 60);
    expect((await world.services.templates.get(TEMPLATE))?.paused?.reason).toContain('3 builds');
    expect((await world.build(FOURTH)).status).toBe('failed');
    expect(await world.services.regionBuilds.get(`${TEMPLATE}-us-east-1-x86_64-5`)).toBeUndefined();
  });

  it('for a reason that stays is not asked for again, by no other policy either', async () => {
    const { world, loop, setPolicy } = await movedBase('critical', {}, { failing: () => BROKEN });
    await loop.settle();
    expect((await world.build(SECOND)).status).toBe('failed');
    await setPolicy({ maxAttempts: 4 });
    await loop.minutes(3 * 60);
    expect(await world.services.regionBuilds.get(THIRD)).toBeUndefined();
  });
});

describe('a build that a person cancelled', () => {
  it('stays so, whatever the policy says later', async () => {
    const { world, loop, setPolicy } = await movedBase('medium');
    await cancelRegionBuilds([SECOND], 'not now', world.services);
    await setPolicy({ maxAttempts: 4 });
    world.advance(2 * HOUR);
    await loop.minutes(30);
    expect(await world.services.regionBuilds.get(THIRD)).toBeUndefined();
  });
});

describe('a security update by hand', () => {
  const REQUEST = { urgent: false, requestId: '00000000-0000-4000-8000-000000000009' };

  it.each([
    ['failed for a reason that stays', 'failed'],
    ['was cancelled', 'cancelled'],
  ])('is asked for where the last one %s', async (_, status) => {
    const { world, loop } = await movedBase(
      'medium',
      { preferOffPeak: status === 'cancelled' },
      { failing: () => BROKEN },
    );
    if (status === 'cancelled') await cancelRegionBuilds([SECOND], 'not now', world.services);
    await loop.settle();
    expect((await world.build(SECOND)).status).toBe(status);
    const { builds, refused } = await buildSecurityUpdate(REQUEST, ADA, world.services);
    expect({ builds: builds.map(({ regionBuilds }) => regionBuilds.map(({ id }) => id)), refused }).toEqual({
      builds: [[THIRD]],
      refused: [],
    });
    await loop.pump();
    // What it is about is known again: it is as urgent as the update.
    await requestBuilds({}, world.services);
    expect(await world.build(THIRD)).toMatchObject({ level: 'medium', triggers: ['security', 'manual'] });
  });

  it('says why where it was refused, and is asked for when it can be paid', async () => {
    const { world, loop, setPolicy } = await movedBase('medium', { maxCost: 1 });
    await loop.minutes(2);
    expect((await world.build(SECOND)).status).toBe('refused');
    const answer = await buildSecurityUpdate(REQUEST, ADA, world.services);
    expect(answer.builds[0]?.regionBuilds[0]).toMatchObject({ outcome: 'refused', id: null });
    await setPolicy({});
    expect((await world.build(THIRD)).status).toBe('queued');
  });
});
