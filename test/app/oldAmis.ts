import { DEFAULT_POLICY, type Policy } from '../../src/core/policy/policy.ts';
import { MINUTE } from '../../src/core/words.ts';
import { loopOf } from './loop.ts';
import { newWorld, TEMPLATE, type World } from './world.ts';

export const HERE = ['us-east-1'];

export function retention(changes: Partial<Policy['retention']>): Partial<Policy> {
  return { retention: { ...DEFAULT_POLICY.retention, ...changes } };
}

/** A template that was built so often in each region: the last AMI is active, the others gave way one after the other. */
export async function aWorldWithOldAmis(
  builds: number,
  policy: Partial<Policy> = {},
  regions: readonly string[] = HERE,
): Promise<World> {
  const world = newWorld({ policy: { regions: HERE, ...policy } });
  await world.prepare();
  const loop = loopOf(world);
  for (let n = 0; n < builds; n++) {
    for (const region of regions) await world.ask({ region }, { forced: true });
    await loop.settle();
  }
  world.advance(MINUTE);
  return world;
}

/** `1 deprecated`, `2 active`: oldest first, called by the last digit of their ids. */
export async function statesIn({ services }: World): Promise<string[]> {
  const amis = await services.amis.of(TEMPLATE);
  return amis
    .sort((a, b) => a.createdAt - b.createdAt)
    .map(({ amiId, state }) => `${amiId.slice(-1)} ${state}`);
}
