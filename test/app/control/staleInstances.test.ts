import { describe, expect, it } from 'vitest';
import type { StaleInstanceAnswer } from '../../../src/api/answers.ts';
import type { Instance } from '../../../src/core/instances/instance.ts';
import { DAY } from '../../../src/core/words.ts';
import { TEMPLATE } from '../world.ts';
import { ANOTHER_REQUEST, controlWorld, PYTHON_ML, R_RESEARCH, refusal, REQUEST } from './controlWorld.ts';

const CHILD = `name: GPU
slug: gpu
base: ${TEMPLATE}
packages:
  system: [cuda]
`;

type Control = Awaited<ReturnType<typeof controlWorld>>;

async function built({ call, loop }: Control, slug = TEMPLATE, requestId = REQUEST): Promise<void> {
  await call('buildTemplate', { slug, requestId, force: true, regions: ['us-east-1'] });
  await loop.settle();
}

/** The base moves, is assessed as critical, and everything is rebuilt that stands on it. */
async function moved({ world, loop }: Control, release: number): Promise<void> {
  world.advance(DAY);
  world.publishUpstream('us-east-1', release);
  await loop.scan();
  await loop.settle();
}

async function activeAmi({ services }: Control, slug = TEMPLATE): Promise<string> {
  const [target] = await services.targets.of(slug);
  return target!.active!.amiId;
}

function launch({ world, services }: Control, imageId: string, changes: Partial<Instance> = {}): void {
  world.instances.add({
    instanceId: `i-${imageId}`,
    region: 'us-east-1',
    imageId,
    state: 'running',
    launchedAt: services.now(),
    tags: { Owner: 'ada' },
    ...changes,
  });
}

const inWords = ({ instanceId, owner, promotions, lacks }: StaleInstanceAnswer) =>
  `${instanceId} of ${owner.name}: ${promotions} since, ${lacks.level}`;

describe('the stale-instance report', () => {
  it('names instances on older images with their owners, how far behind they are and what they lack', async () => {
    const control = await controlWorld();
    await built(control);
    const first = await activeAmi(control);
    launch(control, first);
    expect((await control.call('staleInstances', {})).instances).toEqual([]);

    await moved(control, 2);
    const second = await activeAmi(control);
    launch(control, second, { state: 'stopped', tags: { Name: 'analysis' } });
    await moved(control, 3);
    launch(control, await activeAmi(control));

    const { instances, problems } = await control.call('staleInstances', {});
    expect(instances.map(inWords)).toEqual([
      `i-${first} of ada: 2 since, critical`,
      `i-${second} of analysis: 1 since, critical`,
    ]);
    expect(instances[0]).toMatchObject({
      template: TEMPLATE,
      region: 'us-east-1',
      architecture: 'x86_64',
      state: 'running',
      owner: { tag: 'Owner' },
      ami: { amiId: first, baseRelease: '1' },
      active: { amiId: await activeAmi(control), baseRelease: '3' },
    });
    expect(problems).toEqual([]);
  });

  it('tells what an image lacks that is built on another template’s', async () => {
    const control = await controlWorld({ templates: [PYTHON_ML, CHILD] });
    await built(control);
    await built(control, 'gpu', ANOTHER_REQUEST);
    const first = await activeAmi(control, 'gpu');
    launch(control, first);
    await moved(control, 2);
    expect(await activeAmi(control, 'gpu')).not.toBe(first);
    const { instances } = await control.call('staleInstances', { template: 'gpu' });
    expect(instances.map(inWords)).toEqual([`i-${first} of ada: 1 since, critical`]);
  });

  it('names those on an image that was rolled back, which lack nothing of what is fixed', async () => {
    const control = await controlWorld();
    await built(control);
    await moved(control, 2);
    const bad = await activeAmi(control);
    launch(control, bad);
    control.world.advance(DAY);
    await control.call('rollback', { slug: TEMPLATE, reason: 'broken CUDA' });
    const { instances } = await control.call('staleInstances', {});
    expect(instances.map(inWords)).toEqual([`i-${bad} of ada: 1 since, none`]);
  });

  it('is of one template alone if that is asked, which must exist', async () => {
    const control = await controlWorld({ templates: [PYTHON_ML, R_RESEARCH] });
    await built(control);
    launch(control, await activeAmi(control));
    await moved(control, 2);
    const of = async (template: string) => (await control.call('staleInstances', { template })).instances;
    expect(await of('r-research')).toEqual([]);
    expect(await of(TEMPLATE)).toHaveLength(1);
    expect(await refusal(control.call('staleInstances', { template: 'pyton-ml' }))).toMatchObject({
      error: 'not-found',
    });
  });

  it('says which regions it does not know of, and tells the others', async () => {
    const control = await controlWorld();
    const { call, world, loop } = control;
    await call('buildTemplate', { slug: TEMPLATE, requestId: REQUEST });
    await loop.settle();
    launch(control, await activeAmi(control));
    await call('buildTemplate', { slug: TEMPLATE, requestId: ANOTHER_REQUEST, force: true });
    await loop.settle();
    world.instances.breakIn('us-west-2');
    const { instances, problems } = await call('staleInstances', {});
    expect(instances).toHaveLength(1);
    expect(problems).toEqual([{ region: 'us-west-2', problem: 'EC2 of us-west-2 does not answer' }]);
    expect(world.log.messages('warn')).toContain('a region was not asked for its instances');
  });
});
