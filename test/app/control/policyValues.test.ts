import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ACT, ADA, BOB, controlWorld, refusal } from './controlWorld.ts';

const reason = 'because';

describe('single values of the policy', () => {
  test('are changed alone, and everything else stays as its author wrote it', async () => {
    const { call, services } = await controlWorld();
    const answer = await call(
      'changePolicy',
      {
        set: [
          { key: 'daily_budget', value: '40' },
          { key: 'security_updates.high_window', value: '6 hours' },
          { key: 'templates.python-ml.soak', value: '1 day' },
        ],
        reason: 'semester',
      },
      BOB,
    );
    expect(answer).toMatchObject({ applied: true, version: 2 });
    expect(answer.changes.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['daily_budget', 'security_updates.high_window', 'templates.python-ml.soak']),
    );
    const deployed = (await services.policies.current())!;
    expect(deployed).toMatchObject({ version: 2, changedBy: BOB, reason: 'semester' });
    for (const line of ACT.trim().split('\n')) expect(deployed.text).toContain(line);
  });

  test.each(['default', 'education', 'research'])('can be set in the example %s', async (name) => {
    const { call } = await controlWorld({ policy: readFileSync(`docs/policies/${name}.yaml`, 'utf8') });
    const { changes } = await call('changePolicy', { set: [{ key: 'jitter', value: '1 minute' }], reason });
    expect(changes).toEqual([{ key: 'jitter', before: '5 minutes', after: '1 minute' }]);
  });

  test('are checked without being applied', async () => {
    const { call, services } = await controlWorld();
    const set = [{ key: 'daily_budget', value: '40' }];
    expect(await call('changePolicy', { set, reason, check: true })).toMatchObject({ applied: false });
    expect((await services.policies.current())?.version).toBe(1);
  });

  test('by two people at once are both changed', async () => {
    const { call, services } = await controlWorld();
    await Promise.all([
      call('changePolicy', { set: [{ key: 'daily_budget', value: '40' }], reason }, ADA),
      call('changePolicy', { set: [{ key: 'slots_per_region', value: '3' }], reason }, BOB),
    ]);
    expect((await services.policies.current())?.policy).toMatchObject({
      slotsPerRegion: 3,
      budgets: { daily: 40_000_000 },
    });
  });

  test.each([
    ['an unknown key', [{ key: 'daly_budget', value: '40' }], 'invalid', /daily_budget/],
    ['a wrong value', [{ key: 'daily_budget', value: 'lots' }], 'invalid', /lots/],
    ['a value that is no YAML', [{ key: 'daily_budget', value: '"40' }], 'invalid', /./],
    ['a key below a value', [{ key: 'mode.of', value: 'act' }], 'invalid', /mode/],
    ['a key below a list', [{ key: 'region_priority.first', value: 'us-east-1' }], 'refused', /by itself/],
  ])('%s is refused, and changes nothing', async (_, set, error, saying) => {
    const { call, services } = await controlWorld({ policy: `${ACT}  region_priority: [us-west-2]\n` });
    const refused = await refusal(call('changePolicy', { set, reason }));
    expect(refused.error).toBe(error);
    expect(JSON.stringify(refused)).toMatch(saying);
    expect((await services.policies.current())?.version).toBe(1);
  });
});

describe('the history of the policy', () => {
  test('tells who changed what, when and why, newest first', async () => {
    const { call } = await controlWorld();
    await call('mode', { mode: 'propose', reason: 'audit' }, BOB);
    const { versions } = await call('policyHistory', {});
    expect(versions.map(({ version, changedBy, reason: why }) => [version, changedBy, why])).toEqual([
      [2, BOB, 'audit'],
      [1, ADA, 'the test begins'],
    ]);
    expect(versions[0]!.changes).toEqual([{ key: 'mode', before: 'act', after: 'propose' }]);
    expect(versions[1]!.changes).toContainEqual({ key: 'mode', before: 'observe', after: 'act' });
  });

  test('cut to a limit, still compares its last one with the one before', async () => {
    const { call } = await controlWorld();
    await call('mode', { mode: 'propose' });
    const { versions } = await call('policyHistory', { limit: 1 });
    expect(versions.map(({ changes }) => changes.length)).toEqual([1]);
  });

  test('is empty where none was ever given', async () => {
    const { call } = await controlWorld({ policy: '' });
    expect((await call('policyHistory', {})).versions).toEqual([]);
  });
});
