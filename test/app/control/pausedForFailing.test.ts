import { describe, expect, test } from 'vitest';
import { loopOf } from '../loop.ts';
import { ACT, controlWorld, PYTHON_ML, REQUEST } from './controlWorld.ts';

const CHILD = 'name: Child\nslug: child\ninherits: [python-ml]\n';
const ONE_FAILURE = `${ACT}  max_failures: 1\n`;
const CHANGED = PYTHON_ML.replace('python3', 'python3.12');

/** Every image fails as long as the switch says so; the template was built once, failed, and is paused for it. */
async function failedOnce(slug = 'python-ml') {
  const there = await controlWorld({ policy: ONE_FAILURE, templates: [PYTHON_ML, CHILD] });
  const broken = { yet: true };
  const loop = loopOf(there.world, { failing: () => (broken.yet ? 'a package is gone' : undefined) });
  await there.call('buildTemplate', { slug, requestId: REQUEST });
  await loop.settle();
  broken.yet = false;
  const paused = async () => (await there.services.templates.get(slug))?.paused;
  expect(await paused()).toMatchObject({ by: 'auto-ami' });
  there.world.advance(60_000);
  const apply = (text: string) => there.call('applyTemplates', { templates: [{ file: 'p.yaml', text }] });
  return { ...there, loop, paused, apply };
}

describe('a template that was paused for its failures', () => {
  test('is built again when it is applied changed', async () => {
    const { apply, paused, loop, services } = await failedOnce();
    const { templates } = await apply(CHANGED);
    expect(templates).toMatchObject([{ outcome: 'changed' }]);
    expect(await paused()).toBeUndefined();
    await loop.settle();
    expect((await services.targets.of('python-ml')).map(({ active }) => active?.amiId)).toEqual([
      expect.stringMatching(/^ami-/),
      expect.stringMatching(/^ami-/),
    ]);
  });

  test('stays paused when the same is applied again', async () => {
    const { apply, paused } = await failedOnce();
    await apply(PYTHON_ML);
    expect(await paused()).toMatchObject({ by: 'auto-ami' });
  });

  test('is built again when one it inherits from is applied changed', async () => {
    const { apply, paused } = await failedOnce('child');
    await apply(PYTHON_ML);
    expect(await paused()).toMatchObject({ by: 'auto-ami' });
    await apply(CHANGED);
    expect(await paused()).toBeUndefined();
  });

  test('stays paused if a person said so', async () => {
    const { call, apply, paused } = await failedOnce();
    await call('unpauseTemplate', { slug: 'python-ml' });
    await call('pauseTemplate', { slug: 'python-ml', reason: 'exams' });
    await apply(CHANGED);
    expect(await paused()).toMatchObject({ reason: 'exams' });
  });
});
