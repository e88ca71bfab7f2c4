import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/core/words.ts';
import { baseImageId, REGIONS, START } from '../world.ts';
import {
  ACT_OFF_PEAK,
  ANOTHER_REQUEST,
  controlWorld,
  PYTHON_ML,
  R_RESEARCH,
  refusal,
  REQUEST,
} from './controlWorld.ts';

const python = { slug: 'python-ml', requestId: REQUEST };
const at = (instant: number) => new Date(instant).toISOString();

describe('status', () => {
  test('of a new deployment is empty, and observes', async () => {
    const { call } = await controlWorld({ policy: '', templates: [] });
    expect(await call('status', {})).toEqual({
      now: at(START),
      zone: 'UTC',
      mode: 'observe',
      scan: null,
      templates: [],
      otherTemplates: 0,
      activity: [],
      completesAt: null,
    });
  });

  test('shows kept templates alone, and why what is open waits and when it will have ended', async () => {
    const { call } = await controlWorld({ policy: ACT_OFF_PEAK, templates: [PYTHON_ML, R_RESEARCH] });
    await call('buildTemplate', python);
    const status = await call('status', {});
    expect(status).toMatchObject({ otherTemplates: 1, completesAt: '2026-11-25T02:30:00.000Z' });
    expect(status.templates.map(({ slug, places }) => [slug, places.map(({ region }) => region)])).toEqual([
      ['python-ml', [...REGIONS]],
    ]);
    expect(status.templates[0]?.places[0]).toMatchObject({
      active: null,
      lastFailure: null,
      open: [
        {
          status: 'queued',
          startsAt: '2026-11-25T02:00:00.000Z',
          waiting: { rule: 'off-peak-window', because: expect.stringMatching(/opens 02:00 UTC/) },
        },
      ],
    });
  });

  test('shows what runs with its likely end, and later what stands, since when, and whether it is published', async () => {
    const { call, loop } = await controlWorld();
    await call('buildTemplate', python);
    await loop.minutes(2);
    const during = await call('status', {});
    const [running] = during.templates[0]!.places[0]!.open;
    expect(running).toMatchObject({ status: 'running', waiting: null, reserved: expect.any(Number) });
    expect(Date.parse(running!.endsAt!)).toBeGreaterThanOrEqual(START + 30 * MINUTE);
    await loop.settle();
    const { templates, completesAt } = await call('status', {});
    expect(completesAt).toBeNull();
    expect(templates[0]?.places.map(({ active, open }) => [active, open])).toEqual(
      REGIONS.map(() => [
        {
          amiId: expect.stringMatching(/^ami-/),
          baseRelease: '1',
          since: expect.any(String),
          published: true,
        },
        [],
      ]),
    );
  });

  test('shows the mode of each template, and that stopped for all stops each', async () => {
    const { call } = await controlWorld();
    await call('buildTemplate', python);
    await call('mode', { mode: 'propose', template: 'python-ml' });
    const modes = async () => {
      const { mode, templates } = await call('status', {});
      return [mode, ...templates.map((template) => template.mode)];
    };
    expect(await modes()).toEqual(['act', 'propose']);
    await call('mode', { mode: 'stopped' });
    expect(await modes()).toEqual(['stopped', 'stopped']);
  });
});

describe('the queue', () => {
  test('is in the order in which it is served, what runs first; a limit cuts it and the total tells', async () => {
    const { call, loop } = await controlWorld({ policy: ACT_OFF_PEAK, templates: [PYTHON_ML, R_RESEARCH] });
    await call('buildTemplate', { slug: 'r-research', requestId: ANOTHER_REQUEST });
    await call('buildTemplate', { ...python, urgent: true });
    const before = await call('queue', {});
    expect(before.regionBuilds.map(({ template, region }) => `${template} ${region}`)).toEqual([
      'python-ml us-east-1',
      'python-ml us-west-2',
      'r-research us-east-1',
      'r-research us-west-2',
    ]);
    await loop.minute();
    const { regions, total, regionBuilds } = await call('queue', { limit: 1 });
    expect(total).toBe(4);
    expect(regionBuilds.map(({ status, template }) => [status, template])).toEqual([
      ['running', 'python-ml'],
    ]);
    expect(regions).toEqual([
      { region: 'us-east-1', running: 1, slots: 10 },
      { region: 'us-west-2', running: 1, slots: 10 },
    ]);
  });

  test('says the same as the dispatcher wrote down, and since when', async () => {
    const { call, loop, world } = await controlWorld({ policy: ACT_OFF_PEAK });
    await call('buildTemplate', python);
    await loop.minute();
    const { waiting } = await world.services.regionBuilds.open();
    world.advance(HOUR);
    const { regionBuilds } = await call('queue', {});
    for (const build of regionBuilds) {
      const said = waiting.get(build.id);
      expect(build.waiting).toEqual({ at: at(said!.at), rule: said!.rule, because: said!.because });
    }
  });
});

describe('builds and their stories', () => {
  test('newest first, of one template or of all, at most so many', async () => {
    const { call, world } = await controlWorld({ templates: [PYTHON_ML, R_RESEARCH] });
    const { build: first } = await call('buildTemplate', { ...python, reason: 'one' });
    world.advance(MINUTE);
    const { build: second } = await call('buildTemplate', { slug: 'r-research', requestId: ANOTHER_REQUEST });
    expect((await call('builds', {})).builds.map(({ id, because }) => [id, because])).toEqual([
      [second, 'asked for by hand'],
      [first, 'one'],
    ]);
    expect((await call('builds', { limit: 1 })).builds.map(({ id }) => id)).toEqual([second]);
    const { builds } = await call('builds', { template: 'python-ml' });
    expect(builds.map(({ id, regionBuilds }) => [id, regionBuilds.map(({ region }) => region)])).toEqual([
      [first, [...REGIONS]],
    ]);
    expect((await refusal(call('builds', { template: 'python' }))).message).toMatch(
      /Did you mean python-ml|There are/,
    );
  });

  test('a story is told from the wish to the AMI, with attempts and what they cost', async () => {
    const { call, loop } = await controlWorld();
    const { build, regionBuilds } = await call('buildTemplate', { ...python, reason: 'course starts' });
    await loop.settle();
    const told = await call('explain', { id: build! });
    expect(told.build).toEqual({
      id: build,
      template: 'python-ml',
      because: 'course starts',
      requestedAt: at(START),
    });
    const [one] = told.regionBuilds;
    expect(one?.story.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['requested', 'granted', 'image-started', 'succeeded', 'promoted', 'published']),
    );
    expect(one?.attemptHistory).toMatchObject([{ attempt: 1, state: 'settled', outcome: 'succeeded' }]);
    expect(one?.attemptHistory[0]?.cost).toBe(one?.cost);
    const alone = await call('explain', { id: regionBuilds[1]!.id! });
    expect(alone.regionBuilds.map(({ id }) => id)).toEqual([regionBuilds[1]!.id]);
  });

  test('a template that is named instead of a build is answered with its builds', async () => {
    const { call } = await controlWorld();
    expect((await refusal(call('explain', { id: 'python-ml' }))).message).toBe(
      'There is no build "python-ml". `cws templates auto-ami builds` lists them.',
    );
    const { build } = await call('buildTemplate', python);
    expect(await refusal(call('explain', { id: 'python-ml' }))).toEqual({
      error: 'not-found',
      message: `"python-ml" is a template, not a build. Its newest builds: ${build}.`,
    });
  });
});

describe('images', () => {
  test('by template and place, newest first, with their parameters; what is gone only for those who ask for all', async () => {
    const { call, loop, services } = await controlWorld();
    await call('buildTemplate', python);
    await loop.settle();
    await call('buildTemplate', { ...python, requestId: ANOTHER_REQUEST, force: true });
    await loop.settle();
    const { images } = await call('images', {});
    expect(images.map(({ region, state, parameter }) => [region, state, parameter])).toEqual(
      REGIONS.flatMap((region) =>
        ['active', 'superseded'].map((state) => [
          region,
          state,
          '/auto-ami/templates/python-ml/x86_64/ami-id',
        ]),
      ),
    );
    expect(images.map(({ next }) => next?.step ?? null)).toEqual([null, 'deprecate', null, 'deprecate']);
    const since = images[1]!.supersededAt!;
    expect(images[1]!.next?.at).toBe(new Date(Date.parse(since) + DAY).toISOString());
    const ami = await services.amis.get('python-ml', images[1]!.amiId);
    await services.commits.commit([
      { kind: 'ami', after: { ...ami!, state: 'deregistered' }, expects: 'superseded' },
    ]);
    expect((await call('images', { template: 'python-ml' })).images).toHaveLength(3);
    expect((await call('images', { all: true })).images).toHaveLength(4);
  });
});

describe('templates and base images', () => {
  test('templates say what they inherit', async () => {
    const { call } = await controlWorld({
      templates: [PYTHON_ML, 'name: Child\nslug: child\ninherits: [python-ml]\n'],
    });
    const { templates } = await call('templates', {});
    expect(templates.map(({ slug, base, architectures, kept }) => [slug, base, architectures, kept])).toEqual(
      [
        ['child', 'amazon-linux-2023', ['x86_64'], null],
        ['python-ml', 'amazon-linux-2023', ['x86_64'], null],
      ],
    );
  });

  test('the base images that are used or seen, with who rests on them', async () => {
    const { call } = await controlWorld({
      templates: [
        PYTHON_ML,
        'name: On it\nslug: on-it\nbase: python-ml\n',
        'name: U\nslug: u\nbase: ubuntu-24.04\n',
      ],
    });
    const { baseImages } = await call('baseImages', {});
    expect(baseImages.map(({ name, templates, places }) => [name, templates, places.length])).toEqual([
      ['amazon-linux-2023', ['on-it', 'python-ml'], 2],
      ['ubuntu-24.04', ['u'], 0],
    ]);
    const { baseImage, updates } = await call('baseImage', { base: 'amazon-linux-2023' });
    expect(baseImage.places[0]?.imageId).toBe(baseImageId('us-east-1', 1));
    expect(updates).toEqual([]);
    expect((await refusal(call('baseImage', { base: 'amazon-linux-2032' }))).message).toBe(
      'There is no base image "amazon-linux-2032". Did you mean amazon-linux-2023?',
    );
  });

  test('a scan is started, and the one before is told', async () => {
    const { call, services } = await controlWorld();
    await services.scanReports.save({ at: START - HOUR, succeeded: true, problems: [] });
    expect(await call('scan', {})).toEqual({
      started: true,
      last: { at: at(START - HOUR), succeeded: true, problems: [] },
    });
    expect(services.scans).toMatchObject({ started: 1 });
  });
});
