import { afterEach, describe, expect, it } from 'vitest';
import { assessUpdate } from '../../src/app/assessUpdate.ts';
import { checkPackages } from '../../src/app/checkPackages.ts';
import { operations } from '../../src/app/control/operations.ts';
import { securityStatus } from '../../src/app/control/securityStatus.ts';
import type { Advisory } from '../../src/core/evidence/advisory.ts';
import type { Comparison } from '../../src/core/evidence/assessment.ts';
import type { Inventory } from '../../src/core/evidence/inventory.ts';
import { NO_PACKAGES } from '../../src/core/template/template.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/words.ts';
import { namedError } from '../../src/memory/nextFaults.ts';
import { die, Died } from '../../src/memory/table/faults.ts';
import { cwsOf } from './control/cwsOf.ts';
import { loopOf } from './loop.ts';
import { expectAtRest } from './outcome.ts';
import { aTemplate, BASE, newWorld, REGIONS, SETTINGS, START, TEMPLATE, type World } from './world.ts';

const installed = (nginx: string): Inventory => [
  { name: 'openssl', version: '1:3.2.2-1.amzn2023.0.1' },
  { name: 'nginx', version: `1:1.28.${nginx}-1.amzn2023.0.1` },
];

const anAdvisory = (over: Partial<Advisory> = {}): Advisory => ({
  id: 'ALAS2023-2026-2001',
  level: 'high',
  cves: ['CVE-2026-4001', 'CVE-2026-4002'],
  fixes: [{ name: 'nginx', version: '1:1.28.1-1.amzn2023.0.1' }],
  about: ['nginx'],
  feeds: ['updateinfo'],
  ...over,
});

/** A template with an active image in every region, nginx in its own layer, and nothing left to do. */
async function anActiveTemplate(template = aTemplate()) {
  const world = newWorld();
  await world.prepare([template]);
  world.imageBuilder.install(installed('0'));
  for (const region of REGIONS) await world.ask({ region });
  const loop = loopOf(world);
  await loop.settle();
  const publish = (over: Partial<Advisory> = {}) =>
    world.packageAdvisories.publish(BASE, anAdvisory({ published: world.services.now(), ...over }));
  return { world, loop, publish, check: () => checkPackages({}, world.services) };
}

const epochs = async ({ services }: World) =>
  (await services.targets.of(TEMPLATE)).map(({ packageEpoch }) => packageEpoch);

const reasonsOf = async ({ services }: World) =>
  (await services.targets.of(TEMPLATE)).map(({ epochRaised }) => epochRaised?.because);

describe('an advisory about what a template installs itself', () => {
  let stop: (() => Promise<void>) | undefined;
  afterEach(async () => stop?.());

  it('rebuilds it though its base did not move, and explain says why', async () => {
    const { world, loop, publish, check } = await anActiveTemplate();
    const { services, imageBuilder } = world;
    const before = await services.targets.of(TEMPLATE);
    world.advance(3 * DAY);
    publish();
    expect(await check()).toEqual({
      checked: 2,
      raised: REGIONS.map((region) => `${TEMPLATE}/${region}/x86_64`),
      unlisted: [],
    });
    imageBuilder.install(installed('1'));
    await loop.settle(async () => imageBuilder.images().length === 2 * REGIONS.length);
    await expectAtRest(world);
    expect(loop.failures).toEqual([]);

    const after = await services.targets.of(TEMPLATE);
    expect(after.map(({ active }) => active?.baseImageId)).toEqual(
      before.map(({ active }) => active?.baseImageId),
    );
    expect(after.map(({ active }) => [active?.packageEpoch, active?.amiId])).toEqual(
      before.map(({ active }) => [1, expect.not.stringMatching(active?.amiId ?? '') as string]),
    );
    const recipes = imageBuilder.images().map(({ spec }) => spec.components.map(({ data }) => data).join());
    expect(recipes.map((text) => text.includes('CloseHoles'))).toEqual([false, false, true, true]);
    expect(recipes.at(-1)).toMatch(/packages=\(\n +'nginx'\n +\)/);
    const [build, ...others] = await services.regionBuilds.builds(TEMPLATE, 10);
    expect(others.map(({ because }) => because)).toEqual(['a test asks']);
    expect(build).toMatchObject({ regionBuilds: REGIONS.map((region) => `${TEMPLATE}-${region}-x86_64-2`) });
    expect(await services.regionBuilds.get(build!.regionBuilds[0]!)).toMatchObject({
      triggers: ['security'],
      level: 'high',
      pot: 'daily',
    });

    const run = await cwsOf(operations(services));
    ({ stop } = run);
    const { out } = await run.autoAmi('explain', build!.id);
    const words = out.replaceAll(/\s+/g, ' ');
    expect(words).toContain(
      'its packages have holes that are fixed by now: ALAS2023-2026-2001 (high: nginx; CVE-2026-4001, CVE-2026-4002)',
    );

    await check();
    await loop.minutes(20);
    expect(imageBuilder.images()).toHaveLength(2 * REGIONS.length);
    expect(await epochs(world)).toEqual([1, 1]);
    const checks = await services.packageChecks.of(TEMPLATE);
    expect(checks.map(({ open, asked }) => [open, asked.map(({ id }) => id)])).toEqual([
      [[], ['ALAS2023-2026-2001']],
      [[], ['ALAS2023-2026-2001']],
    ]);
  }, 60_000);

  it('is told beside what else has changed since: the base, the template', async () => {
    const { world, loop, publish, check } = await anActiveTemplate();
    const { services } = world;
    world.advance(DAY);
    publish();
    await check();
    for (const region of REGIONS) world.publishUpstream(region, 2);
    await loop.scan();
    await world.saveTemplate(aTemplate({ packages: { ...NO_PACKAGES, system: ['python3', 'git'] } }));
    await loop.pump();
    const { builds } = await services.regionBuilds.open();
    expect(builds).toHaveLength(REGIONS.length);
    for (const { reasons } of builds) {
      const why = reasons.map(({ because }) => because).join('\n');
      expect(why).toContain('its packages have holes that are fixed by now: ALAS2023-2026-2001');
      expect(why).toContain(`${BASE} moved to 2 (critical)`);
      expect(why).toContain(`${TEMPLATE} was changed by a test (revision 2)`);
    }
  });

  it('is no reason told for a template that alone has changed since its last rebuild', async () => {
    const { world, loop, publish, check } = await anActiveTemplate();
    const { services, imageBuilder } = world;
    publish();
    await check();
    imageBuilder.install(installed('1'));
    await loop.settle(async () => imageBuilder.images().length === 2 * REGIONS.length);
    await world.saveTemplate(aTemplate({ packages: { ...NO_PACKAGES, system: ['python3', 'git'] } }));
    await loop.pump();
    const { builds } = await services.regionBuilds.open();
    expect(builds.map(({ reasons }) => reasons.map(({ because }) => because))).toEqual(
      REGIONS.map(() => [`${TEMPLATE} was changed by a test (revision 2)`]),
    );
  }, 60_000);

  it('joins what waits in the queue for another reason', async () => {
    const { world, loop, publish, check } = await anActiveTemplate();
    await world.ask({ region: 'us-east-1' }, { immediate: false, pot: 'monthly' });
    publish({ level: 'critical' });
    await check();
    await loop.pump();
    const { builds } = await world.services.regionBuilds.open();
    expect(builds.map(({ region, triggers, level }) => [region, triggers, level])).toContainEqual([
      'us-east-1',
      ['security', 'manual'],
      'critical',
    ]);
  });

  it.each([
    ['is of no level', { level: 'none' }],
    ['is fixed in what is installed', { fixes: [{ name: 'nginx', version: '1:1.27.0-1.amzn2023' }] }],
    ['is about other packages', { fixes: [{ name: 'httpd', version: '9-1' }] }],
    ['has no fix yet', { fixes: [] }],
  ] as const)('is no reason if it %s', async (_, over) => {
    const { world, publish, check } = await anActiveTemplate();
    publish(over);
    expect((await check()).raised).toEqual([]);
    expect(await epochs(world)).toEqual([0, 0]);
  });

  it('is no reason if its fix was there long before the image was built: another build would not have it either', async () => {
    const { world, publish, check } = await anActiveTemplate();
    publish({ published: world.services.now() - 15 * DAY });
    expect((await check()).raised).toEqual([]);
    publish({ published: world.services.now() - 13 * DAY });
    expect((await check()).raised).toHaveLength(2);
  });

  it('raises the epoch once, however often it is looked at, also by two at once', async () => {
    const { world, publish, check } = await anActiveTemplate();
    publish();
    await Promise.all([check(), check()]);
    await check();
    expect(await epochs(world)).toEqual([1, 1]);
    world.table.faults.beforeWrite(1, async () => {
      await check();
    });
    publish({ id: 'ALAS2023-2026-2002', cves: [] });
    await check();
    expect(await epochs(world)).toEqual([2, 2]);
  });

  it('raises it once, whichever write the check dies before or after', async () => {
    for (const when of ['beforeWrite', 'afterWrite'] as const)
      for (const write of [1, 2]) {
        const { world, publish, check } = await anActiveTemplate();
        publish();
        world.table.faults[when](write, die);
        await expect(check()).rejects.toThrow(Died.name);
        await check();
        expect(await epochs(world)).toEqual([1, 1]);
      }
  });

  it('meets others who write the same target', async () => {
    const { world, publish, check } = await anActiveTemplate();
    const { services, table } = world;
    publish();
    table.faults.beforeWrite(1, async () => {
      const [state] = await services.targets.of(TEMPLATE);
      const after = { ...state!, revision: state!.revision + 1, failuresInARow: 1 };
      await services.commits.commit([{ kind: 'target', after, expects: state!.revision }]);
    });
    expect((await check()).raised).toHaveLength(2);
    expect((await services.targets.of(TEMPLATE)).map(({ failuresInARow }) => failuresInARow)).toContain(1);
  });

  it('is a reason again once it is worse, but not once it has outlived a rebuild', async () => {
    const { world, loop, publish, check } = await anActiveTemplate();
    const { packageAdvisories, imageBuilder } = world;
    publish({ level: 'medium' });
    await check();
    packageAdvisories.exploit('CVE-2026-4002');
    await check();
    expect(await epochs(world)).toEqual([2, 2]);
    const [because] = await reasonsOf(world);
    expect(because).toContain('(critical: nginx');
    expect(because).toContain('known to be exploited: CVE-2026-4002');
    await loop.settle(async () => imageBuilder.images().length === 2 * REGIONS.length);
    // The rebuild has changed nothing about it.
    publish({
      id: 'ALAS2023-2026-2003',
      level: 'low',
      cves: [],
      fixes: [{ name: 'openssl', version: '1:3.2.3-1.amzn2023' }],
    });
    await check();
    expect(await epochs(world)).toEqual([3, 3]);
    const targets = await world.services.targets.of(TEMPLATE);
    expect(targets.map(({ epochRaised }) => epochRaised)).toMatchObject(
      REGIONS.map(() => ({
        level: 'low',
        because: 'its packages have holes that are fixed by now: ALAS2023-2026-2003 (low: openssl)',
      })),
    );
    const [found] = await world.services.packageChecks.of(TEMPLATE);
    expect(found?.open.map(({ id }) => id)).toEqual(['ALAS2023-2026-2001', 'ALAS2023-2026-2003']);
  }, 60_000);

  it('waits for the one before it that is not built yet: they are one reason', async () => {
    const { world, publish, check } = await anActiveTemplate();
    publish();
    await check();
    world.advance(HOUR);
    publish({ id: 'ALAS2023-2026-2002', level: 'low', cves: [] });
    await check();
    const [because] = await reasonsOf(world);
    expect(because).toBe(
      'its packages have holes that are fixed by now: ALAS2023-2026-2001 (high: nginx; CVE-2026-4001, CVE-2026-4002), ALAS2023-2026-2002 (low: nginx)',
    );
    expect((await world.services.targets.of(TEMPLATE))[0]?.epochRaised?.level).toBe('high');
  });

  it('is looked for by one question for all images of a base', async () => {
    const { world, check } = await anActiveTemplate();
    await check();
    expect(world.packageAdvisories.asked).toMatchObject([
      { questions: [{ base: { name: BASE }, installed: installed('0') }], pip: [] },
    ]);
  });

  it('is not looked for in a region that is no longer configured: nobody is asked there, and nothing is told of it', async () => {
    const { world, publish } = await anActiveTemplate();
    const { services, imageBuilder } = world;
    const [here, there] = REGIONS;
    const [configured] = SETTINGS.regions;
    const later = { ...services, settings: { ...SETTINGS, regions: [configured!] } };
    world.advance(400 * DAY);
    publish();
    // The kept lists are gone by now, so both would be asked for again.
    const asked: string[] = [];
    const packages: typeof imageBuilder.packages = (region, arn) => {
      asked.push(region);
      return imageBuilder.packages(region, arn);
    };
    const checked = await checkPackages({}, { ...later, imageBuilder: { ...imageBuilder, packages } });
    expect(checked).toEqual({ checked: 1, raised: [`${TEMPLATE}/${here}/x86_64`], unlisted: [] });
    expect(asked).toEqual([here]);
    expect(world.log.messages('warn')).toEqual([]);
    expect(
      await services.packageChecks.get({ template: TEMPLATE, region: there, architecture: 'x86_64' }),
    ).toBeUndefined();
    // What was found there while it was configured is told no more, either.
    await checkPackages({}, services);
    const status = async (of: typeof services) => (await securityStatus(of)).packages;
    expect((await status(services)).map(({ region }) => region)).toEqual([here, there]);
    expect((await status(later)).map(({ region }) => region)).toEqual([here]);
  });

  it('is not looked for where everything is stopped', async () => {
    const { world, publish, check } = await anActiveTemplate();
    publish();
    await world.setPolicy({ mode: 'stopped' });
    expect(await check()).toEqual({ checked: 0, raised: [], unlisted: [] });
    expect(world.packageAdvisories.asked).toEqual([]);
  });
});

describe('an advisory about what a template has pip install', () => {
  const withPip = () =>
    anActiveTemplate(aTemplate({ packages: { ...NO_PACKAGES, pip: ['Jinja2>=3', 'numpy==2.1.0'] } }));
  const ofPip = (over: Partial<Advisory> = {}) =>
    anAdvisory({
      id: 'GHSA-aaaa-bbbb-cccc',
      level: 'medium',
      cves: ['CVE-2026-5001'],
      fixes: [{ name: 'jinja2', version: '3.1.9', of: 'source' }],
      ...over,
    });

  it('rebuilds it, once for all who tell of the same fault', async () => {
    const { world, check } = await withPip();
    const { packageAdvisories, services } = world;
    world.advance(DAY);
    const published = services.now();
    packageAdvisories.publish('pip', ofPip({ published }));
    expect((await check()).raised).toHaveLength(2);
    expect(packageAdvisories.asked[0]?.pip).toEqual(['jinja2']);
    packageAdvisories.publish('pip', ofPip({ id: 'PYSEC-2026-1', level: 'unknown', published }));
    expect((await check()).raised).toEqual([]);
    expect(await reasonsOf(world)).toEqual(
      REGIONS.map(
        () =>
          'its packages have holes that are fixed by now: CVE-2026-5001 (medium: jinja2 (pip); CVE-2026-5001)',
      ),
    );
  });

  it.each([
    ['it came out before the image was built', { published: START }],
    ['nobody says when it came out', {}],
    ['the version is pinned', { published: START + DAY, fixes: [{ name: 'numpy', version: '2.1.1' }] }],
    ['there is no fix', { published: START + DAY, fixes: [] }],
  ])('does not if %s', async (_, over) => {
    const { world, check } = await withPip();
    world.advance(2 * DAY);
    world.packageAdvisories.publish('pip', ofPip(over));
    expect((await check()).raised).toEqual([]);
  });

  it('is looked for though the advisories of the base do not answer, and the other way round', async () => {
    const { world, check, publish } = await withPip();
    const { packageAdvisories } = world;
    world.advance(DAY);
    packageAdvisories.publish('pip', ofPip({ published: world.services.now() }));
    packageAdvisories.setDown(BASE, true);
    await expect(check()).rejects.toThrow(`the advisories of ${BASE} did not answer`);
    expect(await epochs(world)).toEqual([1, 1]);
    packageAdvisories.setDown(BASE, false);
    packageAdvisories.setDown('pip', true);
    publish();
    await expect(check()).rejects.toThrow('the advisories of pip did not answer');
    expect(await epochs(world)).toEqual([2, 2]);
  });
});

describe('a feed that does not answer', () => {
  it('is a failure of the check, nothing is concluded from it, and the next one makes it good', async () => {
    const { world, publish, check } = await anActiveTemplate();
    publish();
    world.packageAdvisories.setDown(BASE, true);
    await expect(check()).rejects.toThrow(`advisories of ${BASE} did not answer`);
    expect(await epochs(world)).toEqual([0, 0]);
    expect(await world.services.packageChecks.of(TEMPLATE)).toEqual([]);
    world.packageAdvisories.setDown(BASE, false);
    expect((await check()).raised).toHaveLength(2);
  });
});

describe('the catalogue of known exploitation', () => {
  it('does not hold up what is known without it, and is a failure if it does not answer', async () => {
    const { world, publish } = await anActiveTemplate();
    const { services } = world;
    publish();
    const packageAdvisories: typeof services.packageAdvisories = {
      ask: async (...asked) => ({ ...(await services.packageAdvisories.ask(...asked)), exploited: null }),
    };
    await expect(checkPackages({}, { ...services, packageAdvisories })).rejects.toThrow('known exploitation');
    expect(await epochs(world)).toEqual([1, 1]);
  });
});

describe('the package list of an AMI', () => {
  it('that could not be read does not hold up its AMI, and is copied by the daily check', async () => {
    const world = newWorld({ policy: { regions: ['us-east-1'] } });
    await world.prepare();
    const { services, imageBuilder, log } = world;
    imageBuilder.install(installed('0'));
    imageBuilder.failNextList(namedError('ThrottlingException'));
    const { id } = await world.ask();
    const loop = loopOf(world);
    await loop.settle();
    expect((await world.build(id)).status).toBe('succeeded');
    const [ami] = await services.amis.of(TEMPLATE);
    expect(ami?.state).toBe('active');
    expect(await services.packageLists.of(ami!)).toBeUndefined();
    expect(log.lines.map(({ message }) => message)).toContain(
      'the package list of an AMI could not be copied',
    );
    expect(await checkPackages({}, services)).toMatchObject({ checked: 1, unlisted: [] });
    expect(await services.packageLists.of(ami!)).toEqual(installed('0'));
  });

  it('that Image Builder does not have is named, and asked for again', async () => {
    const world = newWorld({ policy: { regions: ['us-east-1'] } });
    await world.prepare();
    await world.ask();
    await loopOf(world).settle();
    const [ami] = await world.services.amis.of(TEMPLATE);
    expect(await checkPackages({}, world.services)).toEqual({
      checked: 0,
      raised: [],
      unlisted: [ami?.amiId],
    });
    expect(world.imageBuilder.calls.packages).toBe(2);
  });

  it('that a deployment has nobody collect is named as well, and its AMI is published like any other', async () => {
    const world = newWorld({ policy: { regions: ['us-east-1'] } });
    const { services, imageBuilder } = world;
    Object.assign(services, { settings: { ...SETTINGS, enhancedImageMetadata: false } });
    await world.prepare();
    imageBuilder.install(installed('0'));
    await world.ask();
    await loopOf(world).settle();
    const [image] = imageBuilder.images();
    expect(image?.spec.image.enhancedImageMetadataEnabled).toBe(false);
    const [ami] = await services.amis.of(TEMPLATE);
    expect(ami?.state).toBe('active');
    expect(await checkPackages({}, services)).toEqual({ checked: 0, raised: [], unlisted: [ami?.amiId] });
  });

  it('of our last build goes to the evidence of what a newer base image fixes', async () => {
    const { world, loop } = await anActiveTemplate();
    const { services } = world;
    world.advance(10 * MINUTE);
    for (const region of REGIONS) world.publishUpstream(region, 2);
    await loop.scan();
    const known: unknown[] = [];
    const evidence = {
      assess: (comparison: Comparison) => {
        known.push(comparison.known);
        return services.evidence.assess(comparison);
      },
    };
    await assessUpdate({ base: BASE, release: '2' }, { ...services, evidence });
    expect(known).toEqual([installed('0')]);
  });
});
