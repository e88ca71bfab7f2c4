import { describe, expect, it } from 'vitest';
import { cancelRegionBuilds } from '../../src/app/control/cancelRegionBuilds.ts';
import { dispatchBuilds } from '../../src/app/dispatchBuilds.ts';
import { resumeBuild } from '../../src/app/resumeBuild.ts';
import { die } from '../../src/memory/table/faults.ts';
import { loopOf } from './loop.ts';
import { expectAtRest } from './outcome.ts';
import { newWorld, type World } from './world.ts';

/** A build whose execution waits for its turn; only the test dispatches. */
async function oneThatWaits(wish: Parameters<World['ask']>[1] = {}) {
  const world = newWorld({ policy: { regions: ['us-east-1'] } });
  await world.prepare();
  const { id } = await world.ask({}, wish);
  const loop = loopOf(world, { deliveries: ({ detailType }) => (detailType === 'Turn Awaited' ? 0 : 1) });
  await loop.pump();
  expect(waiting(world)).toEqual([`${id}-1 in AwaitTurn`]);
  return { world, loop, id };
}

const waiting = ({ stepFunctions }: World) =>
  stepFunctions.running().map(({ name, state }) => `${name} in ${state}`);

describe('the execution of a build that was closed by one who died before it was told', () => {
  it('ends by the news of it: cancelled while it waited for its turn', async () => {
    const { world, loop, id } = await oneThatWaits();
    const { effects, services } = world;
    effects.before(2, die);
    await effects.handle(() => cancelRegionBuilds([id], 'by ada', services)).catch(() => undefined);
    expect((await world.build(id)).status).toBe('cancelled');
    expect(waiting(world)).toHaveLength(1);
    await loop.pump();
    await expectAtRest(world);
  });

  it('ends by the news of it: refused by a dispatcher', async () => {
    const { world, loop, id } = await oneThatWaits({ maxCost: 1 });
    const { effects, services } = world;
    effects.before(2, die);
    await effects.handle(() => dispatchBuilds({}, services)).catch(() => undefined);
    expect((await world.build(id)).status).toBe('refused');
    expect(waiting(world)).toHaveLength(1);
    await loop.pump();
    await expectAtRest(world);
  });

  it('is left alone while its build is open, and when it has ended already', async () => {
    const { world, loop, id } = await oneThatWaits();
    await resumeBuild({ kind: 'closed', regionBuild: id }, world.services);
    expect(waiting(world)).toHaveLength(1);
    await cancelRegionBuilds([id], 'by ada', world.services);
    await loop.pump();
    await resumeBuild({ kind: 'closed', regionBuild: id }, world.services);
    await expectAtRest(world);
  });
});
