import { describe, expect, test } from 'vitest';
import { retireImages } from '../../../src/app/retireImages.ts';
import { DAY } from '../../../src/core/words.ts';
import { REGIONS } from '../world.ts';
import { ACT, ACT_OFF_PEAK, controlWorld, PYTHON_ML, R_RESEARCH, REQUEST } from './controlWorld.ts';

const python = { slug: 'python-ml', requestId: REQUEST };
const OPENS = '2026-11-25T02:00:00.000Z';

describe('the plan', () => {
  test.each(['observe', 'act'] as const)(
    'in mode %s shows what waits, when it starts, what it costs and who pays',
    async (mode) => {
      const { call } = await controlWorld({ policy: ACT_OFF_PEAK.replace('mode: act', `mode: ${mode}`) });
      await call('buildTemplate', python);
      const plan = await call('plan', {});
      expect(plan).toMatchObject({ mode, total: 2, notAsked: [], promotions: [] });
      expect(plan.builds).toHaveLength(2);
      for (const build of plan.builds) {
        expect(build).toMatchObject({
          asked: true,
          decision: 'waiting',
          startsAt: OPENS,
          pots: ['daily#2026-11-25', 'monthly#2026-11'],
        });
        expect(build.estimate!.expected).toBeGreaterThan(0);
        expect(build.estimate!.ceiling).toBeGreaterThan(build.estimate!.expected);
        expect(build.estimate!.monthly).toBeGreaterThan(0);
      }
      expect(plan.estimate!.ceiling).toBe(2 * plan.builds[0]!.estimate!.ceiling);
      expect(plan.nextChange?.at).toBe(OPENS);
    },
  );

  test('shows what the next look would ask for, and writes nothing of it', async () => {
    const { call, services, world, loop } = await controlWorld({ policy: ACT_OFF_PEAK });
    await call('enableTemplate', { slug: 'python-ml' });
    const before = structuredClone(world.table.changes);
    const plan = await call('plan', {});
    expect(plan.builds.map(({ region, asked, decision }) => [region, asked, decision])).toEqual(
      REGIONS.map((region) => [region, false, 'waiting']),
    );
    expect(plan.builds[0]!.reasons.length).toBeGreaterThan(0);
    expect(world.table.changes).toEqual(before);
    expect((await services.regionBuilds.open()).builds).toEqual([]);
    await loop.reconcile();
    const { builds } = await services.regionBuilds.open();
    expect(builds.map(({ id }) => id).sort()).toEqual(plan.builds.map(({ id }) => id).sort());
    expect((await call('plan', {})).builds.every(({ asked }) => asked)).toBe(true);
  });

  test('in mode stopped shows what the loop would do again', async () => {
    const { call } = await controlWorld({ policy: ACT });
    await call('enableTemplate', { slug: 'python-ml' });
    await call('mode', { mode: 'stopped' });
    const plan = await call('plan', {});
    expect(plan.mode).toBe('stopped');
    expect(plan.builds.map(({ decision }) => decision)).toEqual(['granted', 'granted']);
  });

  test('says why nothing is asked for', async () => {
    const { call } = await controlWorld({ policy: ACT, templates: [PYTHON_ML, R_RESEARCH] });
    await call('enableTemplate', { slug: 'python-ml' });
    await call('disableTemplate', { slug: 'python-ml', reason: 'prefer-fresh-builds' });
    const { builds, notAsked, estimate } = await call('plan', {});
    expect(builds).toEqual([]);
    expect(estimate).toEqual({ expected: 0, ceiling: 0, monthly: 0 });
    expect(notAsked).toEqual([
      expect.objectContaining({
        subject: 'python-ml',
        rule: 'disabled',
        because: expect.stringContaining('prefer-fresh-builds'),
      }),
    ]);
  });

  test('what runs comes first, with the pots that hold its ceiling', async () => {
    const { call, loop } = await controlWorld();
    await call('buildTemplate', python);
    await loop.minutes(3);
    const { builds } = await call('plan', {});
    expect(builds.map(({ decision, asked }) => [decision, asked])).toEqual([
      ['running', true],
      ['running', true],
    ]);
    expect(builds[0]!.pots).toEqual(['daily#2026-11-24', 'monthly#2026-11']);
  });

  test('shows candidates, and when they take over', async () => {
    const { call, loop, services } = await controlWorld({ policy: `${ACT}  soak: '2 days'\n` });
    await call('buildTemplate', python);
    await loop.minutes(15);
    const [ami] = await services.amis.of('python-ml');
    expect(ami?.state).toBe('candidate');
    const { promotions } = await call('plan', {});
    expect(promotions).toHaveLength(2);
    expect(promotions).toContainEqual(
      expect.objectContaining({
        amiId: ami!.amiId,
        replaces: null,
        at: new Date(ami!.createdAt + 2 * DAY).toISOString(),
      }),
    );
    const byHand = await controlWorld({ policy: `${ACT}  promotion: manual\n` });
    await byHand.call('buildTemplate', python);
    await byHand.loop.minutes(15);
    expect((await byHand.call('plan', {})).promotions.map(({ at }) => at)).toEqual([null, null]);
  });

  test('shows AMIs that gave way, what is due of their way out, and what holds them back, in any mode', async () => {
    const { world, call, loop, services } = await controlWorld();
    for (let build = 1; build <= 3; build++) {
      await call('buildTemplate', { ...python, requestId: `${REQUEST.slice(0, -1)}${build}`, force: true });
      await loop.settle();
    }
    const first = await call('plan', {});
    expect(first.removals.map(({ step, due }) => [step, due])).toEqual(
      Array.from({ length: 4 }, () => ['deprecate', false]),
    );
    expect(first.removals[0]?.because).toMatch(
      /^it gave way .*, and 24 hours after that it is to be deprecated$/,
    );
    world.advance(15 * DAY);
    await retireImages({}, services);
    const [inUse] = (await services.amis.of('python-ml')).filter(({ state }) => state === 'deprecated');
    world.amiLifecycle.use(inUse!.amiId, 'instance i-0abc');
    await call('changePolicy', { text: 'auto_ami_policy: { mode: observe }', reason: 'a pause' });
    const today = await call('plan', { limit: 1 });
    expect(today.removals[0]).toMatchObject({
      ...{ step: 'disable', due: false },
      because: 'it is deprecated since less than a day, and goes one step a day',
    });
    world.advance(DAY);
    const { removals, totalRemovals } = await call('plan', { limit: 2 });
    expect(totalRemovals).toBe(4);
    expect(removals.map(({ step, due, because }) => [step, due, because])).toEqual(
      Array.from<unknown, unknown[]>({ length: 2 }, () => [
        'disable',
        true,
        expect.stringMatching(/14 days after that it is to be disabled, unless somebody uses it then$/),
      ]),
    );
    const all = await call('plan', {});
    expect(all.removals.slice(2).map(({ step, at, because }) => [step, at, because])).toEqual(
      Array.from({ length: 2 }, () => ['disable', null, 'it is the one that rollback returns to']),
    );
    await call('changePolicy', { text: ACT, reason: 'go on' });
    await retireImages({}, services);
    expect((await call('plan', {})).removals).toContainEqual(
      expect.objectContaining({
        amiId: inUse!.amiId,
        at: null,
        because: expect.stringMatching(/^it is still used by instance i-0abc, as of /),
      }),
    );
  });

  test('a price that nobody knows leaves its cost unknown, and says so', async () => {
    const { call, services } = await controlWorld();
    await call('buildTemplate', python);
    Object.assign(services, { prices: { unit: async () => undefined } });
    const { estimate, builds } = await call('plan', {});
    expect(estimate).toBeNull();
    expect(builds.map(({ estimate: one, decision }) => [one, decision])).toEqual([
      [null, 'held'],
      [null, 'held'],
    ]);
  });

  test('a limit cuts it, and the total tells', async () => {
    const { call } = await controlWorld();
    await call('buildTemplate', python);
    const { builds, total } = await call('plan', { limit: 1 });
    expect([builds.length, total]).toEqual([1, 2]);
  });
});
