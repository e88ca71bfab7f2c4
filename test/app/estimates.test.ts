import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../src/app/gathering/catalogue.ts';
import { readEstimates } from '../../src/app/gathering/estimates.ts';
import type { UnitPrices } from '../../src/core/money/estimate.ts';
import type { Template } from '../../src/core/template/template.ts';
import { loopOf } from './loop.ts';
import { aTemplate, newWorld, type World } from './world.ts';

const HERE = { template: 'python-ml', region: 'us-east-1', architecture: 'x86_64' } as const;

const priced = (instanceHour: number): UnitPrices => ({
  instanceHour,
  volumeGbMonth: 1,
  snapshotGbMonth: 1,
  copyGb: 1,
});

const offering = (...types: readonly string[]): Pick<Template, 'build'> => ({
  build: { ...aTemplate().build, instanceTypes: { x86_64: types } },
});

async function aWorld(changes: Partial<Template> = {}): Promise<World> {
  const world = newWorld();
  await world.prepare([aTemplate(changes)]);
  return world;
}

async function estimates({ services }: World) {
  return readEstimates([HERE], await readCatalogue(services), services);
}

describe('what a build costs where Image Builder may take one of several instance types', () => {
  test('at most what the dearest does, in whatever order they are named', async () => {
    const world = await aWorld(offering('m7i.large', 'm6i.large'));
    world.prices.set('us-east-1', 'm7i.large', priced(100_000));
    world.prices.set('us-east-1', 'm6i.large', priced(900_000));
    const { estimateOf, pricesOf } = await estimates(world);
    const { hourlyCost, ceiling, expected } = estimateOf(HERE);
    expect(hourlyCost).toBe(900_001);
    expect(ceiling).toBe(3 * 900_001);
    // Half an hour of the first.
    expect(expected).toBe(Math.ceil(100_001 / 2));
    expect(pricesOf(HERE)?.instanceHour).toBe(100_000);
  });

  test('nobody knows if the price of one of them is not known', async () => {
    const world = await aWorld(offering('m7i.large', 'm6i.large'));
    world.prices.set('us-east-1', 'm6i.large', undefined);
    expect((await estimates(world)).pricesOf(HERE)).toBeUndefined();
  });

  test('the grant holds the ceiling of the dearest', async () => {
    const world = await aWorld(offering('m7i.large', 'm6i.large'));
    world.prices.set('us-east-1', 'm7i.large', priced(100_000));
    world.prices.set('us-east-1', 'm6i.large', priced(900_000));
    const { id } = await world.ask();
    await loopOf(world).pump();
    const { grant } = await world.build(id);
    expect(grant).toMatchObject({ hourlyCost: 900_001, reservation: { amount: 3 * 900_001 } });
  });
});

describe('what a build costs where the subscription comes with the base image', () => {
  const CHILD = { ...HERE, template: 'python-ml-gpu' };

  test('is asked for with that subscription, also for templates built on its image', async () => {
    const world = newWorld();
    await world.prepare([
      aTemplate({ base: 'rhel-9' }),
      aTemplate({ slug: CHILD.template, base: HERE.template }),
    ]);
    world.prices.set('us-east-1', 'm7i.large', priced(130_000), 'rhel');
    const { services } = world;
    const { estimateOf } = await readEstimates([HERE, CHILD], await readCatalogue(services), services);
    expect([HERE, CHILD].map((target) => estimateOf(target).hourlyCost)).toEqual([130_001, 130_001]);
  });

  test('is not promised where nobody knows what the subscription costs: the build is held, and says so', async () => {
    const world = newWorld();
    await world.prepare([aTemplate({ base: 'sles-16' })]);
    const { id } = await world.ask();
    await loopOf(world).pump();
    expect((await world.build(id)).status).toBe('queued');
    const lines = await world.services.regionBuilds.explanation(id);
    expect(lines.map(({ because }) => because)).toContain(
      'held: nobody knows what each of its instance types costs in us-east-1, so its cost has no ceiling',
    );
  });
});
