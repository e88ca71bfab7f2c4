import { describe, expect, test } from 'vitest';
import { die } from '../../../src/memory/table/faults.ts';
import { MINUTE } from '../../../src/core/words.ts';
import { expectAtRest } from '../outcome.ts';
import { REGIONS } from '../world.ts';
import {
  ADA,
  BOB,
  ACT_OFF_PEAK,
  controlWorld,
  PYTHON_ML,
  R_RESEARCH,
  refusal,
  REQUEST,
} from './controlWorld.ts';

const python = { slug: 'python-ml', requestId: REQUEST };

async function running() {
  const there = await controlWorld();
  const { build, regionBuilds } = await there.call('buildTemplate', python);
  await there.loop.minutes(3);
  return { ...there, build: build!, ids: regionBuilds.map(({ id }) => id!) };
}

describe('cancelling', () => {
  test('what waits leaves its queue, and its execution ends', async () => {
    const { call, loop, services, world } = await controlWorld({ policy: ACT_OFF_PEAK });
    const { build } = await call('buildTemplate', python);
    await loop.minute();
    const answer = await call('cancel', { id: build!, reason: 'wrong template' }, BOB);
    expect(answer.regionBuilds.map(({ region, outcome, status }) => [region, outcome, status])).toEqual(
      REGIONS.map((region) => [region, 'cancelled', 'cancelled']),
    );
    await loop.pump();
    expect((await services.regionBuilds.open()).builds).toEqual([]);
    expect(world.stepFunctions.running()).toEqual([]);
    const { regionBuilds } = await call('explain', { id: build! });
    expect(regionBuilds[0]?.story.at(-1)).toMatchObject({
      rule: 'cancelled',
      because: `cancelled by ${BOB}: wrong template`,
    });
  });

  test('what runs stops, is paid for its time, and gives back the rest with its slot', async () => {
    const { call, loop, services, world, build, ids } = await running();
    world.advance(10 * MINUTE);
    await call('cancel', { id: build });
    for (const id of ids) {
      const [attempt] = await services.regionBuilds.attempts(id);
      expect(attempt).toMatchObject({ state: 'settled', outcome: 'cancelled' });
      expect(attempt!.cost).toBeGreaterThan(0);
      expect(attempt!.cost).toBeLessThan(attempt!.reservation.amount);
    }
    expect(world.imageBuilder.images().map(({ status }) => status)).toEqual(REGIONS.map(() => 'CANCELLED'));
    await loop.settle();
    expect(loop.failures).toEqual([]);
    await expectAtRest(world);
  });

  test('one region build alone leaves the others', async () => {
    const { call, services, ids } = await running();
    await call('cancel', { id: ids[0]! });
    expect((await services.regionBuilds.open()).builds.map(({ id }) => id)).toEqual([ids[1]]);
  });

  test('twice says that it had ended; twice at once cancels once', async () => {
    const { call, services, build, ids } = await running();
    const both = await Promise.all([call('cancel', { id: build }), call('cancel', { id: build })]);
    const outcomes = both.flatMap(({ regionBuilds }) => regionBuilds.map(({ outcome }) => outcome)).sort();
    expect(outcomes).toEqual(['cancelled', 'cancelled', 'closed-already', 'closed-already']);
    const again = await call('cancel', { id: build });
    expect(again.regionBuilds.map(({ outcome, status }) => [outcome, status])).toEqual(
      REGIONS.map(() => ['closed-already', 'cancelled']),
    );
    for (const id of ids) expect(await services.regionBuilds.attempts(id)).toHaveLength(1);
  });

  test('a death before image and execution were told is mended by cancelling again', async () => {
    const { call, world, ids } = await running();
    world.table.faults.afterWrite(1, die);
    await expect(call('cancel', { id: ids[0]! })).rejects.toThrow();
    const image = () => world.imageBuilder.images().find(({ region }) => region === 'us-east-1');
    expect(image()?.status).not.toBe('CANCELLED');
    await call('cancel', { id: ids[0]! });
    expect(image()?.status).toBe('CANCELLED');
  });

  test('an execution or image that cannot be told does not undo it', async () => {
    const { call, services, world, ids } = await running();
    const failing = { ...services.imageBuilder, cancel: () => Promise.reject(new Error('throttled')) };
    Object.assign(world.services, { imageBuilder: failing });
    const { regionBuilds } = await call('cancel', { id: ids[0]! });
    expect(regionBuilds[0]?.outcome).toBe('cancelled');
    expect(world.log.messages('warn')).toContain('a cancelled build was not told everywhere');
  });

  test('what does not exist is said', async () => {
    const { call } = await controlWorld();
    expect((await refusal(call('cancel', { id: 'nothing' }))).error).toBe('not-found');
  });
});

describe('stopping', () => {
  test('with cancelRunning ends what runs and leaves what waits', async () => {
    const { call, loop, services } = await controlWorld({ templates: [PYTHON_ML, R_RESEARCH] });
    await call('buildTemplate', python);
    await loop.minutes(2);
    await call('buildTemplate', { slug: 'r-research', requestId: '00000000-0000-4000-8000-000000000009' });
    const stopped = await call('mode', { mode: 'stopped', cancelRunning: true, reason: 'fire drill' });
    expect(stopped).toMatchObject({ template: null, mode: 'stopped', previous: 'act' });
    expect(stopped.cancelled.map(({ template, outcome }) => [template, outcome])).toEqual(
      REGIONS.map(() => ['python-ml', 'cancelled']),
    );
    await loop.minutes(3);
    const { builds } = await services.regionBuilds.open();
    expect(builds.map(({ template, status }) => [template, status])).toEqual(
      REGIONS.map(() => ['r-research', 'queued']),
    );
    const again = await call('mode', { mode: 'stopped', cancelRunning: true });
    expect(again).toEqual({ template: null, mode: 'stopped', previous: 'stopped', cancelled: [] });
  });

  test('of one template leaves the others', async () => {
    const { call, loop } = await controlWorld({ templates: [PYTHON_ML, R_RESEARCH] });
    await call('buildTemplate', python);
    await call('buildTemplate', { slug: 'r-research', requestId: '00000000-0000-4000-8000-000000000009' });
    await loop.minutes(2);
    const { cancelled } = await call('mode', {
      mode: 'stopped',
      template: 'r-research',
      cancelRunning: true,
    });
    expect(cancelled.map(({ template }) => template)).toEqual(['r-research', 'r-research']);
    expect((await call('queue', {})).regionBuilds.map(({ template }) => template)).toEqual([
      'python-ml',
      'python-ml',
    ]);
  });

  test('only stopped cancels', async () => {
    const { call } = await controlWorld();
    expect(await refusal(call('mode', { mode: 'observe', cancelRunning: true }, ADA))).toEqual({
      error: 'bad-request',
      message: 'Only the mode stopped cancels what runs, not observe.',
    });
  });
});
