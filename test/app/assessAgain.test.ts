import { describe, expect, it } from 'vitest';
import { assessAgain } from '../../src/app/reconcile/assessAgain.ts';
import { reconcile } from '../../src/app/reconcile.ts';
import type { Assessment } from '../../src/core/evidence/assessment.ts';
import { stepKey } from '../../src/core/evidence/comparisons.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/words.ts';
import type { SecurityLevel } from '../../src/core/words.ts';
import type { BaseImages } from '../../src/ports.ts';
import { anObservation } from '../contract/table/records.ts';
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

/** Earlier updates of the base: a hundred young ones, to be assessed again from tomorrow on, the others too old. */
async function history({ services }: World, count: number): Promise<void> {
  const assessment = (await services.baseImages.update(BASE, '2'))?.assessment;
  if (assessment === undefined) throw new Error('the update was not assessed');
  for (let n = 1; n <= count; n += 1) {
    const release = `old-${n}`;
    const isYoung = n <= 100;
    const at = services.now() - (isYoung ? (n / 12) * DAY : n * DAY);
    await services.commits.commit([
      { kind: 'update-seen', base: BASE, release, at },
      { kind: 'observation', after: anObservation({ base: BASE, release, seenAt: at }) },
    ]);
    const since = services.now() - (services.now() % DAY) + DAY;
    const step = stepKey(anObservation());
    await services.commits.commit([
      {
        ...{ kind: 'assessment', base: BASE, release, expects: null },
        assessment: { ...assessment, compared: [step], verdicts: {} },
        ...(isYoung ? { pending: { work: 'assess-again', since } } : {}),
      },
    ]);
  }
}

/** The same port, which notes what is read. */
function counting(baseImages: BaseImages, reads: string[]): BaseImages {
  return new Proxy(baseImages, {
    get: (port, name) => {
      reads.push(String(name));
      return Reflect.get(port, name) as unknown;
    },
  });
}

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

  it('costs a tick one read while none is due, and few when some are, however many there were before', async () => {
    const { world, says } = await anUpdate('low');
    const { services } = world;
    await history(world, 300);
    const reads: string[] = [];
    const counted = { ...services, baseImages: counting(services.baseImages, reads) };
    const tick = async () => {
      reads.length = 0;
      await assessAgain(counted, Infinity);
      return [...reads];
    };
    expect(await tick()).toEqual(['dueAgain']);
    world.advance(DAY);
    const asked = says.asked;
    // Each tick finds those that it assesses, and reads each of them once more.
    for (let ticks = 0; ticks < 3; ticks += 1) expect(await tick()).toEqual(['dueAgain', 'update', 'update']);
    expect(says.asked).toBe(asked + 6);
    for (let ticks = 0; ticks < 60; ticks += 1) await tick();
    expect(says.asked).toBe(asked + 101);
    expect(await tick()).toEqual(['dueAgain']);
  });

  it('that became too old while nobody looked is looked at once more, and never again', async () => {
    const { world, says } = await anUpdate('low');
    const marks = async () => (await world.services.baseImages.dueAgain(Infinity, 99)).length;
    expect(await marks()).toBeGreaterThan(0);
    world.advance(30 * DAY);
    const asked = says.asked;
    await assessAgain(world.services, Infinity);
    expect(says.asked).toBe(asked);
    expect(await marks()).toBe(0);
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
