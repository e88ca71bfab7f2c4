import { describe, expect, it } from 'vitest';
import { retireImages } from '../../src/app/retireImages.ts';
import { removalsPot } from '../../src/core/images/retire.ts';
import { DAY } from '../../src/core/words.ts';
import { Died, die } from '../../src/memory/table/faults.ts';
import { aWorldWithOldAmis, retention, statesIn } from './oldAmis.ts';
import { TEMPLATE, type World } from './world.ts';

const DAYS = 33;

/** Two that leave, one that rollback returns to, one that is active; one goes on a day. */
const oldAmis = () => aWorldWithOldAmis(4, retention({ maximumRemovalsPerDay: 1 }));

/** A run a day, and one after it that finds whatever that has left. */
async function live(world: World): Promise<void> {
  for (let day = 1; day <= DAYS; day++) {
    world.advance(DAY);
    for (let run = 1; run <= 2; run++) {
      try {
        await world.effects.handle(() => retireImages({}, world.services));
      } catch (error) {
        if (!(error instanceof Died)) throw error;
      }
    }
  }
}

/** What EC2 would show of each. */
async function inEc2({ services, amiLifecycle }: World): Promise<string[]> {
  const amis = await services.amis.of(TEMPLATE);
  return amis.map(({ amiId, region }) => {
    const ami = amiLifecycle.ami(region, amiId);
    if (ami === undefined) return 'gone';
    return [ami.deprecated ? 'deprecated' : 'offered', ...(ami.disabled ? ['disabled'] : [])].join(' ');
  });
}

async function effectsOfALife(): Promise<string[]> {
  const world = await oldAmis();
  const before = world.effects.done.length;
  await live(world);
  return world.effects.done.slice(before);
}

const effects = (await effectsOfALife()).map((effect, index) => ({ effect, n: index + 1 }));

describe.each(['before', 'after'] as const)('a run that dies %s', (when) => {
  it.each(effects)(
    'its $effect (effect $n): every AMI comes to its end, and nothing to another',
    async ({ n }) => {
      const world = await oldAmis();
      world.effects[when](n, die);
      await live(world);
      expect(await statesIn(world)).toEqual(['1 deregistered', '2 deregistered', '3 deprecated', '4 active']);
      expect(await inEc2(world)).toEqual(['gone', 'gone', 'deprecated', 'offered']);
      const { services, amiLifecycle, imageBuilder } = world;
      expect(await services.amis.retiring()).toEqual([]);
      expect(imageBuilder.images()).toHaveLength(2);
      const changes = amiLifecycle.changes.map(({ change, amiId }) => `${change} ${amiId}`);
      expect(changes).toEqual([...new Set(changes)]);
      // Each on a day of its own.
      const days = (await services.amis.of(TEMPLATE)).flatMap(({ deregisteredAt }) => deregisteredAt ?? []);
      const pots = await services.pots.balances(days.map((at) => removalsPot('UTC', at)));
      expect(pots.map(({ reserved }) => reserved)).toEqual([1, 1]);
    },
  );
});

it('a life of them does what it should', () => {
  const calls = effects.map(({ effect }) => effect).filter((effect) => !effect.startsWith('commits'));
  expect(calls).toEqual([
    ...Array.from({ length: 3 }, () => 'amiLifecycle.deprecate'),
    ...Array.from({ length: 2 }, () => 'amiLifecycle.disable'),
    ...Array.from({ length: 2 }, () => ['amiLifecycle.deregister', 'imageBuilder.remove']).flat(),
  ]);
});
