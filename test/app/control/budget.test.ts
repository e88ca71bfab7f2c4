import { describe, expect, test } from 'vitest';
import { ACT, controlWorld, PYTHON_ML, R_RESEARCH, REQUEST, ANOTHER_REQUEST } from './controlWorld.ts';

const python = { slug: 'python-ml', requestId: REQUEST };
const DAILY = 'daily#2026-11-24';

type There = Awaited<ReturnType<typeof controlWorld>>;
const potOf = async ({ call }: There, key: string) =>
  (await call('budget', {})).pots.find((pot) => pot.key === key)!;

describe('the budget', () => {
  test('begins with every pot of now, empty', async () => {
    const { call } = await controlWorld();
    const { pots, reservations, parked, keeping } = await call('budget', {});
    expect(
      pots.map(({ key, limit, left, startsAt, endsAt }) => [key, limit, left, startsAt, endsAt]),
    ).toEqual([
      [DAILY, 25_000_000, 25_000_000, '2026-11-24T00:00:00.000Z', '2026-11-25T00:00:00.000Z'],
      ['monthly#2026-11', 500_000_000, 500_000_000, '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
      ['urgent#2026-11', 62_500_000, 62_500_000, '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ]);
    expect({ reservations, parked, keeping }).toEqual({
      reservations: [],
      parked: [],
      keeping: { images: 0, monthly: 0 },
    });
  });

  test('counts days and months in the zone of the policy', async () => {
    const there = await controlWorld({ policy: `${ACT}  time_zone: Asia/Kolkata\n` });
    expect(await potOf(there, 'daily#2026-11-25')).toMatchObject({
      startsAt: '2026-11-24T18:30:00.000Z',
      endsAt: '2026-11-25T18:30:00.000Z',
    });
  });

  test('shows the ceilings of what runs, and later what it truly cost and what its images cost', async () => {
    const there = await controlWorld();
    const { call, loop, services } = there;
    await call('buildTemplate', python);
    await loop.minutes(3);
    const { reservations } = await call('budget', {});
    expect(
      reservations.map(({ region, attempt, pots }) => [region, attempt, pots.map(({ key }) => key)]),
    ).toEqual([
      ['us-east-1', 1, [DAILY, 'monthly#2026-11']],
      ['us-west-2', 1, [DAILY, 'monthly#2026-11']],
    ]);
    const held = reservations.reduce((sum, { amount }) => sum + amount, 0);
    const running = await potOf(there, DAILY);
    expect(running).toMatchObject({ reserved: held, settled: 0, left: 25_000_000 - held });
    expect(running.forecast.total).toBeGreaterThan(0);
    expect(running.forecast.total).toBeLessThan(held);
    await loop.settle(async () => (await services.amis.of('python-ml')).length === 2);
    const spent = await potOf(there, DAILY);
    expect(spent.reserved).toBe(0);
    expect(spent.settled).toBeGreaterThan(0);
    const { keeping } = await call('budget', {});
    expect(keeping.images).toBe(2);
    expect(keeping.monthly).toBeGreaterThan(0);
  });

  test('parks what no pot can pay, with the time at which it can run', async () => {
    const { call, loop } = await controlWorld({
      policy: `${ACT}  daily_budget: 1.00\n  monthly_budget: 10.00\n`,
      templates: [PYTHON_ML, R_RESEARCH],
    });
    await call('buildTemplate', python);
    await call('buildTemplate', { slug: 'r-research', requestId: ANOTHER_REQUEST });
    await loop.minutes(2);
    const { parked, pots } = await call('budget', {});
    expect(parked.length).toBeGreaterThan(0);
    for (const build of parked) {
      expect(build).toMatchObject({
        until: '2026-11-25T00:00:00.000Z',
        because: expect.stringContaining('the daily pot of 2026-11-24'),
      });
      expect(build.amount).toBeGreaterThan(pots.find(({ key }) => key === DAILY)!.left);
    }
  });

  test('shows each grant with its owner, its time, and its share of what runs', async () => {
    const there = await controlWorld({
      policy: `${ACT}  grants:
    - id: nsf-123
      limit: 50.00
      start: 2026-01-01
      end: 2026-12-31
      owner: Ada
      shares: { python-ml: '50%' }
`,
    });
    await there.call('buildTemplate', python);
    await there.loop.minutes(3);
    const [grant, daily] = [await potOf(there, 'grant:nsf-123'), await potOf(there, DAILY)];
    expect(grant).toMatchObject({
      owner: 'Ada',
      limit: 50_000_000,
      startsAt: '2026-01-01T00:00:00.000Z',
      endsAt: '2027-01-01T00:00:00.000Z',
    });
    expect(Math.abs(2 * grant.reserved - daily.reserved)).toBeLessThanOrEqual(2);
  });

  test('forecasts what is queued, and counts nothing where nothing would start', async () => {
    const total = async (mode: string) => {
      const there = await controlWorld({
        policy: `auto_ami_policy:\n  mode: ${mode}\n  build_window: '22:00-23:00'\n`,
      });
      await there.call('buildTemplate', python);
      return (await potOf(there, DAILY)).forecast.total;
    };
    expect(await total('act')).toBeGreaterThan(0);
    expect(await total('observe')).toBe(0);
  });
});
