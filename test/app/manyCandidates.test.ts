import { expect, it } from 'vitest';
import { operations } from '../../src/app/control/operations.ts';
import type { Write } from '../../src/core/writes.ts';
import { loopOf } from './loop.ts';
import { HERE } from './oldAmis.ts';
import { newWorld, TEMPLATE } from './world.ts';

it('a person promotes the newest of more candidates than one commit has room for, and all others leave', async () => {
  const world = newWorld({ policy: { regions: HERE, promotion: 'manual' } });
  await world.prepare();
  await world.ask();
  await loopOf(world).minutes(30);
  const { amis, commits } = world.services;
  const [newest] = await amis.of(TEMPLATE);
  if (newest === undefined) throw new Error('nothing was built');
  const older = Array.from({ length: 79 }, (_, n): Write => {
    const after = { ...newest, amiId: `ami-older-${n}`, createdAt: newest.createdAt - 1 - n };
    return { kind: 'ami', after, expects: null, pending: 'publish' };
  });
  await commits.commit(older);
  const { places } = await operations(world.services).promote(
    { slug: TEMPLATE },
    { actor: 'ada', requestId: 'request-1' },
  );
  expect(places).toMatchObject([{ amiId: newest.amiId, published: true }]);
  const states = (await amis.of(TEMPLATE)).map(({ amiId, state }) => [amiId === newest.amiId, state]);
  expect(states).toHaveLength(80);
  expect(states.filter(([isNewest, state]) => state !== (isNewest ? 'active' : 'superseded'))).toEqual([]);
  expect(await amis.unpublished()).toEqual([]);
});
