import type { RegionBuild } from '../../src/core/builds/regionBuild.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import type { SecurityLevel } from '../../src/core/words.ts';
import { type Loop, type LoopOptions, loopOf } from './loop.ts';
import { newWorld, type World } from './world.ts';

export interface Moved {
  readonly world: World;
  readonly loop: Loop;
  /** What waits or runs in the one place there is. */
  readonly open: () => Promise<RegionBuild | undefined>;
  /** Why it waits. */
  readonly why: () => Promise<string | undefined>;
  readonly activeRelease: () => Promise<string | undefined>;
  /** Changes the policy, and everything follows that follows by itself. */
  readonly setPolicy: (policy: Partial<Policy>) => Promise<void>;
}

/**
 * One place with an image, and its base has moved to release 2 since, which is assessed at that level. The policy with
 * which its build is asked for comes with the move.
 */
export async function movedBase(
  level: SecurityLevel,
  policy: Partial<Policy> = {},
  options: LoopOptions = {},
): Promise<Moved> {
  const one = { regions: ['us-east-1'] };
  const world = newWorld({ policy: one });
  const { services } = world;
  await world.prepare();
  await world.ask();
  await loopOf(world).settle();
  const assess = services.evidence.assess.bind(services.evidence);
  Object.assign(services.evidence, {
    assess: async (...comparison: Parameters<typeof assess>) => ({ ...(await assess(...comparison)), level }),
  });
  const loop = loopOf(world, options);
  const setPolicy = async (changes: Partial<Policy>) => {
    await world.setPolicy({ ...one, ...changes });
    await loop.pump();
  };
  await setPolicy(policy);
  world.publishUpstream('us-east-1', 2);
  await loop.scan();
  await loop.pump();
  const open = async () => (await services.regionBuilds.open()).builds[0];
  return {
    world,
    loop,
    open,
    why: async () => {
      const { builds, waiting } = await services.regionBuilds.open();
      return waiting.get(builds[0]?.id ?? '')?.because;
    },
    activeRelease: async () => (await services.targets.all())[0]?.active?.baseRelease,
    setPolicy,
  };
}
