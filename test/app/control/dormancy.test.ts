import { describe, expect, test } from 'vitest';
import { heedHint } from '../../../src/app/heedHint.ts';
import { planView } from '../../../cli/views/plan.ts';
import { REGIONS, START } from '../world.ts';
import { ACT, controlWorld, REQUEST } from './controlWorld.ts';

const DORMANCY = "  dormancy: { fewer_launches_than: 3, within: '30 days' }\n";

/** A template with an image that nobody launches, and a base that moves for no stated reason. */
async function dormant() {
  const there = await controlWorld({ policy: `${ACT}${DORMANCY}` });
  await there.call('buildTemplate', { slug: 'python-ml', requestId: REQUEST });
  await there.loop.settle();
  for (const region of REGIONS) await there.world.publishBase(region, 2);
  return there;
}

describe('a dormant template', () => {
  test('is not rebuilt for its base alone, and the plan says what that saves', async () => {
    const { call } = await dormant();
    const plan = await call('plan', {});
    expect(plan.builds).toEqual([]);
    expect(plan.notAsked).toMatchObject(
      REGIONS.map((region) => ({
        subject: `python-ml/${region}/x86_64`,
        rule: 'dormant',
        because:
          'python-ml is dormant, launched 0 times in the last 30 days (UTC), today included: it does not follow its base for that alone',
      })),
    );
    const saves = plan.notAsked.map((each) => each.saves ?? 0);
    for (const each of saves) expect(each).toBeGreaterThan(0);
    expect((await call('budget', {})).dormant).toEqual({
      builds: REGIONS.length,
      saves: saves.reduce((sum, each) => sum + each, 0),
    });
    const shown = planView(plan, Infinity);
    expect(shown.filter((line) => /saves about \$0\.\d+\)$/u.test(line))).toHaveLength(REGIONS.length);
    expect(shown).toContainEqual(
      expect.stringMatching(/^Saved on dormant templates: about \$0\.\d+, 2 builds$/u),
    );
  });

  test('costs what the plan said it saves as soon as it is launched', async () => {
    const { call, services } = await dormant();
    const saved = (await call('plan', {})).notAsked.map(({ saves }) => saves);
    for (const id of ['a', 'b', 'c'])
      await heedHint({ launch: { id, template: 'python-ml', at: START } }, services);
    const { builds, notAsked } = await call('plan', {});
    expect(notAsked).toEqual([]);
    expect(builds.map(({ estimate }) => estimate?.expected)).toEqual(saved);
  });
});

test('a policy with dormancy is warned of as long as nobody has told of a launch', async () => {
  const { call, services } = await controlWorld();
  const warnings = async () => {
    const answer = await call('changePolicy', { text: `${ACT}${DORMANCY}`, check: true, reason: 'to see' });
    return answer.warnings.filter(({ message }) => message.includes('launch'));
  };
  expect(await warnings()).toMatchObject([
    {
      line: 7,
      message: expect.stringContaining(
        'this deployment was told of no launch (event Template Launched, docs/events.md)',
      ),
    },
  ]);
  await services.launches.note({ id: 'a', template: 'python-ml', at: START });
  expect(await warnings()).toEqual([]);
});
