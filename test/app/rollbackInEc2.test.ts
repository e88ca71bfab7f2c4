import { describe, expect, it } from 'vitest';
import { operations } from '../../src/app/control/operations.ts';
import { retireImages } from '../../src/app/retireImages.ts';
import { DAY } from '../../src/core/words.ts';
import { namedError } from '../../src/memory/nextFaults.ts';
import { loopOf } from './loop.ts';
import { aWorldWithOldAmis, HERE, statesIn } from './oldAmis.ts';
import { newWorld, TEMPLATE, type World } from './world.ts';

const [REGION = ''] = HERE;
const ADA = { actor: 'ada', requestId: 'request-1' };

async function byHand(name: 'rollback' | 'promote', { services }: World) {
  const { places } = await operations(services)[name]({ slug: TEMPLATE }, ADA);
  return places[0]!;
}

async function idOf(n: number, { services }: World): Promise<string> {
  return (await services.amis.of(TEMPLATE)).find(({ amiId }) => amiId.endsWith(String(n)))!.amiId;
}

/** The third is active; a rollback returns to the second, which is deprecated. */
async function aDeprecatedOne(): Promise<{ world: World; amiId: string }> {
  const world = await aWorldWithOldAmis(3);
  world.advance(DAY);
  await retireImages({}, world.services);
  expect(await statesIn(world)).toEqual(['1 deprecated', '2 deprecated', '3 active']);
  return { world, amiId: await idOf(2, world) };
}

describe('a rollback looks at EC2 first', () => {
  it.each(['deregistered', 'disabled'] as const)(
    'an AMI that somebody %s by hand does not become active, and the active one is not blocked',
    async (how) => {
      const { world, amiId } = await aDeprecatedOne();
      const puts = world.amiParameters.puts.length;
      if (how === 'deregistered') world.amiLifecycle.remove(REGION, amiId);
      else await world.amiLifecycle.disable(REGION, amiId);
      expect(await byHand('rollback', world)).toMatchObject({
        amiId: null,
        because: `${amiId} cannot be launched: EC2 does not have it any more, or has it disabled`,
        published: false,
      });
      expect(await statesIn(world)).toEqual(['1 deprecated', '2 deprecated', '3 active']);
      expect((await world.services.targets.of(TEMPLATE))[0]).not.toHaveProperty('rolledBack');
      expect(world.amiParameters.puts).toHaveLength(puts);
    },
  );

  it('and goes back all the same where EC2 does not answer', async () => {
    const { world, amiId } = await aDeprecatedOne();
    world.amiLifecycle.failNext(namedError('RequestLimitExceeded'));
    expect(await byHand('rollback', world)).toMatchObject({ amiId, published: true });
  });

  it('a candidate that is gone is not promoted by hand', async () => {
    const world = newWorld({ policy: { regions: HERE, promotion: 'manual' } });
    await world.prepare();
    await world.ask();
    await loopOf(world).minutes(30);
    const amiId = await idOf(1, world);
    world.amiLifecycle.remove(REGION, amiId);
    expect(await byHand('promote', world)).toMatchObject({
      amiId: null,
      because: expect.stringContaining('cannot be launched') as string,
    });
    expect(await statesIn(world)).toEqual(['1 candidate']);
  });
});

describe('the parameter of an AMI that cannot be offered again shows it all the same', () => {
  it('where somebody took our tag from it', async () => {
    const { world, amiId } = await aDeprecatedOne();
    world.amiLifecycle.addForeign(REGION, amiId);
    expect(await byHand('rollback', world)).toMatchObject({ amiId, published: true });
    expect(world.amiParameters.puts.at(-1)).toMatchObject({ amiId });
  });

  it('where EC2 refuses once: the daily run offers it again', async () => {
    const { world, amiId } = await aDeprecatedOne();
    const { amiLifecycle } = world.services;
    const undeprecate = () => Promise.reject(namedError('UnauthorizedOperation'));
    const refused = {
      ...world,
      services: { ...world.services, amiLifecycle: { ...amiLifecycle, undeprecate } },
    };
    expect(await byHand('rollback', refused)).toMatchObject({ amiId, published: true });
    expect(world.amiParameters.puts.at(-1)).toMatchObject({ amiId });
    expect(world.amiLifecycle.ami(REGION, amiId)).toMatchObject({ deprecated: true });
    world.advance(DAY);
    await retireImages({}, world.services);
    expect(world.amiLifecycle.ami(REGION, amiId)).toMatchObject({ deprecated: false });
  });
});
