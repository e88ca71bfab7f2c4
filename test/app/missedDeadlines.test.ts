import { describe, expect, it } from 'vitest';
import { dispatchBuilds } from '../../src/app/dispatchBuilds.ts';
import { EVENTS } from '../../src/core/events.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/policy/policy.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/words.ts';
import { movedBase } from './movedBase.ts';
import { TEMPLATE } from './world.ts';

const BROKEN = 'Component test failed: import numpy';
const CAPACITY = 'InsufficientInstanceCapacity: there is none of m7i.large';
const SECOND = `${TEMPLATE}-us-east-1-x86_64-2`;

/** A critical update whose build ends badly, and the news of its deadline of four hours. */
async function endedBadly(policy: Partial<Policy>, why: string, until = () => why as string | undefined) {
  const told: string[] = [];
  const moved = await movedBase('critical', policy, {
    deliveries: ({ detailType }) => {
      if (detailType === EVENTS.DEADLINE_AT_RISK || detailType === EVENTS.DEADLINE_MISSED)
        told.push(detailType);
      return 1;
    },
    failing: until,
  });
  return { ...moved, told };
}

describe('the deadline of a build that ended badly before it', () => {
  it.each([
    ['failed', {}, 'it failed with ImageFailed: Component test failed: import numpy'],
    ['refused', { budgets: { ...DEFAULT_POLICY.budgets, urgent: 1_000 } }, 'refused: its ceiling of'],
  ] as const)('is missed when it passes and nothing else has come: %s', async (status, policy, because) => {
    const { world, loop, told } = await endedBadly(policy, BROKEN);
    await loop.minutes(3 * 60);
    expect((await world.build(SECOND)).status).toBe(status);
    expect(told).toEqual([]);
    await loop.minutes(75);
    expect(told).toEqual([EVENTS.DEADLINE_MISSED]);
    const { deadline } = await world.build(SECOND);
    const key = `deadline-missed:${TEMPLATE}/us-east-1/x86_64:${deadline!}`;
    const [announcement] = await world.services.announcements.told([key]);
    expect(announcement).toMatchObject({
      regionBuild: SECOND,
      because: expect.stringContaining(because) as string,
    });
    // Once, also on other days.
    await loop.minutes(30);
    world.advance(DAY);
    await loop.minutes(30);
    expect(told).toEqual([EVENTS.DEADLINE_MISSED]);
  });

  it('is missed once, also if it is asked for again afterwards', async () => {
    let capacity = false;
    const retryFailedAfter = 5 * HOUR;
    const { loop, told, activeRelease } = await endedBadly({ retryFailedAfter }, CAPACITY, () =>
      capacity ? undefined : CAPACITY,
    );
    await loop.minutes(4 * 60 + 15);
    expect(told).toEqual([EVENTS.DEADLINE_MISSED]);
    capacity = true;
    await loop.settle(async () => (await activeRelease()) === '2');
    expect(told).toEqual([EVENTS.DEADLINE_MISSED]);
  });

  it('is missed also where its failures paused the template', async () => {
    const { world, loop, told } = await endedBadly({ retryFailedAfter: 10 * MINUTE }, CAPACITY);
    await loop.minutes(3 * 60);
    expect((await world.services.templates.get(TEMPLATE))?.paused).toBeDefined();
    await loop.minutes(75);
    expect(told).toEqual([EVENTS.DEADLINE_MISSED]);
  });

  it.each(['observe', 'stopped'] as const)('is promised to nobody in mode %s', async (mode) => {
    const { loop, told, setPolicy } = await endedBadly({}, BROKEN);
    await loop.minutes(30);
    await setPolicy({ mode });
    await loop.minutes(5 * 60);
    expect(told).toEqual([]);
  });

  it('is not missed where the image came in time by hand', async () => {
    let broken = true;
    const { world, loop, told, activeRelease } = await endedBadly({}, BROKEN, () =>
      broken ? BROKEN : undefined,
    );
    await loop.settle();
    broken = false;
    await world.ask();
    await dispatchBuilds({}, world.services);
    await loop.minutes(5 * 60);
    expect(await activeRelease()).toBe('2');
    expect(told).toEqual([]);
  });
});
