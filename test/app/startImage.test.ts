import { describe, expect, it } from 'vitest';
import { checkBudget } from '../../src/app/checkBudget.ts';
import { recordFailure } from '../../src/app/recordFailure.ts';
import { recordImage } from '../../src/app/recordImage.ts';
import { mendExecutions } from '../../src/app/reconcile/mendExecutions.ts';
import { startExecution } from '../../src/app/startExecution.ts';
import { startImage } from '../../src/app/startImage.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { DAY, MINUTE } from '../../src/core/words.ts';
import { type Loop, loopOf } from './loop.ts';
import { expectAtRest, expectOneActiveEach } from './outcome.ts';
import { aTemplate, baseImageId, newWorld, REGIONS, START, TEMPLATE, type World } from './world.ts';

const HERE = ['us-east-1'];

/** A build that is granted, its execution about to go on. */
async function granted(policy: Partial<Policy> = {}) {
  const world = newWorld({ policy: { regions: HERE, ...policy } });
  await world.prepare();
  const { id } = await world.ask();
  await startExecution({ regionBuild: id }, world.services);
  await world.stepFunctions.run();
  const loop = loopOf(world);
  await loop.dispatch();
  const build = await world.build(id);
  return { world, loop, id, execution: build.turn!.execution };
}

/** The attempt goes on with the image that a late call has started. */
async function expectItsOneImage(world: World, loop: Loop, id: string): Promise<void> {
  expect(world.imageBuilder.calls.cancel).toBe(0);
  await loop.settle();
  expect(world.imageBuilder.images()).toHaveLength(1);
  expect(await world.build(id)).toMatchObject({ status: 'succeeded', attempts: 1 });
  await expectOneActiveEach(world, HERE);
  await expectAtRest(world);
}

describe('startExecution', () => {
  it('starts the execution of a queued build once, however often it is asked', async () => {
    const world = newWorld({ policy: { regions: HERE } });
    await world.prepare();
    const { id } = await world.ask();
    for (let times = 0; times < 3; times++) await startExecution({ regionBuild: id }, world.services);
    await startExecution({ regionBuild: 'nobody' }, world.services);
    expect([...world.stepFunctions.executions.keys()]).toEqual([`${id}-1`]);
  });

  it('starts none for a build that is granted or closed', async () => {
    const { world, id } = await granted();
    await world.stepFunctions.stop(`${id}-1`, 'by hand');
    await startExecution({ regionBuild: id }, world.services);
    expect(world.stepFunctions.executions.size).toBe(1);
  });
});

describe('checkBudget', () => {
  it('verifies and runs; a repeated call finds it running', async () => {
    const { world, id, execution } = await granted();
    expect(await checkBudget({ id, execution }, world.services)).toEqual({ id });
    const running = await world.build(id);
    expect(running).toMatchObject({ status: 'running', startedAt: START });
    expect(await checkBudget({ id, execution }, world.services)).toEqual({ id });
    expect(await world.build(id)).toEqual(running);
  });

  it('has no turn for another execution, for one that waits, or for nobody', async () => {
    const { world, id, execution } = await granted();
    const lost = { name: 'TurnLost' };
    await expect(checkBudget({ id, execution: `${execution}0` }, world.services)).rejects.toMatchObject(lost);
    await expect(checkBudget({ id: 'nobody', execution }, world.services)).rejects.toMatchObject(lost);
    await world.ask({ template: 'r-research' });
    const other = 'r-research-us-east-1-x86_64-1';
    const own = execution.replace(id, other);
    await expect(checkBudget({ id: other, execution: own }, world.services)).rejects.toMatchObject(lost);
  });

  it('asks to be called again if somebody writes at the same moment', async () => {
    const { world, id, execution } = await granted();
    const turn = { token: 'another', execution, at: START };
    world.effects.before(1, () => void world.table.stateMachine.storeTurn(id, turn));
    const again = { name: 'TryAgain' };
    await expect(checkBudget({ id, execution }, world.services)).rejects.toMatchObject(again);
    expect(await checkBudget({ id, execution }, world.services)).toEqual({ id });
  });
});

describe('a mode that lets nothing be built any more', () => {
  const MODES = ['stopped', 'observe'] as const;

  it.each(MODES)(
    '%s, after the grant: slot and money are given back, and it waits in its queue',
    async (mode) => {
      const { world, loop, id, execution } = await granted();
      await world.setPolicy({ regions: HERE, mode });
      await expect(checkBudget({ id, execution }, world.services)).rejects.toMatchObject({
        name: 'TurnLost',
      });
      expect(await world.build(id)).toMatchObject({ status: 'queued', cost: 0 });
      expect(await world.services.slots.taken('us-east-1')).toEqual([]);
      const [pot] = await world.services.pots.balances(['daily#2026-11-24']);
      expect(pot).toMatchObject({ reserved: 0, settled: 0 });
      await loop.minutes(5);
      expect(world.imageBuilder.images()).toEqual([]);
      await world.setPolicy({ regions: HERE });
      await loop.settle();
      await expectOneActiveEach(world, HERE);
      await expectAtRest(world);
    },
  );

  it.each(MODES)('%s, before the image is started: none is', async (mode) => {
    const { world, id, execution } = await granted();
    await checkBudget({ id, execution }, world.services);
    await world.setPolicy({ regions: HERE, mode });
    await expect(startImage({ id, execution }, world.services)).rejects.toMatchObject({ name: 'TurnLost' });
    expect(world.imageBuilder.images()).toEqual([]);
    expect(await world.build(id)).toMatchObject({ status: 'queued' });
    expect(await world.services.regionBuilds.explanation(id)).toContainEqual(
      expect.objectContaining({
        rule: 'returned',
        because: `the mode became ${mode} after its turn was granted`,
      }),
    );
  });

  it('propose leaves what was granted before: it was agreed to, or did not need to be', async () => {
    const { world, id, execution } = await granted();
    await world.setPolicy({ regions: HERE, mode: 'propose' });
    expect(await checkBudget({ id, execution }, world.services)).toEqual({ id });
  });
});

describe('startImage', () => {
  it('asks for exactly the image that was granted, in its place, tagged for the bill', async () => {
    const grants = [
      {
        id: 'nsf-1',
        limit: 100_000_000,
        start: '2026-11-01',
        end: '2026-12-31',
        startsAt: START - 20 * DAY,
        endsAt: START + 30 * DAY,
        owner: 'lab@example.edu',
        shares: { [TEMPLATE]: 2_500 },
      },
    ];
    const { world, id, execution } = await granted({ grants });
    await checkBudget({ id, execution }, world.services);
    const { imageArn } = await startImage({ id, execution }, world.services);
    const [image] = world.imageBuilder.images();
    expect(image).toMatchObject({ arn: imageArn, region: 'us-east-1' });
    expect(image!.spec.recipe).toMatchObject({ parentImage: baseImageId('us-east-1', 1) });
    expect(image!.spec.infrastructure.instanceTypes).toEqual(['m7i.large']);
    const { grant } = await world.build(id);
    expect(image!.spec.image.tags).toMatchObject({
      'auto-ami:template': TEMPLATE,
      'auto-ami:grant': 'nsf-1',
      'auto-ami:region-build': id,
      'auto-ami:attempt': '1',
      'auto-ami:fingerprint': grant!.fingerprint,
    });
    expect(await world.services.regionBuilds.ofImage(imageArn)).toBe(id);
  });

  it('shares the AMI with those the deployment names', async () => {
    const { world, id, execution } = await granted();
    await checkBudget({ id, execution }, world.services);
    const shareWith = { accounts: ['444455556666'], organizations: [], organizationalUnits: ['arn:ou'] };
    const settings = { ...world.services.settings, shareWith };
    await startImage({ id, execution }, { ...world.services, settings });
    const [image] = world.imageBuilder.images();
    expect(image!.spec.distribution.distributions).toMatchObject([
      {
        region: 'us-east-1',
        amiDistributionConfiguration: {
          launchPermission: { userIds: ['444455556666'], organizationalUnitArns: ['arn:ou'] },
        },
      },
    ]);
  });

  it('twice starts one image', async () => {
    const { world, id, execution } = await granted();
    await checkBudget({ id, execution }, world.services);
    const first = await startImage({ id, execution }, world.services);
    expect(await startImage({ id, execution }, world.services)).toEqual(first);
    expect(world.imageBuilder.calls.start).toBe(1);
  });

  it('two at once start one image', async () => {
    const { world, id, execution } = await granted();
    await checkBudget({ id, execution }, world.services);
    const both = [1, 2].map(() => startImage({ id, execution }, world.services));
    const [one, two] = await Promise.all(both);
    expect(one).toEqual(two);
    expect(world.imageBuilder.images()).toHaveLength(1);
  });

  it('leaves its image alone if its execution is replaced meanwhile: the next one finds it', async () => {
    const { world, loop, id, execution } = await granted();
    const { services, effects } = world;
    await checkBudget({ id, execution }, services);
    effects.after(1, async () => {
      world.advance(20 * MINUTE);
      await mendExecutions(services);
      expect(await world.build(id)).toMatchObject({ status: 'granted', executionNumber: 2 });
    });
    await expect(startImage({ id, execution }, services)).rejects.toMatchObject({ name: 'TurnLost' });
    expect(effects.done).toContain('imageBuilder.start');
    await expectItsOneImage(world, loop, id);
  });

  it('leaves its image alone if it is asked again while its lost call still runs', async () => {
    const { world, loop, id, execution } = await granted();
    const { services, effects } = world;
    await checkBudget({ id, execution }, services);
    const error = { Error: 'Lambda.SdkClientException', Cause: 'the connection was closed' };
    effects.after(1, async () => {
      const after = await recordFailure({ id, execution, error }, services);
      expect(after).toMatchObject({ next: 'another-attempt' });
      expect(await world.build(id)).toMatchObject({ status: 'granted', grant: { askedAgain: true } });
    });
    await expect(startImage({ id, execution }, services)).rejects.toMatchObject({ name: 'TurnLost' });
    await expectItsOneImage(world, loop, id);
  });

  it('sends the build back when its template was changed after the grant; the changed one is built', async () => {
    const { world, loop, id } = await granted();
    await world.saveTemplate(aTemplate({ packages: { ...aTemplate().packages, system: ['python3.12'] } }));
    await loop.settle();
    const told = await world.services.regionBuilds.explanation(id);
    expect(told.map(({ because }) => because)).toContain(
      'python-ml was changed after its turn was granted: the changed one is built',
    );
    expect(await world.build(id)).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(world.imageBuilder.images()).toHaveLength(1);
    expect(world.imageBuilder.images()[0]!.spec.components[0]!.data).toContain('python3.12');
    await expectAtRest(world);
    await expectOneActiveEach(world, HERE);
  });

  it('waits for the next scan, attempt by attempt, if its base image is gone', async () => {
    const { world, loop, id } = await granted();
    world.parentImages.remove('us-east-1', baseImageId('us-east-1', 1));
    await loop.minutes(2);
    expect(await world.build(id)).toMatchObject({ status: 'queued', failure: { error: 'BaseImageGone' } });
    await world.publishBase('us-east-1', 2);
    await loop.settle();
    expect((await world.build(id)).status).toBe('succeeded');
    expect(world.imageBuilder.images()[0]!.spec.recipe.parentImage).toBe(baseImageId('us-east-1', 2));
  });
});

describe('recordImage', () => {
  it('records nothing that Image Builder has not ended', async () => {
    const { world, id, execution } = await granted();
    await checkBudget({ id, execution }, world.services);
    const { imageArn } = await startImage({ id, execution }, world.services);
    await expect(recordImage({ id }, world.services)).rejects.toMatchObject({ name: 'ImageNotEnded' });
    world.imageBuilder.failImage(imageArn, 'broken');
    await expect(recordImage({ id }, world.services)).rejects.toMatchObject({ name: 'ImageNotMade' });
  });

  it('twice, and two at once, record one AMI and book it once', async () => {
    const { world, id, execution } = await granted();
    const { services } = world;
    await checkBudget({ id, execution }, services);
    const { imageArn } = await startImage({ id, execution }, services);
    world.imageBuilder.finish(imageArn);
    const answers = await Promise.allSettled([recordImage({ id }, services), recordImage({ id }, services)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await recordImage({ id }, services)).toEqual({ id });
    expect(await services.amis.of(TEMPLATE)).toHaveLength(1);
    expect(await services.slots.taken('us-east-1')).toEqual([]);
  });
});

describe('regions', () => {
  it('that fail never fail the others', async () => {
    const world = newWorld();
    await world.prepare();
    for (const region of REGIONS) await world.ask({ region });
    world.parentImages.remove('us-west-2', baseImageId('us-west-2', 1));
    const loop = loopOf(world);
    await loop.minutes(30);
    await expectOneActiveEach(world, HERE);
    const west = await world.build(`${TEMPLATE}-us-west-2-x86_64-1`);
    expect(west).toMatchObject({ failure: { error: 'BaseImageGone' } });
  });
});
