import { describe, expect, it } from 'vitest';
import { die } from '../../src/memory/table/faults.ts';
import { loopOf, type Loop } from './loop.ts';
import { expectAtRest, expectOneActiveEach } from './outcome.ts';
import { aTemplate, newWorld, REGIONS, START, TEMPLATE, type World } from './world.ts';

/** How a handler dies at the n-th thing it does to the world outside. */
interface Death {
  readonly how: string;
  readonly arm: (world: World, n: number) => void;
}

const DEATHS: readonly Death[] = [
  { how: 'before', arm: ({ effects }, n) => effects.before(n, die) },
  { how: 'right after', arm: ({ effects }, n) => effects.after(n, die) },
  {
    how: 'with every execution before',
    arm: (world, n) => world.effects.before(n, () => stopAll(world)),
  },
  {
    how: 'with every execution right after',
    arm: (world, n) => world.effects.after(n, () => stopAll(world)),
  },
];

async function stopAll({ stepFunctions }: World): Promise<never> {
  for (const { name } of stepFunctions.running()) await stepFunctions.stop(name, 'by hand');
  return die();
}

/** A kept template, and an upstream that has just published a release in both regions. */
async function newRelease(): Promise<World> {
  const world = newWorld({ policy: { preferOffPeak: false } });
  await world.prepare([]);
  await world.saveTemplate(aTemplate(), { kept: { since: START, because: 'a test' } });
  for (const region of REGIONS) world.publishUpstream(region, 2);
  world.table.drain();
  return world;
}

/** What a run does in which nobody dies. */
async function effectsOfARun(): Promise<readonly string[]> {
  const world = await newRelease();
  const before = world.effects.done.length;
  await settled(world);
  return world.effects.done.slice(before);
}

async function settled(world: World): Promise<Loop> {
  const loop = loopOf(world, { scans: true });
  const isBuilt = async () => {
    const targets = await world.services.targets.of(TEMPLATE);
    return targets.filter(({ active }) => active?.baseRelease === '2').length === REGIONS.length;
  };
  await loop.settle(isBuilt);
  return loop;
}

const EFFECTS = (await effectsOfARun()).map((effect, index) => ({ effect, n: index + 1 }));

describe.each(DEATHS)('a handler that dies $how', ({ arm }) => {
  it.each(EFFECTS)(
    'its $effect (effect $n): the new AMIs are active and published, nothing is doubled or stays taken',
    async ({ n }) => {
      const world = await newRelease();
      arm(world, n);
      const loop = await settled(world);
      expect(loop.failures).toEqual([]);
      await expectAtRest(world);
      await expectOneActiveEach(world);
    },
  );
});
