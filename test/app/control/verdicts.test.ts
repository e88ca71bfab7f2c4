import { describe, expect, test } from 'vitest';
import { START } from '../world.ts';
import { ACT, ADA, BOB, controlWorld, PYTHON_ML, R_RESEARCH, refusal, REQUEST } from './controlWorld.ts';

const slug = 'python-ml';

describe('a disabled template', () => {
  test('is not built, whoever asks, until it is enabled', async () => {
    const { call, loop, services } = await controlWorld();
    const { template, changed } = await call('disableTemplate', { slug, reason: 'prefer-fresh-builds' });
    expect({ changed, disabled: template.disabled }).toEqual({
      changed: true,
      disabled: { at: new Date(START).toISOString(), by: ADA, reason: 'prefer-fresh-builds' },
    });
    const refused = await refusal(call('buildTemplate', { slug, requestId: REQUEST }));
    expect(refused.message).toContain(`python-ml was disabled by ${ADA}: prefer-fresh-builds`);
    const enabled = await call('enableTemplate', { slug, reason: 'course' }, BOB);
    expect(enabled.template).toMatchObject({
      disabled: null,
      kept: { because: `enabled by ${BOB}: course` },
    });
    await loop.settle(async () => (await services.amis.of(slug)).length > 0);
    expect((await services.targets.of(slug)).every(({ active }) => active !== undefined)).toBe(true);
  });

  test('keeps what is queued for it waiting, with the reason', async () => {
    const { call, loop } = await controlWorld();
    await call('buildTemplate', { slug, requestId: REQUEST });
    await call('disableTemplate', { slug, reason: 'no money' });
    await loop.minutes(5);
    const { regionBuilds } = await call('queue', {});
    expect(regionBuilds.map(({ status, waiting }) => [status, waiting?.because])).toEqual([
      ['queued', `held: python-ml was disabled by ${ADA}: no money`],
      ['queued', `held: python-ml was disabled by ${ADA}: no money`],
    ]);
  });
});

describe('a paused template', () => {
  test('waits, and goes on when it is unpaused', async () => {
    const { call, loop, services } = await controlWorld();
    await call('buildTemplate', { slug, requestId: REQUEST });
    await call('pauseTemplate', { slug, reason: 'exams' });
    await loop.minutes(3);
    expect((await services.regionBuilds.open()).builds.map(({ status }) => status)).toEqual([
      'queued',
      'queued',
    ]);
    expect(await call('unpauseTemplate', { slug })).toMatchObject({
      changed: true,
      template: { paused: null },
    });
    await loop.minutes(2);
    expect((await services.regionBuilds.open()).builds.map(({ status }) => status)).toEqual([
      'running',
      'running',
    ]);
  });
});

describe('what is said about a template', () => {
  test('said again by the same person changes nothing; by another it is theirs', async () => {
    const { call, services } = await controlWorld();
    await call('disableTemplate', { slug, reason: 'one' });
    const revision = (await services.templates.get(slug))!.revision;
    expect(await call('disableTemplate', { slug, reason: 'one' })).toMatchObject({ changed: false });
    expect((await services.templates.get(slug))!.revision).toBe(revision);
    expect(await call('disableTemplate', { slug, reason: 'two' }, BOB)).toMatchObject({
      changed: true,
      template: { disabled: { by: BOB, reason: 'two' } },
    });
    expect(await call('unpauseTemplate', { slug })).toMatchObject({ changed: false });
  });

  test('by two at once is not lost', async () => {
    const { call, services } = await controlWorld();
    await Promise.all([
      call('disableTemplate', { slug, reason: 'one' }),
      call('pauseTemplate', { slug, reason: 'two' }, BOB),
    ]);
    expect(await services.templates.get(slug)).toMatchObject({
      disabled: { by: ADA, reason: 'one' },
      paused: { by: BOB, reason: 'two' },
    });
  });

  test.each(['disableTemplate', 'pauseTemplate', 'unpauseTemplate', 'enableTemplate'] as const)(
    '%s of a template that nobody knows is refused',
    async (name) => {
      const { call } = await controlWorld();
      expect((await refusal(call(name, { slug: 'pyton-ml' }))).message).toBe(
        'There is no template "pyton-ml". Did you mean python-ml?',
      );
    },
  );
});

describe('a threshold of its own', () => {
  test('is a new version of the policy in which nothing else changed', async () => {
    const { call, services } = await controlWorld({ templates: [PYTHON_ML, R_RESEARCH] });
    const answer = await call('enableTemplate', { slug, popularityThreshold: 3 }, BOB);
    expect(answer.popularityThreshold).toBe(3);
    const deployed = await services.policies.current();
    expect(deployed).toMatchObject({
      version: 2,
      changedBy: BOB,
      reason: `python-ml enabled by ${BOB}`,
      policy: { popularityThreshold: 5, templates: { 'python-ml': { popularityThreshold: 3 } } },
    });
    for (const line of ACT.trim().split('\n')) expect(deployed?.text).toContain(line);
    expect((await call('enableTemplate', { slug: 'r-research' })).popularityThreshold).toBe(5);
    await call('enableTemplate', { slug, popularityThreshold: 3 }, BOB);
    expect((await services.policies.current())?.version).toBe(2);
  });

  test('beside a mode of its own leaves that', async () => {
    const { call, services } = await controlWorld();
    await call('mode', { mode: 'observe', template: slug });
    await call('enableTemplate', { slug, popularityThreshold: 3 });
    expect((await services.policies.current())?.policy.templates).toEqual({
      'python-ml': { mode: 'observe', popularityThreshold: 3 },
    });
  });
});
