import { describe, expect, it } from 'vitest';
import { loopOf } from './loop.ts';
import { expectAtRest, expectOneActiveEach } from './outcome.ts';
import { newWorld, REGIONS } from './world.ts';

describe('a whole build in memory', () => {
  it('goes from its request to published AMIs in every region, in six states an execution', async () => {
    const world = newWorld();
    await world.prepare();
    for (const region of REGIONS) await world.ask({ region });
    const loop = loopOf(world);
    await loop.settle();
    expect(loop.failures).toEqual([]);
    await expectAtRest(world);
    await expectOneActiveEach(world);
    expect(world.imageBuilder.images()).toHaveLength(REGIONS.length);
    for (const { path } of world.stepFunctions.executions.values())
      expect(path).toEqual([
        'AwaitTurn',
        'CheckBudget',
        'StartImage',
        'AwaitImage',
        'RecordImage',
        'Publish',
      ]);
  });
});
