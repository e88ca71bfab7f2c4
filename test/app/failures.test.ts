import { describe, expect, it } from 'vitest';
import { recordFailure } from '../../src/app/recordFailure.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { HOUR, MINUTE } from '../../src/core/words.ts';
import { namedError } from '../../src/memory/nextFaults.ts';
import { die } from '../../src/memory/table/faults.ts';
import { loopOf, type LoopOptions } from './loop.ts';
import { expectAtRest, expectOneActiveEach } from './outcome.ts';
import { aTemplate, newWorld, TEMPLATE, type World } from './world.ts';

const BROKEN = 'Component test failed: import numpy';
const CAPACITY = 'InsufficientInstanceCapacity: there is none of m7i.large';

async function oneBuild(options: LoopOptions = {}, policy: Partial<Policy> = {}) {
  const world = newWorld({ policy: { regions: ['us-east-1'], ...policy } });
  await world.prepare();
  const { id } = await world.ask();
  return { world, loop: loopOf(world, options), id, execution: `${id}-1` };
}

const attemptOf = ({ spec }: { spec: { image: { tags: Readonly<Record<string, string>> } } }) =>
  Number(spec.image.tags['auto-ami:attempt']);

async function rules({ services }: World, id: string): Promise<string[]> {
  return (await services.regionBuilds.explanation(id)).map(({ rule }) => rule);
}

describe('an image that fails', () => {
  it('fails its region build alone, with Image Builder’s own reason and the place of its log', async () => {
    const { world, loop, id, execution } = await oneBuild({
      failing: ({ region }) => (region === 'us-east-1' ? BROKEN : undefined),
    });
    await world.setPolicy({});
    const other = await world.ask({ region: 'us-west-2' });
    await loop.settle();
    expect((await world.build(other.id)).status).toBe('succeeded');
    const failed = await world.build(id);
    expect(failed).toMatchObject({
      status: 'failed',
      attempts: 1,
      failure: { error: 'ImageFailed', reason: BROKEN, transient: false },
    });
    expect(failed.failure?.log).toContain('/aws/imagebuilder/');
    expect(world.stepFunctions.executions.get(execution)).toMatchObject({
      status: 'failed',
      failure: { error: 'ImageFailed', cause: BROKEN },
    });
    await expectAtRest(world);
  });

  it('for want of capacity is tried again as a new attempt behind a backoff; both are paid', async () => {
    const { world, loop, id } = await oneBuild({
      failing: (image) => (attemptOf(image) === 1 ? CAPACITY : undefined),
    });
    await loop.settle();
    const { status, attempts, cost } = await world.build(id);
    expect({ status, attempts }).toEqual({ status: 'succeeded', attempts: 2 });
    const tries = await world.services.regionBuilds.attempts(id);
    expect(tries.map(({ outcome }) => outcome)).toEqual(['ImageFailed', 'succeeded']);
    expect(tries.reduce((sum, each) => sum + (each.cost ?? 0), 0)).toBe(cost);
    expect(tries[1]!.grantedAt - tries[0]!.endedAt!).toBeGreaterThanOrEqual(2 * MINUTE);
    await expectAtRest(world);
    await expectOneActiveEach(world, ['us-east-1']);
  });

  it('again and again is given up after so many attempts as the policy says', async () => {
    const { world, loop, id } = await oneBuild({ failing: () => CAPACITY });
    await loop.settle();
    expect(await world.build(id)).toMatchObject({ status: 'failed', attempts: 3 });
    expect(world.imageBuilder.images()).toHaveLength(3);
    await expectAtRest(world);
  });

  it('whose event was lost and whose execution was stopped is tried again under a new execution', async () => {
    const { world, loop, id, execution } = await oneBuild({
      deliveries: ({ detailType }) => (detailType === 'image' ? 0 : 1),
      failing: (image) => (attemptOf(image) === 1 ? CAPACITY : undefined),
    });
    await loop.minutes(2);
    await world.stepFunctions.stop(execution, 'by hand');
    await loop.settle();
    expect(await world.build(id)).toMatchObject({ status: 'succeeded', attempts: 2, executionNumber: 2 });
    await expectAtRest(world);
    await expectOneActiveEach(world, ['us-east-1']);
  });

  it('is recorded as an image after all if it was made while its execution lost patience', async () => {
    const { world, loop, id, execution } = await oneBuild();
    await loop.pump();
    const [image] = world.imageBuilder.images();
    world.imageBuilder.finish(image!.arn);
    const arn = (await world.build(id)).turn!.execution;
    const error = { Error: 'States.Timeout', Cause: '' };
    const { services } = world;
    expect(await recordFailure({ id, execution: arn, error }, services)).toEqual({
      next: 'record-image',
      id,
    });
    await world.stepFunctions.stop(execution, 'the test has played its part');
    await loop.settle();
    await expectOneActiveEach(world, ['us-east-1']);
  });

  it('is cancelled if its attempt is over while it still runs', async () => {
    const { world, loop, id } = await oneBuild();
    await loop.minutes(2);
    const arn = (await world.build(id)).turn!.execution;
    const error = { Error: 'DynamoDb.ThrottlingException', Cause: 'Rate exceeded' };
    const answer = await recordFailure({ id, execution: arn, error }, world.services);
    expect(answer).toEqual({ next: 'another-attempt', id });
    expect(world.imageBuilder.images().map(({ status }) => status)).toEqual(['CANCELLED']);
  });
});

describe('an image that takes too long', () => {
  it('is cancelled at its maximum duration, and costs no more than its ceiling', async () => {
    const { world, loop, id } = await oneBuild({ endless: true }, { maximumDuration: HOUR });
    await loop.settle();
    const { status, failure, cost } = await world.build(id);
    expect({ status, error: failure?.error }).toEqual({ status: 'failed', error: 'TooLong' });
    expect(await rules(world, id)).toContain('too-long');
    // The slow tick that finds it comes every ten minutes, and another one before it is seen to have ended.
    const [attempt] = await world.services.regionBuilds.attempts(id);
    expect(cost).toBeLessThanOrEqual(attempt!.reservation.amount * 1.4);
    await expectAtRest(world);
  });
});

describe('a start that fails', () => {
  it('because Image Builder has no room is tried again as a new attempt', async () => {
    const { world, loop, id } = await oneBuild();
    world.imageBuilder.failNext(namedError('ServiceQuotaExceededException', '100 concurrent builds'));
    await loop.settle();
    expect(await world.build(id)).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(world.imageBuilder.images()).toHaveLength(1);
    await expectAtRest(world);
  });

  it('because Image Builder refuses it fails at once', async () => {
    const { world, loop, id } = await oneBuild();
    world.imageBuilder.failNext(namedError('InvalidParameterValueException', 'the role is none'));
    await loop.settle();
    expect(await world.build(id)).toMatchObject({
      status: 'failed',
      attempts: 1,
      failure: { error: 'InvalidParameterValueException', reason: 'the role is none' },
    });
    await expectAtRest(world);
  });

  it('because its answer was lost finds the image that it started', async () => {
    const { world, loop, id } = await oneBuild();
    world.imageBuilder.loseAnswer();
    await loop.settle();
    expect(await world.build(id)).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect(world.imageBuilder.images()).toHaveLength(1);
    expect(await rules(world, id)).toContain('asked-again');
    await expectAtRest(world);
  });

  it('because its function dies every time is asked again once, then is a new attempt', async () => {
    const { world, loop, id } = await oneBuild({}, { maxAttempts: 2 });
    const { imageBuilder } = world.services;
    const start = imageBuilder.start.bind(imageBuilder);
    let starts = 0;
    Object.assign(imageBuilder, {
      start: async (...args: Parameters<typeof start>) => {
        starts += 1;
        await start(...args);
        return die();
      },
    });
    await loop.settle(undefined, 3 * 60);
    // Step Functions calls seven times; each attempt is asked for twice, and each has one image.
    expect(starts).toBe(2 * 2 * 7);
    expect(world.imageBuilder.images()).toHaveLength(2);
    expect(await world.build(id)).toMatchObject({ status: 'failed', attempts: 2 });
  });

  it('because the template cannot be compiled says why, and does not try again', async () => {
    const { world, loop, id } = await oneBuild();
    await world.saveTemplate(aTemplate({ packageManager: 'apt' }));
    await loop.settle();
    const { status, failure } = await world.build(id);
    expect(status).toBe('failed');
    expect(failure).toMatchObject({ error: 'ImpossibleImage', transient: false });
    expect(failure?.reason).toContain('package_manager apt');
  });
});

describe('a template that keeps failing', () => {
  async function failing(times: number) {
    const { world, loop } = await oneBuild({ failing: () => BROKEN });
    await loop.settle();
    for (let time = 1; time < times; time++) {
      await world.ask({}, { forced: true });
      await loop.settle();
    }
    return { world, loop };
  }

  it('is paused with its reason after as many failures in a row as the policy says', async () => {
    const { world } = await failing(2);
    expect((await world.services.templates.get(TEMPLATE))?.paused).toBeUndefined();
    const { world: third } = await failing(3);
    expect((await third.services.templates.get(TEMPLATE))?.paused).toMatchObject({
      by: 'auto-ami',
      reason: `3 builds in us-east-1 (x86_64) failed in a row; the last one with ImageFailed: ${BROKEN}`,
    });
  });

  it('is not built while it is paused', async () => {
    const { world, loop } = await failing(3);
    const { id } = await world.ask({}, { forced: true });
    await loop.minutes(3);
    const open = await world.services.regionBuilds.open();
    expect(open.waiting.get(id)).toMatchObject({ rule: 'paused' });
  });

  it('is not paused again by a replay after somebody has enabled it', async () => {
    const { world } = await failing(3);
    const kept = await world.services.templates.get(TEMPLATE);
    const { paused, ...enabled } = kept!;
    expect(paused).toBeDefined();
    await world.services.templates.save({ ...enabled, revision: enabled.revision + 1 });
    const first = await world.build('python-ml-us-east-1-x86_64-1');
    const error = { Error: 'ImageFailed', Cause: BROKEN };
    const execution = first.turn!.execution;
    expect(await recordFailure({ id: first.id, execution, error }, world.services)).toMatchObject({
      next: 'failed',
      error: 'ImageFailed',
    });
    expect((await world.services.templates.get(TEMPLATE))?.paused).toBeUndefined();
  });
});

describe('a failed attempt whose target has a newer build in its queue', () => {
  it('ends instead of trying again, and the newer one takes over how urgent it was', async () => {
    const { world, loop, id } = await oneBuild({
      failing: ({ spec }) => (spec.image.tags['auto-ami:region-build'] === id1 ? CAPACITY : undefined),
    });
    const id1 = id;
    await loop.minutes(3);
    const newer = await world.ask(
      {},
      { urgency: 'low', priority: 20, pot: 'monthly', triggers: ['dependency'] },
    );
    expect(newer.id).not.toBe(id);
    await loop.settle();
    expect((await world.build(id)).status).toBe('cancelled');
    expect(await world.build(newer.id)).toMatchObject({
      status: 'succeeded',
      urgency: 'normal',
      pot: 'daily',
    });
    expect((await world.services.regionBuilds.explanation(id)).at(-1)?.because).toContain(newer.id);
    await expectAtRest(world);
    await expectOneActiveEach(world, ['us-east-1']);
  });
});
