import { describe, expect, it } from 'vitest';
import { die } from '../../src/memory/table/faults.ts';
import { loopOf, type Loop, type LoopOptions } from './loop.ts';
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

const CAPACITY = 'InsufficientInstanceCapacity: there is none of m7i.large in us-east-1a';

/** What happens to the images, besides deaths. */
const COURSES: readonly { readonly course: string; readonly failing: LoopOptions['failing'] }[] = [
  { course: 'while all goes well', failing: () => undefined },
  {
    course: 'while a first attempt fails for want of capacity',
    failing: ({ region, spec }) =>
      region === 'us-east-1' && spec.image.tags['auto-ami:attempt'] === '1' ? CAPACITY : undefined,
  },
];

async function settled(world: World, failing: LoopOptions['failing']): Promise<Loop> {
  const loop = loopOf(world, { scans: true, ...(failing === undefined ? {} : { failing }) });
  const isBuilt = async () => {
    const targets = await world.services.targets.of(TEMPLATE);
    return targets.filter(({ active }) => active?.baseRelease === '2').length === REGIONS.length;
  };
  await loop.settle(isBuilt);
  return loop;
}

/** What a run does in which nobody dies. */
async function effectsOf(failing: LoopOptions['failing']): Promise<readonly string[]> {
  const world = await newRelease();
  const before = world.effects.done.length;
  await settled(world, failing);
  return world.effects.done.slice(before);
}

for (const { course, failing } of COURSES) {
  const effects = (await effectsOf(failing)).map((effect, index) => ({ effect, n: index + 1 }));
  describe.each(DEATHS)(`a handler that dies $how, ${course}`, ({ arm }) => {
    it.each(effects)(
      'its $effect (effect $n): the new AMIs are active and published, nothing is doubled or stays taken',
      async ({ n }) => {
        const world = await newRelease();
        arm(world, n);
        const loop = await settled(world, failing);
        expect(loop.failures).toEqual([]);
        await expectAtRest(world);
        await expectOneActiveEach(world);
      },
    );
  });
}
