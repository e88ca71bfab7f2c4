import { describe, expect, it } from 'vitest';
import { operations } from '../../src/app/control/operations.ts';
import { publishImage } from '../../src/app/publishImage.ts';
import { mendParameters } from '../../src/app/reconcile/mendParameters.ts';
import { publishPending } from '../../src/app/reconcile/publishPending.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { HOUR } from '../../src/core/words.ts';
import { loopOf } from './loop.ts';
import { expectAtRest, expectOneActiveEach } from './outcome.ts';
import { newWorld, TEMPLATE, type World } from './world.ts';

const PARAMETER = '/auto-ami/templates/python-ml/x86_64/ami-id';
const HERE = ['us-east-1'];

async function oneBuild(policy: Partial<Policy> = {}) {
  const world = newWorld({ policy: { regions: HERE, ...policy } });
  await world.prepare();
  const { id } = await world.ask();
  return { world, loop: loopOf(world), id };
}

async function statesOf({ services }: World): Promise<string[]> {
  const amis = await services.amis.of(TEMPLATE);
  return amis
    .sort((a, b) => a.createdAt - b.createdAt)
    .map(({ amiId, state }) => `${amiId.slice(-1)} ${state}`);
}

describe('publishing', () => {
  it('is done only when the parameter reads so: AWS checks the value after it has answered', async () => {
    const { world, loop, id } = await oneBuild();
    world.amiParameters.delay();
    await loop.minutes(8);
    const { amiId } = await world.build(id);
    expect(await world.services.amis.get(TEMPLATE, amiId!)).toMatchObject({ state: 'active' });
    expect(await world.services.amis.get(TEMPLATE, amiId!)).not.toHaveProperty('publishedAt');
    expect(world.stepFunctions.executions.get(`${id}-1`)).toMatchObject({
      status: 'failed',
      failure: { error: 'NotPublishedYet' },
    });
    world.amiParameters.settle();
    await loop.settle();
    await expectOneActiveEach(world, HERE);
    await expectAtRest(world);
  });

  it('that AWS drops is repeated by the reconciler for as long as it takes, and is no failure of the tick', async () => {
    const { world, loop, id } = await oneBuild();
    world.amiParameters.disown('ami-00000000000000001');
    await loop.minutes(60);
    expect(loop.failures).toEqual([]);
    expect(world.amiParameters.puts.length).toBeGreaterThan(5);
    expect((await world.services.amis.unpublished()).map(({ regionBuild }) => regionBuild)).toEqual([id]);
  });

  it('twice puts the parameter once', async () => {
    const { world, loop, id } = await oneBuild();
    await loop.settle();
    await publishImage({ id }, world.services);
    expect(world.amiParameters.puts).toHaveLength(1);
  });

  it('of an AMI that was overtaken meanwhile leaves the parameter with the active one', async () => {
    const { world, loop, id } = await oneBuild();
    const { services, amiParameters } = world;
    await loop.settle();
    const second = await world.ask({}, { forced: true });
    await loop.settle();
    // A publisher of the first one, held up for long, puts what was active when it looked.
    await amiParameters.put('us-east-1', PARAMETER, (await world.build(id)).amiId!);
    await publishImage({ id }, services);
    expect(await amiParameters.get('us-east-1', PARAMETER)).toBe((await world.build(second.id)).amiId);
  });

  it.each(['the slow tick', 'a person'])(
    'by %s, about to put B when a rollback makes A active and finds A published still, puts A after it',
    async (promoter) => {
      const soaking = { soak: 6 * HOUR };
      const { world, loop, id } = await oneBuild();
      const { services, amiParameters } = world;
      await loop.settle();
      const { amiId: A } = await world.build(id);
      await world.setPolicy({ regions: HERE, ...soaking });
      const second = await world.ask({}, { forced: true });
      await loop.minutes(10);
      const { amiId: B } = await world.build(second.id);
      expect(await statesOf(world)).toEqual(['1 active', '2 candidate']);
      world.advance(6 * HOUR);
      const rollback = onceBeforePut(world, async () => {
        await changedByHand('rollback', world);
        expect(await services.amis.unpublished()).toEqual([]);
      });
      if (promoter === 'a person') await changedByHand('promote', world);
      else await publishPending(services);
      expect(rollback.happened).toBe(true);
      expect(amiParameters.puts.map(({ amiId }) => amiId)).toEqual([A, B, A]);
      expect(await amiParameters.get('us-east-1', PARAMETER)).toBe(A);
      expect(await statesOf(world)).toEqual(['1 active', '2 superseded']);
      expect(await services.amis.unpublished()).toEqual([]);
    },
  );
});

describe('a parameter that does not show the active AMI', () => {
  const STRANGER = 'ami-0000000000000dead';
  const drifts = {
    overwritten: ({ amiParameters }: World) => amiParameters.put('us-east-1', PARAMETER, STRANGER),
    deleted: async ({ amiParameters }: World) => amiParameters.remove('us-east-1', PARAMETER),
  };

  it.each(['overwritten', 'deleted'] as const)(
    '%s by hand is mended by the next slow tick, once',
    async (how) => {
      const { world, loop, id } = await oneBuild();
      const { services, amiParameters } = world;
      await loop.settle();
      await drifts[how](world);
      const puts = amiParameters.puts.length;
      await loop.minutes(10);
      await expectOneActiveEach(world, HERE);
      await loop.minutes(30);
      expect(amiParameters.puts).toHaveLength(puts + 1);
      expect(loop.failures).toEqual([]);
      const told = await services.regionBuilds.explanation(id);
      const read = how === 'deleted' ? 'nothing' : STRANGER;
      expect(told.filter(({ rule }) => rule === 'mended').map(({ because }) => because)).toEqual([
        `${PARAMETER} in us-east-1 read ${read} and not the active AMI, and was put again`,
      ]);
      expect(world.log.messages('warn')).toContain('a published AMI id was mended');
    },
  );

  it('because a publisher put B after a rollback made A active, and died there, is mended too', async () => {
    const { world, loop, id } = await oneBuild();
    await loop.settle();
    await world.ask({}, { forced: true });
    await loop.settle();
    const [target] = await world.services.targets.of(TEMPLATE);
    const B = target!.active!.amiId;
    await changedByHand('rollback', world);
    await world.amiParameters.put('us-east-1', PARAMETER, B);
    await loop.minutes(10);
    const { amiId: A } = await world.build(id);
    expect(await world.amiParameters.get('us-east-1', PARAMETER)).toBe(A);
    expect(await statesOf(world)).toEqual(['1 active', '2 superseded']);
  });

  it('is left to whoever promoted the AMI while that is pending', async () => {
    const { world, loop } = await oneBuild();
    world.amiParameters.delay();
    await loop.minutes(8);
    const puts = world.amiParameters.puts.length;
    await mendParameters(world.services);
    expect(world.amiParameters.puts).toHaveLength(puts);
  });

  it('is left as it is while the mode is observe or stopped: nothing in the account is changed', async () => {
    const { world, loop } = await oneBuild();
    await loop.settle();
    await drifts.overwritten(world);
    for (const mode of ['observe', 'stopped'] as const) {
      await world.setPolicy({ regions: HERE, mode });
      await mendParameters(world.services);
      expect(await world.amiParameters.get('us-east-1', PARAMETER)).toBe(STRANGER);
    }
  });
});

/** Lets somebody act when the next value has been decided on and is about to be put. */
function onceBeforePut({ services }: World, act: () => Promise<void>): { readonly happened: boolean } {
  const once = { happened: false };
  const { amiParameters } = services;
  const put = amiParameters.put.bind(amiParameters);
  Object.assign(amiParameters, {
    put: async (...args: Parameters<typeof put>) => {
      if (!once.happened) {
        once.happened = true;
        await act();
      }
      return put(...args);
    },
  });
  return once;
}

async function changedByHand(name: 'promote' | 'rollback', { services }: World): Promise<void> {
  const caller = { actor: 'ada', requestId: 'request-1' };
  const { places } = await operations(services)[name]({ slug: TEMPLATE }, caller);
  expect(places.map(({ published }) => published)).toEqual([true]);
}

describe('promotion', () => {
  it('waits for the soak, then the slow tick promotes', async () => {
    const { world, loop, id } = await oneBuild({ soak: 6 * HOUR });
    await loop.minutes(30);
    const { amiId } = await world.build(id);
    expect(await world.services.amis.get(TEMPLATE, amiId!)).toMatchObject({ state: 'candidate' });
    expect(world.amiParameters.puts).toEqual([]);
    const told = await world.services.regionBuilds.explanation(id);
    expect(told.filter(({ rule }) => rule === 'soak')).toHaveLength(1);
    await loop.settle();
    const { promotedAt, createdAt } = (await world.services.amis.get(TEMPLATE, amiId!))!;
    expect(promotedAt! - createdAt).toBeGreaterThanOrEqual(6 * HOUR);
    await expectOneActiveEach(world, HERE);
  });

  it('waits for nothing when the build is critical', async () => {
    const world = newWorld({ policy: { regions: HERE, soak: 6 * HOUR } });
    await world.prepare();
    await world.ask({}, { urgency: 'critical', pot: 'urgent' });
    const loop = loopOf(world);
    await loop.minutes(10);
    await expectOneActiveEach(world, HERE);
  });

  it('by hand is left to people', async () => {
    const { world, loop } = await oneBuild({ promotion: 'manual' });
    await loop.minutes(60);
    expect(await statesOf(world)).toEqual(['1 candidate']);
    expect(world.amiParameters.puts).toEqual([]);
    await world.setPolicy({ regions: HERE });
    await loop.settle();
    await expectOneActiveEach(world, HERE);
  });

  it('of two candidates that soak one after the other reaches both, in their order', async () => {
    const { world, loop } = await oneBuild({ soak: 6 * HOUR });
    await loop.minutes(20);
    await world.ask({}, { forced: true });
    await loop.minutes(20);
    expect(await statesOf(world)).toEqual(['1 candidate', '2 candidate']);
    await loop.settle();
    expect(await statesOf(world)).toEqual(['1 superseded', '2 active']);
    await expectAtRest(world);
  });

  it('of a critical one goes past a candidate that soaks, which leaves', async () => {
    const { world, loop, id } = await oneBuild({ soak: 6 * HOUR });
    await loop.minutes(20);
    await world.ask({}, { forced: true, urgency: 'critical', pot: 'urgent' });
    await loop.minutes(20);
    expect(await statesOf(world)).toEqual(['1 candidate', '2 active']);
    await loop.settle();
    expect(await statesOf(world)).toEqual(['1 superseded', '2 active']);
    const told = await world.services.regionBuilds.explanation(id);
    expect(told.at(-1)?.rule).toBe('overtaken');
  });

  it('does not happen while the mode is observe, and does when it acts again', async () => {
    const { world, loop } = await oneBuild();
    await loop.minutes(3);
    await world.setPolicy({ regions: HERE, mode: 'observe' });
    await loop.minutes(20);
    expect(await statesOf(world)).toEqual(['1 candidate']);
    await world.setPolicy({ regions: HERE });
    await loop.settle();
    await expectOneActiveEach(world, HERE);
  });
});
