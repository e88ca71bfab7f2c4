import { describe, expect, it } from 'vitest';
import { retireImages } from '../../src/app/retireImages.ts';
import { removalsPot } from '../../src/core/images/retire.ts';
import { DAY } from '../../src/core/words.ts';
import { namedError } from '../../src/memory/nextFaults.ts';
import { aWorldWithOldAmis, HERE, retention, statesIn } from './oldAmis.ts';
import { TEMPLATE, type World } from './world.ts';

type Call = 'deprecate' | 'disable' | 'deregister';

async function daily({ advance, services }: World, days: number): Promise<void> {
  for (let day = 0; day < days; day++) {
    advance(DAY);
    await retireImages({}, services);
  }
}

/** So many daily runs in which EC2 refuses a call. */
async function refused({ advance, services }: World, call: Call, days = 1): Promise<void> {
  const refuse = () => Promise.reject(namedError('RequestLimitExceeded'));
  for (let day = 0; day < days; day++) {
    advance(DAY);
    const amiLifecycle = { ...services.amiLifecycle, [call]: refuse };
    await expect(retireImages({}, { ...services, amiLifecycle })).rejects.toThrow('RequestLimitExceeded');
  }
}

const oldest = async ({ services }: World) => {
  const [ami] = (await services.amis.of(TEMPLATE)).sort((a, b) => a.createdAt - b.createdAt);
  if (ami === undefined) throw new Error('there is no AMI');
  return ami;
};

const changesOf = ({ amiLifecycle }: World, change: Call) =>
  amiLifecycle.changes.filter((each) => each.change === change);

describe.each([
  ['disable', 13, '1 disabled', '1 deprecated'],
  ['deregister', 29, '1 deregistered', '1 disabled'],
] as const)('a step that EC2 refused, to %s,', (call, days, marked, before) => {
  it('is taken back when somebody uses the AMI by the time removing is on again', async () => {
    const world = await aWorldWithOldAmis(3);
    await daily(world, days);
    await refused(world, call);
    expect((await statesIn(world))[0]).toBe(marked);
    const { amiId, regionBuild } = await oldest(world);
    world.amiLifecycle.use(amiId, 'instance i-0abc');
    await world.setPolicy({ regions: HERE, mode: 'observe' });
    await daily(world, 60);
    await world.setPolicy({ regions: HERE, mode: 'act' });
    await daily(world, 2);

    expect((await statesIn(world))[0]).toBe(before);
    expect(changesOf(world, call)).toEqual([]);
    expect(await world.services.amis.retiring()).toEqual([]);
    expect(await oldest(world)).toMatchObject({
      heldBack: { because: 'it is still used by instance i-0abc' },
    });
    const story = await world.services.regionBuilds.explanation(regionBuild);
    expect(story.at(-1)?.because).toBe(
      `${amiId} is not ${marked.slice(2)} after all: it is still used by instance i-0abc`,
    );
    world.amiLifecycle.use(amiId);
    await daily(world, 1);
    expect((await statesIn(world))[0]).toBe(marked);
    expect(changesOf(world, call)).toHaveLength(1);
  });

  it('waits while nobody knows who uses the AMI, which is no failure', async () => {
    const world = await aWorldWithOldAmis(3);
    await daily(world, days);
    await refused(world, call);
    const { amiId } = await oldest(world);
    world.amiLifecycle.addForeign('us-east-1', amiId);
    await daily(world, 3);
    expect(changesOf(world, call)).toEqual([]);
    expect(await world.services.amis.retiring()).toHaveLength(1);
  });
});

it('a step that EC2 has taken is not called undone, though its run died and somebody is named as a user', async () => {
  const world = await aWorldWithOldAmis(3);
  await daily(world, 13);
  await refused(world, 'disable');
  const { amiId } = await oldest(world);
  await world.services.amiLifecycle.disable('us-east-1', amiId);
  world.amiLifecycle.use(amiId, 'instance i-0abc');
  await daily(world, 1);
  expect((await statesIn(world))[0]).toBe('1 disabled');
  expect(await world.services.amis.retiring()).toEqual([]);
});

it('a run that does not see the mark of another yet leaves it where it is', async () => {
  const world = await aWorldWithOldAmis(3);
  await daily(world, 13);
  await refused(world, 'disable');
  const { amiId } = await oldest(world);
  world.amiLifecycle.use(amiId, 'instance i-0abc');
  world.advance(20 * DAY);
  // The index of marks follows the table a moment later.
  const amis = { ...world.services.amis, retiring: async () => [] };
  await retireImages({}, { ...world.services, amis });
  expect((await world.services.amis.retiring()).map((ami) => ami.amiId)).toEqual([amiId]);
});

describe('the most that go on a day', () => {
  it('holds for what earlier days have left as well', async () => {
    const world = await aWorldWithOldAmis(8, retention({ keepPrevious: 0, maximumRemovalsPerDay: 1 }));
    await daily(world, 29);
    await refused(world, 'deregister', 5);
    expect(await world.services.amis.retiring()).toHaveLength(1);
    for (let day = 1; day <= 6; day++) {
      await daily(world, 1);
      await retireImages({}, world.services);
      expect(changesOf(world, 'deregister')).toHaveLength(day);
      const [pot] = await world.services.pots.balances([removalsPot('UTC', world.services.now())]);
      expect(pot?.reserved).toBe(1);
    }
  });

  it('is none for them when the policy lets none go', async () => {
    const world = await aWorldWithOldAmis(3);
    await daily(world, 29);
    await refused(world, 'deregister');
    await world.setPolicy({ regions: HERE, ...retention({ maximumRemovalsPerDay: 0 }) });
    await daily(world, 3);
    expect(changesOf(world, 'deregister')).toEqual([]);
  });
});
