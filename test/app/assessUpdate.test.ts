import { beforeEach, describe, expect, it } from 'vitest';
import { assessUpdate } from '../../src/app/assessUpdate.ts';
import { reconcile } from '../../src/app/reconcile.ts';
import { requestBuilds } from '../../src/app/requestBuilds.ts';
import { eventsOf } from '../../src/core/changesToEvents.ts';
import type { Observation } from '../../src/core/base-images/pointer.ts';
import { HINTS } from '../../src/core/events.ts';
import type { Assessment, Comparison } from '../../src/core/evidence/assessment.ts';
import { DAY, MINUTE } from '../../src/core/words.ts';
import type { Write } from '../../src/core/writes.ts';
import { Died } from '../../src/memory/table/faults.ts';
import { loopOf } from './loop.ts';
import { BASE, baseImageId, newWorld, REGIONS, type World } from './world.ts';

const RELEASE = '3';
const UPDATE = { base: BASE, release: RELEASE };
const [HERE, THERE] = REGIONS;

let world: World;
/** The older image of each comparison, in the order in which evidence was asked. */
let asked: string[];
/** What evidence says or does when it is asked about the step from an older release. */
let says: Record<string, () => Partial<Assessment>>;

beforeEach(async () => {
  world = newWorld({ policy: { regions: [...REGIONS] } });
  asked = [];
  says = {};
  const assess = world.services.evidence.assess.bind(world.services.evidence);
  Object.assign(world.services.evidence, {
    async assess(comparison: Comparison) {
      asked.push(comparison.from.name);
      return { ...(await assess(comparison)), level: 'low', ...says[comparison.from.name]?.() };
    },
  });
  await world.prepare();
});

/** A place gets release 3; a place that skipped a release comes from another image, and is a step of its own. */
async function seen(region: string, from: number): Promise<void> {
  const after: Observation = {
    ...UPDATE,
    ...{ region, architecture: 'x86_64' },
    previousImageId: `ami-${from}`,
    previousImageName: `al2023-${from}`,
    previousRelease: `${from}`,
    imageId: baseImageId(region, 3),
    imageName: 'al2023-3',
    seenAt: world.services.now(),
  };
  const writes: Write[] = [
    { kind: 'update-seen', ...UPDATE, at: world.services.now() },
    { kind: 'observation', after },
  ];
  expect(await world.services.commits.commit(writes)).toMatchObject({ committed: true });
}

const assessment = async () => (await world.services.baseImages.update(BASE, RELEASE))?.assessment;
const isPending = async () =>
  (await world.services.baseImages.unassessed()).some(({ release }) => release === RELEASE);
const failing = (message: string) => () => {
  throw new Error(message);
};

describe('an update of several steps', () => {
  beforeEach(async () => {
    await seen(HERE, 1);
    world.advance(MINUTE);
    await seen(THERE, 2);
  });

  it('keeps what is known of the first when the last dies, and stays pending', async () => {
    says['ami-2'] = () => {
      throw new Died();
    };
    await expect(assessUpdate(UPDATE, world.services)).rejects.toThrow(Died);
    expect(await assessment()).toMatchObject({
      level: 'low',
      compared: [expect.stringContaining('al2023-1')],
    });
    expect(await isPending()).toBe(true);
    says = {};
    asked = [];
    await reconcile(undefined, world.services);
    expect(asked).toEqual(['ami-2']);
    expect((await assessment())?.compared).toHaveLength(2);
    expect(await isPending()).toBe(false);
  });

  it('keeps each at once: whoever dies after any write has lost nothing of it', async () => {
    await expect(
      world.effects.handle(() => {
        world.effects.after(1, () => {
          throw new Died();
        });
        return assessUpdate(UPDATE, world.services);
      }),
    ).rejects.toThrow(Died);
    expect((await assessment())?.compared).toHaveLength(1);
    await world.effects.handle(() => assessUpdate(UPDATE, world.services));
    expect(asked).toEqual(['ami-1', 'ami-2']);
  });

  it('goes on with the others when evidence fails for one, and says so at the end', async () => {
    says['ami-1'] = failing('no such feed');
    await expect(assessUpdate(UPDATE, world.services)).rejects.toThrow('no such feed');
    expect((await assessment())?.compared).toEqual([expect.stringContaining('al2023-2')]);
    expect(await isPending()).toBe(true);
    says = {};
    expect(await assessUpdate(UPDATE, world.services)).toMatchObject({ kind: 'assessed', left: 0 });
    expect(asked).toEqual(['ami-1', 'ami-2', 'ami-1']);
    expect(await isPending()).toBe(false);
  });

  it('begins no step for which there is no time, and is finished by the next tick', async () => {
    says['ami-1'] = () => {
      world.advance(2 * MINUTE);
      return {};
    };
    expect(await assessUpdate(UPDATE, world.services)).toMatchObject({ kind: 'assessed', left: 1 });
    expect(asked).toEqual(['ami-1']);
    expect(await isPending()).toBe(true);
    await reconcile(undefined, world.services);
    expect(asked).toEqual(['ami-1', 'ami-2']);
    expect(await isPending()).toBe(false);
  });

  it('is assessed once by two at once: neither overwrites what the other found', async () => {
    says['ami-1'] = () => ({ cves: ['CVE-2026-1'] });
    says['ami-2'] = () => ({ cves: ['CVE-2026-2'], level: 'high' });
    await Promise.all([1, 2, 3].map(() => assessUpdate(UPDATE, world.services)));
    expect(await assessment()).toMatchObject({ level: 'high', cves: ['CVE-2026-1', 'CVE-2026-2'] });
    const told = world.table
      .drain()
      .flatMap(eventsOf)
      .filter(({ detailType }) => detailType === HINTS.UPDATE_ASSESSED);
    expect(told.map(({ detail }) => detail['level'])).toEqual(['low', 'high']);
    expect(await assessUpdate(UPDATE, world.services)).toMatchObject({ kind: 'nothing' });
  });

  it('is compared again step by step, and is due until all steps were', async () => {
    await assessUpdate(UPDATE, world.services);
    world.advance(DAY);
    says['ami-2'] = failing('silence');
    asked = [];
    await expect(reconcile(undefined, world.services)).rejects.toThrow('silence');
    await expect(reconcile(undefined, world.services)).rejects.toThrow('silence');
    expect(asked).toEqual(['ami-1', 'ami-2', 'ami-2']);
    says = {};
    await reconcile(undefined, world.services);
    await reconcile(undefined, world.services);
    expect(asked).toEqual(['ami-1', 'ami-2', 'ami-2', 'ami-2']);
  });
});

it('a place that follows by a step of its own is compared by the tick, though its event was lost', async () => {
  await seen(HERE, 1);
  await assessUpdate(UPDATE, world.services);
  expect(await isPending()).toBe(false);
  await seen(THERE, 2);
  asked = [];
  await reconcile(undefined, world.services);
  expect(asked).toEqual(['ami-2']);
  expect((await assessment())?.compared).toHaveLength(2);
});

it('what is critical in one place is built there while the feed about another is still silent', async () => {
  await world.ask();
  await loopOf(world).settle();
  await seen(HERE, 1);
  await seen(THERE, 2);
  await world.publishBase(HERE, 3);
  says['ami-1'] = () => ({ level: 'critical' });
  says['ami-2'] = failing('silence');
  await expect(assessUpdate(UPDATE, world.services)).rejects.toThrow('silence');
  await requestBuilds(undefined, world.services);
  const { builds } = await world.services.regionBuilds.open();
  expect(builds.map(({ region, level }) => [region, level])).toEqual([[HERE, 'critical']]);
});
