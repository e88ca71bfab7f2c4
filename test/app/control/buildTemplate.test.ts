import { describe, expect, test } from 'vitest';
import { die } from '../../../src/memory/table/faults.ts';
import { BASE, REGIONS, START } from '../world.ts';
import {
  ACT,
  ACT_OFF_PEAK,
  ADA,
  ANOTHER_REQUEST,
  BOB,
  controlWorld,
  PYTHON_ML,
  R_RESEARCH,
  refusal,
  REQUEST,
} from './controlWorld.ts';

const python = { slug: 'python-ml', requestId: REQUEST };

describe('a wish to build', () => {
  test('queues a region build in every region, and keeps the template from then on', async () => {
    const { call, services } = await controlWorld();
    const answer = await call('buildTemplate', { ...python, reason: 'course starts' });
    expect(answer.regionBuilds.map(({ region, outcome, startsAt }) => [region, outcome, startsAt])).toEqual(
      REGIONS.map((region) => [region, 'queued', new Date(START).toISOString()]),
    );
    expect(answer).toMatchObject({
      build: expect.stringMatching(/^python-ml-[0-9a-f]{8}$/),
      reason: 'course starts',
      estimate: { duration: 30 * 60_000, endsAt: new Date(START + 30 * 60_000).toISOString() },
      notes: ['python-ml is kept from now on: it is rebuilt whenever its base image moves.'],
    });
    expect(answer.estimate.cost).toBeGreaterThan(0);
    expect((await services.templates.get('python-ml'))?.kept).toEqual({
      since: START,
      because: `asked for by ${ADA}: course starts`,
    });
    const { builds } = await services.regionBuilds.open();
    expect(
      builds.map(({ pot, urgency, triggers, reasons }) => [pot, urgency, triggers, reasons[0]?.actor]),
    ).toEqual(REGIONS.map(() => ['daily', 'normal', ['manual'], ADA]));
  });

  test('ends in published images, after which there is nothing more to build', async () => {
    const { call, loop } = await controlWorld();
    const { build } = await call('buildTemplate', python);
    await loop.settle();
    expect(loop.failures).toEqual([]);
    const told = await call('explain', { id: build! });
    expect(told.regionBuilds.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    const again = await call('buildTemplate', { ...python, requestId: ANOTHER_REQUEST });
    expect(again).toMatchObject({
      build: null,
      notes: [],
      estimate: { cost: null, duration: null, endsAt: null },
    });
    expect(again.regionBuilds.map(({ outcome, because }) => [outcome, because])).toEqual(
      REGIONS.map((): unknown[] => ['up-to-date', expect.stringMatching(/^ami-\w+ stands on al2023-1$/)]),
    );
    const forced = await call('buildTemplate', { ...python, requestId: ANOTHER_REQUEST, force: true });
    expect(forced.regionBuilds.map(({ outcome }) => outcome)).toEqual(['queued', 'queued']);
  });

  test('sent again, it asks for the same build, also once that has ended', async () => {
    const { call, loop, services } = await controlWorld();
    const first = await call('buildTemplate', python);
    const second = await call('buildTemplate', python);
    expect(second).toEqual({ ...first, notes: [] });
    await loop.settle();
    const third = await call('buildTemplate', python);
    expect(third.build).toBe(first.build);
    expect(third.regionBuilds.map(({ id, because }) => [id, because])).toEqual(
      first.regionBuilds.map(({ id }) => [id, 'already succeeded']),
    );
    expect((await services.regionBuilds.open()).builds).toEqual([]);
  });

  test('sent twice at once, it makes one build', async () => {
    const { call, services } = await controlWorld();
    const [one, other] = await Promise.all([call('buildTemplate', python), call('buildTemplate', python)]);
    expect(one.build).toBe(other.build);
    expect((await services.regionBuilds.open()).builds).toHaveLength(REGIONS.length);
    expect(await services.regionBuilds.builds('python-ml', 10)).toHaveLength(1);
  });

  test('of two people at once makes one region build per region that both wait for', async () => {
    const { call, services } = await controlWorld();
    const [one, other] = await Promise.all([
      call('buildTemplate', python),
      call('buildTemplate', { ...python, requestId: ANOTHER_REQUEST }, BOB),
    ]);
    expect(one.build).not.toBe(other.build);
    expect((await services.regionBuilds.open()).builds).toHaveLength(REGIONS.length);
    const of = await Promise.all([one, other].map(({ build }) => call('explain', { id: build! })));
    expect(of.map(({ regionBuilds }) => regionBuilds.map(({ id }) => id).sort())).toEqual([
      one.regionBuilds.map(({ id }) => id),
      one.regionBuilds.map(({ id }) => id),
    ]);
  });

  test('merges into what is queued, and brings its urgency and its pot', async () => {
    const { call } = await controlWorld({ policy: ACT_OFF_PEAK });
    await call('buildTemplate', python);
    const urgent = await call('buildTemplate', { ...python, requestId: ANOTHER_REQUEST, urgent: true }, BOB);
    expect(urgent.regionBuilds.map(({ outcome, startsAt }) => [outcome, startsAt])).toEqual(
      REGIONS.map(() => ['merged', new Date(START).toISOString()]),
    );
    const { regionBuilds } = await call('queue', {});
    expect(
      regionBuilds.map(({ urgency, pot, reasons }) => [urgency, pot, reasons.map(({ actor }) => actor)]),
    ).toEqual(REGIONS.map(() => ['critical', 'urgent', [ADA, BOB]]));
  });

  test('joins the build of the same image that runs; forced, it queues behind it', async () => {
    const { call, loop, services } = await controlWorld();
    const first = await call('buildTemplate', python);
    await loop.minute();
    const second = await call('buildTemplate', { ...python, requestId: ANOTHER_REQUEST });
    expect(second.regionBuilds.map(({ id, outcome }) => [id, outcome])).toEqual(
      first.regionBuilds.map(({ id }) => [id, 'merged']),
    );
    const forced = await call('buildTemplate', {
      ...python,
      requestId: '00000000-0000-4000-8000-000000000003',
      force: true,
    });
    expect(forced.regionBuilds[0]).toMatchObject({
      outcome: 'queued',
      because: `held: queues behind ${first.regionBuilds[0]!.id}, which runs for the same target`,
    });
    expect((await services.regionBuilds.open()).builds).toHaveLength(2 * REGIONS.length);
  });

  test('queues behind the build that runs, if the template has changed since', async () => {
    const { call, loop } = await controlWorld();
    await call('buildTemplate', python);
    await loop.minute();
    const text = PYTHON_ML.replace('python3', 'python3, git');
    await call('applyTemplates', { templates: [{ file: 'python.yaml', text }] });
    const second = await call('buildTemplate', { ...python, requestId: ANOTHER_REQUEST });
    expect(second.regionBuilds.map(({ outcome }) => outcome)).toEqual(['queued', 'queued']);
  });
});

describe('an estimate and notes say what to expect', () => {
  test('of the window it waits for', async () => {
    const { call } = await controlWorld({ policy: ACT_OFF_PEAK });
    const answer = await call('buildTemplate', python);
    const opening = '2026-11-25T02:00:00.000Z';
    expect(answer.regionBuilds.map(({ startsAt }) => startsAt)).toEqual([opening, opening]);
    expect(answer.regionBuilds[0]?.because).toMatch(/off-peak window opens 02:00 UTC/);
    expect(answer.notes[0]).toBe(
      'It waits for its window: --urgent starts it at once and pays from the urgent pot.',
    );
    expect(answer.estimate.endsAt).toBe('2026-11-25T02:30:00.000Z');
  });

  test('in mode observe, that nothing will be built and what to do', async () => {
    const { call } = await controlWorld({ policy: '' });
    const answer = await call('buildTemplate', { ...python, urgent: true });
    expect(answer.regionBuilds.map(({ outcome, startsAt }) => [outcome, startsAt])).toEqual(
      REGIONS.map(() => ['held', null]),
    );
    expect(answer.estimate).toMatchObject({ endsAt: null, duration: 30 * 60_000 });
    expect(answer.notes[0]).toBe(
      'The mode is observe: it is decided and explained, but nothing is built. `cws templates auto-ami mode act` lets it build.',
    );
  });

  test('that the urgent pot does not pay without asking, where the policy says so', async () => {
    const { call } = await controlWorld({ policy: `${ACT}  approve_emergency_builds: false\n` });
    const answer = await call('buildTemplate', { ...python, urgent: true });
    expect(answer.regionBuilds.map(({ outcome }) => outcome)).toEqual(['held', 'held']);
    expect(answer.notes).toContain(
      `It waits until somebody approves it: \`cws templates auto-ami approve ${answer.build}\`.`,
    );
    const { regionBuilds } = await call('queue', {});
    expect(regionBuilds.map(({ approval, pot }) => [approval, pot])).toEqual(
      REGIONS.map(() => ['wanted', 'urgent']),
    );
  });

  test('that nobody knows the price', async () => {
    const { call, world } = await controlWorld();
    for (const region of REGIONS) world.prices.set(region, 'm7i.large', undefined);
    const answer = await call('buildTemplate', python);
    expect(answer.estimate.cost).toBeNull();
    expect(answer.regionBuilds[0]).toMatchObject({
      outcome: 'held',
      because:
        'held: nobody knows what each of its instance types costs in us-east-1, so its cost has no ceiling',
    });
  });

  test('what can never be paid is refused at once, and nothing is kept', async () => {
    const { call, services } = await controlWorld({ policy: `${ACT}  max_cost: 0.01\n` });
    const answer = await call('buildTemplate', python);
    expect(answer.build).toBeNull();
    expect(answer.regionBuilds.map(({ id, outcome }) => [id, outcome])).toEqual([
      [null, 'refused'],
      [null, 'refused'],
    ]);
    expect(answer.regionBuilds[0]?.because).toMatch(
      /refused: its ceiling of \$\S+ is above its own limit of \$0.01/,
    );
    expect((await services.regionBuilds.open()).builds).toEqual([]);
    expect((await services.templates.get('python-ml'))?.kept).toBeUndefined();
  });
});

test('a template on the image of another waits for that one, which is built without being asked for', async () => {
  const onIt = 'name: On it\nslug: on-it\nbase: python-ml\n';
  const { call, loop } = await controlWorld({ templates: [PYTHON_ML, onIt] });
  const asked = await call('buildTemplate', { ...python, slug: 'on-it' });
  expect(asked.regionBuilds.map(({ outcome }) => outcome)).toEqual(['held', 'held']);
  expect(asked.notes[0]).toBe('It is built on the image of python-ml, which is built first.');
  await loop.settle();
  const { images } = await call('images', {});
  const own = images.filter(({ template }) => template === 'on-it');
  expect(own.map(({ state, baseImageName }) => [state, baseImageName])).toEqual(
    REGIONS.map(() => ['active', 'python-ml']),
  );
});

describe('a wish that makes no sense is refused with a way on', () => {
  test('for a template that does not exist', async () => {
    const { call } = await controlWorld({ templates: [PYTHON_ML, R_RESEARCH] });
    expect(await refusal(call('buildTemplate', { ...python, slug: 'pyton-ml' }))).toEqual({
      error: 'not-found',
      message: 'There is no template "pyton-ml". Did you mean python-ml?',
    });
    expect((await refusal(call('buildTemplate', { ...python, slug: 'julia' }))).message).toBe(
      'There is no template "julia". There are python-ml, r-research.',
    );
  });

  test('for regions this deployment does not build in, all of them at once', async () => {
    const { call } = await controlWorld();
    const refused = await refusal(
      call('buildTemplate', { ...python, regions: ['us-east-2', 'us-east-1', 'mars'] }),
    );
    expect(refused).toMatchObject({
      error: 'invalid',
      problems: [
        {
          path: 'regions.0',
          message: 'this deployment does not build in us-east-2',
          suggestion: 'did you mean us-east-1?',
        },
        {
          path: 'regions.2',
          message: 'this deployment does not build in mars',
          expected: 'one of us-east-1, us-west-2',
        },
      ],
    });
  });

  test('for regions in which the policy does not build it', async () => {
    const { call } = await controlWorld({
      policy: `${ACT}  templates:\n    python-ml:\n      regions: [us-west-2]\n`,
    });
    expect((await call('buildTemplate', python)).regionBuilds.map(({ region }) => region)).toEqual([
      'us-west-2',
    ]);
    const named = await call('buildTemplate', {
      ...python,
      requestId: ANOTHER_REQUEST,
      regions: ['us-east-1', 'us-west-2'],
    });
    expect(named.regionBuilds.map(({ outcome, because }) => [outcome, because])).toEqual([
      ['refused', 'the policy builds python-ml only in us-west-2'],
      ['merged', expect.any(String)],
    ]);
  });

  test('of what is disabled or stopped', async () => {
    const { call, world } = await controlWorld({ templates: [PYTHON_ML, R_RESEARCH] });
    const kept = await world.services.templates.get('python-ml');
    await world.services.templates.save({
      ...kept!,
      revision: 2,
      disabled: { at: START, by: 'bob', reason: 'prefer fresh builds' },
    });
    expect(await refusal(call('buildTemplate', python))).toEqual({
      error: 'refused',
      message:
        'python-ml was disabled by bob: prefer fresh builds. Nothing is built for it until it is enabled.',
    });
    await call('mode', { mode: 'stopped', template: 'r-research' });
    expect((await refusal(call('buildTemplate', { ...python, slug: 'r-research' }))).message).toBe(
      'The mode for r-research is stopped: nothing is asked for until it is another.',
    );
  });

  test('before its base image was ever seen it waits, and says so', async () => {
    const { call } = await controlWorld({ templates: [PYTHON_ML.replace(BASE, 'ubuntu-24.04')] });
    const answer = await call('buildTemplate', python);
    expect(answer.regionBuilds[0]).toMatchObject({
      outcome: 'held',
      because: 'held: no base image is known for it in us-east-1 (x86_64)',
    });
  });
});

test.each([1, 2, 3])('a death after write %i is mended by sending the request again', async (write) => {
  const { call, services, world } = await controlWorld();
  world.table.faults.afterWrite(write, die);
  await expect(call('buildTemplate', python)).rejects.toThrow();
  const answer = await call('buildTemplate', python);
  expect(answer.regionBuilds.map(({ outcome }) => outcome)).toEqual(['queued', 'queued']);
  expect((await services.regionBuilds.open()).builds).toHaveLength(REGIONS.length);
  expect((await services.templates.get('python-ml'))?.kept).toBeDefined();
  expect(await services.regionBuilds.build(answer.build!)).toMatchObject({
    regionBuilds: answer.regionBuilds.map(({ id }) => id),
  });
});
