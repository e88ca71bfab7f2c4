import { expect } from 'vitest';
import type { Attempt } from '../../src/core/writes.ts';
import { shareOf } from '../../src/core/money/holdings.ts';
import type { Ami } from '../../src/core/builds/target.ts';
import { regionBuildId } from '../../src/core/builds/regionBuild.ts';
import { amiParameterName } from '../../src/settings.ts';
import { REGIONS, SETTINGS, TEMPLATE, type World } from './world.ts';

/** Everything that must hold when the loop has come to rest, whatever went wrong on the way. */
export async function expectAtRest(world: World): Promise<void> {
  const { services } = world;
  const attempts = await attemptsIn(world);
  expect((await services.regionBuilds.open()).builds).toEqual([]);
  expect(attempts.filter(({ state }) => state === 'held')).toEqual([]);
  for (const region of REGIONS) {
    expect(await services.slots.taken(region)).toEqual([]);
    expect(world.imageBuilder.configurations(region)).toEqual([]);
  }
  const keys = new Set(attempts.flatMap(({ reservation }) => reservation.holdings.map(({ key }) => key)));
  const pots = await services.pots.balances([...keys]);
  for (const { key, reserved, settled } of pots) {
    expect({ key, reserved }).toEqual({ key, reserved: 0 });
    const booked = attempts.flatMap(({ reservation, cost = 0 }) =>
      reservation.holdings.filter((held) => held.key === key).map(({ share }) => shareOf(cost, share)),
    );
    expect({ key, settled }).toEqual({ key, settled: booked.reduce((sum, cost) => sum + cost, 0) });
  }
  expect(world.stepFunctions.running().map(({ name, state }) => `${name} in ${state}`)).toEqual([]);
}

/** Every attempt of every region build there ever was. */
async function attemptsIn({ services }: World): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const { template, region, architecture, sequence } of await services.targets.all())
    for (let number = 1; number <= sequence; number++) {
      const id = regionBuildId({ template, region, architecture }, number);
      attempts.push(...(await services.regionBuilds.attempts(id)));
    }
  return attempts;
}

/**
 * One AMI is active in each region, and its parameter shows it; no image was made twice, and each that was is known.
 */
export async function expectOneActiveEach(world: World, regions: readonly string[] = REGIONS): Promise<void> {
  const { services } = world;
  const targets = await services.targets.of(TEMPLATE);
  const amis = await services.amis.of(TEMPLATE);
  for (const region of regions) {
    const active = amis.filter((ami) => ami.region === region && ami.state === 'active');
    expect(active).toHaveLength(1);
    const [{ amiId, publishedAt }] = active as [Ami];
    expect(publishedAt).toBeDefined();
    expect(targets.find((target) => target.region === region)?.active?.amiId).toBe(amiId);
    const name = amiParameterName(SETTINGS.amiParameter, TEMPLATE, 'x86_64');
    expect(await services.amiParameters.get(region, name)).toBe(amiId);
  }
  const images = world.imageBuilder.images().filter(({ amiId }) => amiId !== undefined);
  expect(images.map(({ amiId }) => amiId).sort()).toEqual(amis.map(({ amiId }) => amiId).sort());
  const made = images.map(({ region, spec }) => `${spec.recipe.parentImage} in ${region}`);
  expect(made).toEqual([...new Set(made)]);
}
