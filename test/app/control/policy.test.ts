import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { memoryFirstPolicy } from '../../../src/memory/memoryFirstPolicy.ts';
import { START } from '../world.ts';
import { ACT, ADA, BOB, controlWorld, PYTHON_ML, refusal } from './controlWorld.ts';

const reason = 'because';

describe('the policy of a deployment', () => {
  test('is the built-in one as version 0 until somebody gives it one', async () => {
    const { call } = await controlWorld({ policy: '' });
    const answer = await call('policy', {});
    expect(answer).toMatchObject({ version: 0, text: '', changedAt: null, changedBy: null, reason: null });
    expect(answer.meaning).toContainEqual({ key: 'mode', words: 'observe' });
  });

  test('begins with the one it was configured with, once', async () => {
    const { call, services } = await controlWorld({ policy: '' });
    Object.assign(services, { firstPolicy: memoryFirstPolicy(ACT) });
    const [one, other] = await Promise.all([call('policy', {}), call('policy', {})]);
    expect(one).toMatchObject({ version: 1, text: ACT, changedBy: 'the deployment' });
    expect(other).toEqual(one);
    expect(await services.policies.history(10)).toHaveLength(1);
  });

  test('goes on without one that is broken, and leaves an error in the log', async () => {
    const { call, services, world } = await controlWorld({ policy: '' });
    Object.assign(services, { firstPolicy: memoryFirstPolicy('auto_ami_policy:\n  moed: act\n') });
    expect(await call('policy', {})).toMatchObject({ version: 0 });
    expect(world.log.messages('error')).toEqual(['the first policy is broken']);
  });

  test('tells what of it cannot take effect here', async () => {
    const { call } = await controlWorld({
      policy: `${ACT}  templates:\n    pyton-ml:\n      mode: observe\n`,
    });
    const { warnings } = await call('policy', {});
    expect(warnings).toContainEqual(
      expect.objectContaining({ line: 8, message: expect.stringMatching(/pyton-ml/) }),
    );
  });
});

describe('changing the policy', () => {
  test('is told key by key, with who and why', async () => {
    const { call, services } = await controlWorld();
    const text = `${ACT}  daily_budget: 40.00\n`;
    const answer = await call('changePolicy', { text, reason: 'semester' }, BOB);
    expect(answer).toMatchObject({ applied: true, version: 2 });
    expect(answer.changes).toContainEqual({ key: 'daily_budget', before: '$25.00', after: '$40.00' });
    expect(await services.policies.current()).toMatchObject({
      version: 2,
      text,
      changedAt: START,
      changedBy: BOB,
      reason: 'semester',
    });
  });

  test('a check says the same and applies nothing', async () => {
    const { call, services } = await controlWorld();
    const text = `${ACT}  daily_budget: 40.00\n`;
    const checked = await call('changePolicy', { text, reason, check: true });
    expect(checked).toMatchObject({ applied: false, version: 1 });
    expect(checked.changes).toContainEqual({ key: 'daily_budget', before: '$25.00', after: '$40.00' });
    expect((await services.policies.current())?.version).toBe(1);
  });

  test('the same text again, or twice at once, makes one version', async () => {
    const { call, services } = await controlWorld();
    const text = `${ACT}  daily_budget: 40.00\n`;
    const [one, other] = await Promise.all([
      call('changePolicy', { text, reason }),
      call('changePolicy', { text, reason }),
    ]);
    expect([one.applied, other.applied].sort()).toEqual([false, true]);
    expect([one.version, other.version]).toEqual([2, 2]);
    expect(await call('changePolicy', { text, reason })).toMatchObject({
      applied: false,
      version: 2,
      changes: [],
    });
    expect(await services.policies.history(10)).toHaveLength(2);
  });

  test('two different ones at once: the second is told who was first', async () => {
    const { call } = await controlWorld();
    const settled = await Promise.allSettled([
      call('changePolicy', { text: `${ACT}  daily_budget: 40.00\n`, reason }, ADA),
      call('changePolicy', { text: `${ACT}  daily_budget: 50.00\n`, reason }, BOB),
    ]);
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const rejected = settled.find((result) => result.status === 'rejected');
    expect(rejected?.reason).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^arn:\S+ changed the policy at the same time \(version 2\)/),
    });
  });

  test('everything that is wrong is said at once, with file and line', async () => {
    const { call, services } = await controlWorld();
    const text = 'auto_ami_policy:\n  moed: act\n  daily_budget: lots\n';
    const refused = await refusal(call('changePolicy', { text, file: 'policy.yaml', reason }));
    expect(refused).toMatchObject({
      error: 'invalid',
      message: 'policy.yaml is not a policy; nothing was changed.',
      problems: [
        { file: 'policy.yaml', line: 2, suggestion: expect.stringMatching(/mode/) },
        { file: 'policy.yaml', line: 3, path: 'auto_ami_policy.daily_budget' },
      ],
    });
    expect((await services.policies.current())?.version).toBe(1);
  });

  test.each(['default', 'education', 'research'])('the example %s is accepted', async (name) => {
    const { call } = await controlWorld();
    const text = readFileSync(`docs/policies/${name}.yaml`, 'utf8');
    expect(await call('changePolicy', { text, reason })).toMatchObject({ applied: true });
  });

  test('a file without a mode keeps the one that holds', async () => {
    const { call } = await controlWorld();
    await call('changePolicy', { text: 'auto_ami_policy:\n  daily_budget: 40.00\n', reason });
    expect((await call('status', {})).mode).toBe('act');
  });
});

describe('the mode', () => {
  test('is a new version of the policy in which nothing else changed, comments included', async () => {
    const { call, services } = await controlWorld();
    expect(await call('mode', { mode: 'observe', reason: 'audit' }, BOB)).toEqual({
      template: null,
      mode: 'observe',
      previous: 'act',
      cancelled: [],
    });
    expect(await services.policies.current()).toMatchObject({
      version: 2,
      text: ACT.replace('mode: act', 'mode: observe'),
      policy: { mode: 'observe' },
      changedBy: BOB,
      reason: 'audit',
    });
  });

  test('that holds already makes no version, nor does the same twice at once', async () => {
    const { call, services } = await controlWorld();
    expect(await call('mode', { mode: 'act' })).toMatchObject({ previous: 'act' });
    await Promise.all([call('mode', { mode: 'propose' }), call('mode', { mode: 'propose' })]);
    expect(await services.policies.history(10)).toHaveLength(2);
  });

  test('of one template leaves the others, and survives a change of the mode for all', async () => {
    const { call, services } = await controlWorld();
    expect(await call('mode', { mode: 'observe', template: 'python-ml' })).toMatchObject({
      template: 'python-ml',
      previous: 'act',
    });
    await call('mode', { mode: 'propose' });
    const { policy, text } = (await services.policies.current())!;
    expect([policy.mode, policy.templates]).toEqual(['propose', { 'python-ml': { mode: 'observe' } }]);
    expect(text).toContain('# People decided this.');
  });

  test('two people at once both get what they asked for', async () => {
    const { call, services } = await controlWorld({ templates: [PYTHON_ML] });
    await Promise.all([
      call('mode', { mode: 'observe' }),
      call('mode', { mode: 'stopped', template: 'python-ml' }),
    ]);
    expect((await services.policies.current())?.policy).toMatchObject({
      mode: 'observe',
      templates: { 'python-ml': { mode: 'stopped' } },
    });
  });

  test('can be changed before there is any policy', async () => {
    const { call, services } = await controlWorld({ policy: '' });
    expect(await call('mode', { mode: 'act' })).toMatchObject({ mode: 'act', previous: 'observe' });
    expect(await services.policies.current()).toMatchObject({
      version: 1,
      text: 'auto_ami_policy:\n  mode: act\n',
    });
  });

  test('of a template that does not exist is refused', async () => {
    const { call } = await controlWorld();
    expect((await refusal(call('mode', { mode: 'act', template: 'pyton-ml' }))).message).toBe(
      'There is no template "pyton-ml". Did you mean python-ml?',
    );
  });
});
