import { describe, expect, it } from 'vitest';
import { reconcile } from '../../src/app/reconcile.ts';
import type { Assessment } from '../../src/core/evidence/assessment.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/words.ts';
import type { SecurityLevel } from '../../src/core/words.ts';
import { loopOf } from './loop.ts';
import { BASE, newWorld, type World } from './world.ts';

const HERE = ['us-east-1'];

/** The base moved, and its update was assessed at `level`; what feeds say from then on is in `says`. */
async function anUpdate(level: SecurityLevel) {
  const world = newWorld({ policy: { regions: HERE } });
  const assessCritical = world.services.evidence.assess.bind(world.services.evidence);
  const says: { now: Partial<Assessment>; asked: number } = { now: { level }, asked: 0 };
  Object.assign(world.services.evidence, {
    async assess(...args: Parameters<typeof assessCritical>) {
      says.asked += 1;
      return { ...(await assessCritical(...args)), ...says.now };
    },
  });
  const loop = loopOf(world, { scans: true });
  await world.prepare();
  await world.ask();
  world.publishUpstream('us-east-1', 1);
  await loop.settle();
  world.publishUpstream('us-east-1', 2);
  await loop.minutes(11);
  return { world, loop, says };
}

const levelOf = async ({ services }: World) =>
  (await services.baseImages.update(BASE, '2'))?.assessment?.level;

describe('an update', () => {
  it('is assessed again once a day for ten days, however often the tick comes', async () => {
    const { world, says } = await anUpdate('low');
    const perDay: number[] = [];
    for (let day = 1; day <= 12; day += 1) {
      const before = says.asked;
      for (let hours = 0; hours < 24; hours += 6) {
        world.advance(6 * HOUR);
        await Promise.all([reconcile(undefined, world.services), reconcile(undefined, world.services)]);
      }
      perDay.push(says.asked - before);
    }
    // Two ticks at once may both ask; only one of them keeps what it found.
    expect(perDay.filter((asked) => asked > 0)).toHaveLength(10);
    expect(Math.max(...perDay)).toBeLessThanOrEqual(2);
  });

  it('whose level has risen is a new reason to build: what waited for an approval goes at once', async () => {
    const { world, loop, says } = await anUpdate('low');
    const [waiting] = (await world.services.regionBuilds.open()).builds;
    expect(waiting).toMatchObject({ status: 'queued', approval: 'wanted', level: 'low' });
    says.now = { level: 'critical' };
    world.advance(DAY);
    await loop.minutes(11);
    expect(await levelOf(world)).toBe('critical');
    const build = await world.build(waiting!.id);
    expect(build.level).toBe('critical');
    expect(build.approval).toBe('not-needed');
    await loop.settle();
    expect((await world.build(waiting!.id)).status).toBe('succeeded');
  });

  it('whose level would fall keeps it, and nothing is asked for', async () => {
    const { world, loop, says } = await anUpdate('critical');
    await loop.settle();
    const before = await world.services.regionBuilds.builds('python-ml', 10);
    says.now = { level: 'none', type: 'maintenance' };
    world.advance(DAY);
    await loop.minutes(21);
    expect(await levelOf(world)).toBe('critical');
    expect(await world.services.regionBuilds.builds('python-ml', 10)).toEqual(before);
  });

  it('whose feed was down is asked for again within the hour', async () => {
    const { world, loop, says } = await anUpdate('unknown');
    says.now = { level: 'unknown', confidence: 'unknown', incomplete: true };
    world.advance(DAY);
    await loop.minutes(11);
    const asked = says.asked;
    await loop.minutes(50);
    expect(says.asked).toBe(asked);
    says.now = { level: 'high' };
    await loop.minutes(30);
    expect(await levelOf(world)).toBe('high');
  });

  it('is not asked for again where nothing has moved for longer than the policy says', async () => {
    const { world, says } = await anUpdate('low');
    world.advance(11 * DAY);
    const asked = says.asked;
    await reconcile(undefined, world.services);
    world.advance(10 * MINUTE);
    await reconcile(undefined, world.services);
    expect(says.asked).toBe(asked);
  });
});
