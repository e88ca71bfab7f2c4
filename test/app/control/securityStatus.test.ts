import { expect, test } from 'vitest';
import { checkBaseImages } from '../../../src/app/checkBaseImages.ts';
import { checkPackages } from '../../../src/app/checkPackages.ts';
import { DAY } from '../../../src/core/words.ts';
import { loopOf } from '../loop.ts';
import { BASE, REGIONS } from '../world.ts';
import { ACT_OFF_PEAK, controlWorld, REQUEST } from './controlWorld.ts';
import { cwsOf } from './cwsOf.ts';

/** An image of python-ml in each region; builds that are not critical wait for the night. */
async function built() {
  const there = await controlWorld({ policy: ACT_OFF_PEAK });
  const { world, call } = there;
  Object.assign(world.services.evidence, {
    assess: async () => ({
      type: 'security',
      level: 'medium',
      confidence: 'exact',
      packages: [{ name: 'openssl', before: '3.2.2-1', after: '3.2.2-2' }],
      advisories: [
        {
          id: 'ALAS2023-2026-1',
          level: 'medium',
          cves: ['CVE-2026-1234'],
          packages: ['openssl'],
          by: 'version',
          feeds: [],
          exploited: [],
        },
      ],
      reopened: [],
      cves: ['CVE-2026-1234'],
      exploited: [],
      changelogUrl: null,
      recalled: false,
      sources: [{ name: 'updateinfo', state: 'answered', detail: '214 advisories were read.' }],
      because: ['1 advisory is fixed'],
      incomplete: false,
    }),
  });
  for (const region of REGIONS) world.publishUpstream(region, 1);
  await call('buildTemplate', { slug: 'python-ml', requestId: REQUEST, urgent: true });
  const loop = loopOf(world, { scans: true });
  await loop.settle();
  return { ...there, loop };
}

async function moved() {
  const there = await built();
  for (const region of REGIONS) there.world.publishUpstream(region, 2);
  await checkBaseImages({}, there.services);
  await there.loop.minutes(2);
  return there;
}

test('of a deployment whose bases have not moved: nothing is lacking', async () => {
  const { call } = await built();
  expect((await call('securityStatus', {})).updates).toEqual([]);
});

test('of a base that has moved: what it fixes, which AMIs lack it, and when they are rebuilt', async () => {
  const { call, operations, world } = await moved();
  const { updates } = await call('securityStatus', {});
  const places = updates[0]?.templates[0]?.places ?? [];
  expect(places.map(({ region, hasUpdate }) => [region, hasUpdate])).toEqual(
    REGIONS.map((region) => [region, false]),
  );
  for (const { rebuild, amiId } of places) {
    expect(rebuild).toMatchObject({ status: 'queued', startsAt: expect.any(String) });
    expect(amiId).toMatch(/^ami-/);
  }
  const { autoAmi, stop } = await cwsOf(operations);
  const { out } = await autoAmi('security-status', '--evidence');
  await stop();
  expect(out).toContain('Medium Updates Available:');
  expect(out).toContain('CVE-2026-1234; security update, level medium, exact');
  expect(out).toContain('✓ updateinfo: answered, 214 advisories were read.');
  expect(world.log.messages('error')).toEqual([]);
});

test('and once they are rebuilt: among the recent ones, for thirty days', async () => {
  const { call, loop, world } = await moved();
  await loop.settle();
  const after = await call('securityStatus', {});
  expect(after.updates).toHaveLength(1);
  for (const { hasUpdate, rebuild } of after.updates[0]?.templates[0]?.places ?? [])
    expect([hasUpdate, rebuild]).toEqual([true, null]);
  world.advance(31 * DAY);
  expect((await call('securityStatus', {})).updates).toEqual([]);
});

test('of a template whose own packages have a hole: which, since when, and when it is rebuilt', async () => {
  const { call, operations, world, loop } = await built();
  const { services } = world;
  const [target] = await services.targets.of('python-ml');
  const ami = await services.amis.get('python-ml', target?.active?.amiId ?? '');
  for (const { amiId } of await services.amis.of('python-ml')) {
    const { architecture, baseImageName, createdAt } = ami!;
    const listed = { amiId, architecture, baseImageName, createdAt };
    await services.packageLists.keep({ ...listed, ...(await services.amis.get('python-ml', amiId)) }, [
      { name: 'nginx', version: '1:1.28.0-1.amzn2023.0.1' },
    ]);
  }
  world.advance(DAY);
  world.packageAdvisories.publish(BASE, {
    ...{ id: 'ALAS2023-2026-2001', level: 'medium', cves: ['CVE-2026-4001'], about: ['nginx'] },
    fixes: [{ name: 'nginx', version: '1:1.28.1-1.amzn2023.0.1' }],
    ...{ feeds: ['updateinfo'], published: services.now() },
  });
  const checkedAt = new Date(services.now()).toISOString();
  await checkPackages({}, services);
  await loop.minutes(2);
  const { packages, updates } = await call('securityStatus', {});
  expect(updates).toEqual([]);
  expect(packages.map(({ region, level }) => [region, level])).toEqual(
    REGIONS.map((region) => [region, 'medium']),
  );
  for (const { advisories, rebuild } of packages) {
    expect(rebuild).toMatchObject({ status: 'queued', startsAt: expect.any(String) });
    expect(advisories).toMatchObject([{ id: 'ALAS2023-2026-2001', askedAt: checkedAt, outlived: false }]);
  }
  const { autoAmi, stop } = await cwsOf(operations);
  const { out } = await autoAmi('security-status', '--evidence');
  const { out: json } = await autoAmi('security-status', '--output', 'json');
  await stop();
  expect(out).toContain('CVE-2026-4001; level medium, found');
  expect(out.replaceAll(/\s+/g, ' ')).toContain('nginx 1:1.28.0-1.amzn2023.0.1 → 1:1.28.1-1.amzn2023.0.1');
  expect((JSON.parse(json) as { packages: unknown }).packages).toEqual(packages);

  // What was open in the AMI that gave way is told no more; the next check says what is open in the new one.
  await loop.settle();
  expect((await call('securityStatus', {})).packages).toEqual([]);
});

test('of a template whose rebuild was cancelled: it lacks the update, and nothing is asked for', async () => {
  const { call, services } = await moved();
  for (const { id } of (await services.regionBuilds.open()).builds) await call('cancel', { id });
  const { updates } = await call('securityStatus', {});
  const places = updates[0]?.templates[0]?.places ?? [];
  expect(places).toHaveLength(2);
  for (const { hasUpdate, rebuild } of places) expect([hasUpdate, rebuild]).toEqual([false, null]);
});
