import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/core/words.ts';
import { BASE, REGIONS } from '../world.ts';
import {
  ACT_OFF_PEAK,
  ANOTHER_REQUEST,
  controlWorld,
  PYTHON_ML,
  R_RESEARCH,
  REQUEST,
} from './controlWorld.ts';

const OPENS = '2026-11-25T02:00:00.000Z';

/** A template with images, and its base moved since; the builds for it wait for the off-peak window. */
async function afterUpdate() {
  const there = await controlWorld({ policy: ACT_OFF_PEAK, templates: [PYTHON_ML, R_RESEARCH] });
  const { call, loop, world, services } = there;
  const assessed = await services.evidence.assess({} as Parameters<typeof services.evidence.assess>[0]);
  Object.assign(services, { evidence: { assess: async () => ({ ...assessed, level: 'medium' }) } });
  await call('buildTemplate', { slug: 'python-ml', urgent: true, requestId: REQUEST });
  await loop.settle();
  for (const region of REGIONS) world.publishUpstream(region, 2);
  await loop.scan();
  await loop.minutes(3);
  return there;
}

describe('notifications', () => {
  test('tell of the base image that moved, whom it affects and when they are rebuilt, and of what was built', async () => {
    const { call } = await afterUpdate();
    const { notifications } = await call('notifications', { type: 'ami-updates' });
    expect(notifications).toEqual([
      {
        kind: 'base-image-updated',
        at: expect.any(String),
        templates: ['python-ml'],
        update: { base: BASE, release: '2', type: 'security', level: 'medium', open: 2, startsAt: OPENS },
        build: null,
      },
      {
        kind: 'build-succeeded',
        at: expect.any(String),
        templates: ['python-ml'],
        update: null,
        build: {
          id: expect.stringMatching(/^python-ml-/),
          triggers: ['manual'],
          because: 'asked for by hand',
          images: REGIONS.map((region) => ({
            region,
            architecture: 'x86_64',
            amiId: expect.stringMatching(/^ami-/),
          })),
          failures: [],
        },
      },
    ]);
  });

  test('tell of an update whose builds have ended, and of those builds', async () => {
    const { call, loop } = await afterUpdate();
    await call('buildSecurityUpdate', { urgent: true, requestId: ANOTHER_REQUEST });
    await loop.settle();
    const { notifications } = await call('notifications', {});
    expect(notifications.map(({ kind, update }) => [kind, update?.open])).toEqual(
      expect.arrayContaining([
        ['base-image-updated', 0],
        ['build-succeeded', undefined],
      ]),
    );
  });

  test('tell of builds that failed, and why', async () => {
    const { call, loop, world } = await controlWorld();
    await call('buildTemplate', { slug: 'python-ml', regions: ['us-east-1'], requestId: REQUEST });
    await loop.minutes(2);
    world.imageBuilder.failImage(world.imageBuilder.images()[0]!.arn, 'pip check found a conflict');
    await loop.reconcile();
    await loop.minutes(2);
    const [first] = (await call('notifications', {})).notifications;
    expect(first).toMatchObject({
      kind: 'build-failed',
      build: { failures: [{ region: 'us-east-1', reason: 'pip check found a conflict' }] },
    });
  });

  test('leave out what was cancelled, and what is a month old', async () => {
    const { call, world, loop } = await controlWorld();
    const { build } = await call('buildTemplate', { slug: 'python-ml', requestId: REQUEST });
    await call('cancel', { id: build! });
    expect((await call('notifications', {})).notifications).toEqual([]);
    await call('buildTemplate', { slug: 'python-ml', requestId: ANOTHER_REQUEST });
    await loop.settle();
    expect((await call('notifications', {})).notifications).toHaveLength(1);
    world.advance(31 * DAY);
    expect((await call('notifications', {})).notifications).toEqual([]);
  });

  test('are cut to a limit', async () => {
    const { call } = await afterUpdate();
    expect((await call('notifications', { limit: 1 })).notifications.map(({ kind }) => kind)).toEqual([
      'base-image-updated',
    ]);
  });
});
