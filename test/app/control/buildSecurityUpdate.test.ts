import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../../src/core/evidence/assessment.ts';
import type { SecurityLevel } from '../../../src/core/words.ts';
import { BASE, REGIONS } from '../world.ts';
import {
  ACT_OFF_PEAK,
  ADA,
  ANOTHER_REQUEST,
  controlWorld,
  PYTHON_ML,
  R_RESEARCH,
  refusal,
  REQUEST,
} from './controlWorld.ts';

const THIRD_REQUEST = '00000000-0000-4000-8000-000000000003';

/** Two templates with images, and a base image that moved since; it is about 19:20, the off-peak window opens at 02:00. */
async function afterUpdate(level: SecurityLevel) {
  const there = await controlWorld({ policy: ACT_OFF_PEAK, templates: [PYTHON_ML, R_RESEARCH] });
  const { call, loop, world, services } = there;
  const { evidence } = services;
  const assess = async (comparison: Comparison) => ({ ...(await evidence.assess(comparison)), level });
  Object.assign(services, { evidence: { assess } });
  await call('buildTemplate', { slug: 'python-ml', urgent: true, requestId: REQUEST });
  await call('buildTemplate', { slug: 'r-research', urgent: true, requestId: ANOTHER_REQUEST });
  await loop.settle();
  for (const region of REGIONS) world.publishUpstream(region, 2);
  await loop.scan();
  await loop.minutes(3);
  return there;
}

describe('a security update by hand', () => {
  test('is asked for wherever one is missing, and starts now if it is urgent', async () => {
    const { call, loop, services } = await afterUpdate('medium');
    const waiting = await call('queue', {});
    expect(waiting.regionBuilds.map(({ status, level }) => [status, level])).toEqual(
      Array.from({ length: 4 }, () => ['queued', 'medium']),
    );
    const { builds, refused } = await call('buildSecurityUpdate', { urgent: true, requestId: THIRD_REQUEST });
    expect(refused).toEqual([]);
    expect(
      builds.map(({ template, reason, regionBuilds }) => [template, reason, regionBuilds.length]),
    ).toEqual([
      ['python-ml', `security update: ${BASE} moved to 2 (medium)`, 2],
      ['r-research', `security update: ${BASE} moved to 2 (medium)`, 2],
    ]);
    await loop.minutes(2);
    const running = await call('queue', {});
    expect(running.regionBuilds.map(({ status, urgency }) => [status, urgency])).toEqual(
      Array.from({ length: 4 }, () => ['running', 'critical']),
    );
    await loop.settle();
    expect((await services.targets.all()).map(({ active }) => active?.baseRelease)).toEqual([
      '2',
      '2',
      '2',
      '2',
    ]);
  });

  test('passes the approval that its level wants: a person has asked', async () => {
    const { call, loop } = await afterUpdate('low');
    expect((await call('queue', {})).regionBuilds.map(({ approval }) => approval)).toContain('wanted');
    const { builds } = await call('buildSecurityUpdate', { template: 'python-ml', requestId: THIRD_REQUEST });
    expect(builds.map(({ template }) => template)).toEqual(['python-ml']);
    await loop.minutes(2);
    const { regionBuilds } = await call('queue', {});
    expect(regionBuilds.map(({ template, approval }) => [template, approval]).sort()).toEqual([
      ['python-ml', 'not-needed'],
      ['python-ml', 'not-needed'],
      ['r-research', 'wanted'],
      ['r-research', 'wanted'],
    ]);
  });

  test('sent again asks for the same builds', async () => {
    const { call } = await afterUpdate('medium');
    const first = await call('buildSecurityUpdate', { requestId: THIRD_REQUEST });
    const again = await call('buildSecurityUpdate', { requestId: THIRD_REQUEST });
    expect(again.builds.map(({ build }) => build)).toEqual(first.builds.map(({ build }) => build));
    expect((await call('queue', {})).total).toBe(4);
  });

  test('says why nothing is asked for a template that is disabled', async () => {
    const { call } = await afterUpdate('medium');
    await call('disableTemplate', { slug: 'python-ml', reason: 'prefer-fresh-builds' });
    const { builds, refused } = await call('buildSecurityUpdate', { requestId: THIRD_REQUEST });
    expect(builds.map(({ template }) => template)).toEqual(['r-research']);
    expect(refused).toEqual([
      { template: 'python-ml', because: expect.stringContaining(`disabled by ${ADA}: prefer-fresh-builds`) },
    ]);
  });

  test('of which nobody lacks any asks for nothing', async () => {
    const { call, loop } = await controlWorld();
    await call('buildTemplate', { slug: 'python-ml', requestId: REQUEST });
    await loop.settle();
    expect(await call('buildSecurityUpdate', { requestId: THIRD_REQUEST })).toMatchObject({
      builds: [],
      refused: [],
    });
    const unknown = await refusal(
      call('buildSecurityUpdate', { template: 'pyton-ml', requestId: THIRD_REQUEST }),
    );
    expect(unknown.error).toBe('not-found');
  });
});
