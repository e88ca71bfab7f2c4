import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REGIONS } from '../world.ts';
import { ACT, ACT_OFF_PEAK, controlWorld, PYTHON_ML, R_RESEARCH } from './controlWorld.ts';
import { cwsOf, type Typed } from './cwsOf.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cws-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function terminal(policy = ACT_OFF_PEAK) {
  const there = await controlWorld({ policy, templates: [PYTHON_ML, R_RESEARCH] });
  const { cws, autoAmi, stop } = await cwsOf(there.operations);
  /** As it stands in the specification, without the words in front. */
  const typed = (line: string): Promise<Typed> =>
    cws(...[...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''));
  return { ...there, cws, autoAmi, stop, typed };
}

const done = (ran: Typed): string => {
  expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: '' });
  return ran.out;
};

describe('the sessions of the specification', () => {
  test.each([
    ['templates auto-ami configure', ['Auto-AMI Configuration:', 'Popularity threshold: 5 launches']],
    ['templates auto-ami status', ['AUTO-AMI STATUS', 'Recent Activity:']],
    [
      'templates auto-ami build python-ml --urgent --reason "critical-security-patch"',
      [
        'Emergency compilation initiated for python-ml',
        'Trigger: critical-security-patch',
        'ETA: ',
        'Progress: ',
      ],
    ],
    ['notifications list --type ami-updates', ['AMI UPDATE NOTIFICATIONS']],
    ['templates auto-ami build --security-update', ['No kept template lacks a security update']],
    [
      'templates auto-ami preferences',
      ['AUTO-AMI PREFERENCES', 'High: Auto-rebuild within 24 hours ✓', 'Low: Manual approval required ✓'],
    ],
    [
      'templates auto-ami disable python-ml --reason "prefer-fresh-builds"',
      ['python-ml is disabled: prefer-fresh-builds'],
    ],
    ['templates auto-ami enable python-ml --popularity-threshold 3', ['Popularity threshold: 3 launches']],
  ])('cws %s', async (line, words) => {
    const { typed, stop } = await terminal();
    const out = done(await typed(line));
    for (const word of words) expect(out).toContain(word);
    await stop();
  });

  test('both policies: checked without AWS, compared, applied once, and told as they were understood', async () => {
    const { autoAmi, services, stop } = await terminal('');
    for (const name of ['education', 'research']) {
      const file = `docs/policies/${name}.yaml`;
      const checked = JSON.parse(
        done(await autoAmi('configure', '--file', file, '--check', '--output', 'json')),
      ) as {
        policy: Record<string, unknown>;
        meaning: readonly unknown[];
      };
      expect(checked.policy).toMatchObject({ safetyFactor: 1.5, maxAttempts: 3 });
      const compared = done(await autoAmi('configure', '--file', file, '--dry-run'));
      expect(compared).toMatch(/^Nothing applied; this would be \d+ changes in meaning/);
      const applied = done(await autoAmi('configure', '--file', file, '--reason', `as ${name}`));
      expect(applied).toMatch(/^Policy applied, \d+ changes in meaning/);
      expect(await services.policies.current()).toMatchObject({
        text: await readFile(file, 'utf8'),
        reason: `as ${name}`,
        policy: checked.policy,
      });
      expect(done(await autoAmi('configure', '--file', file))).toMatch(/^Nothing to change/);
    }
    const history = done(await autoAmi('configure', '--history'));
    expect(history).toMatch(/Version 2, .* by operators\/ada: as research/);
    await stop();
  });
});

describe('people at the wheel', () => {
  test('a build that is proposed, seen in the plan, moved up, approved and followed to its end', async () => {
    const { autoAmi, loop, stop } = await terminal(ACT.replace('mode: act', 'mode: propose'));
    const id = /explain (\S+)/.exec(done(await autoAmi('build', 'python-ml')))![1]!;
    await loop.minutes(2);
    const plan = done(await autoAmi('plan'));
    expect(plan).toMatch(/^PLAN \(mode propose: each build waits for approval first\)/);
    expect(plan).toMatch(/python-ml in us-east-1 x86_64: held: the mode is propose, so it waits for approve/);
    expect(plan).toMatch(/About \$\S+, at most \$\S+, from the daily pot of 2026-11-24/);
    expect(done(await autoAmi('prioritize', id, '--priority', '90'))).toMatch(/^Priority changed for 2 of 2/);
    expect(done(await autoAmi('approve', id, '--reason', 'seen'))).toMatch(/^Approved 2 of 2/);
    expect((await autoAmi('approve', id)).code).toBe(0);
    await loop.minute();
    expect(done(await autoAmi('budget'))).toMatch(/Held for what runs:\n├── python-ml in us-east-1/);
    await loop.settle();
    const story = done(await autoAmi('explain', id));
    expect(story).toContain('approved by operators/ada: seen');
    expect(story).toMatch(/ priority 90 instead of 70, by operators\/ada/);
    expect(done(await autoAmi('budget'))).toMatch(/Keeping 2 images costs about \$\S+ a month/);
    await stop();
  });

  test('an update that went wrong is rolled back, and a template that is paused waits', async () => {
    const { autoAmi, typed, loop, world, stop } = await terminal(ACT);
    await autoAmi('build', 'python-ml');
    await loop.settle();
    for (const region of REGIONS) world.publishUpstream(region, 2);
    await loop.scan();
    await loop.minutes(30);
    expect(done(await autoAmi('rollback', 'python-ml', '--reason', 'broken CUDA'))).toMatch(
      /^Rolled back python-ml in 2 of 2\n├── us-east-1 x86_64: ✓ ami-\S+ is the active AMI instead of ami-\S+, published/,
    );
    const again = await autoAmi('rollback', 'python-ml');
    expect({ code: again.code, heading: again.out.split('\n')[0] }).toEqual({
      code: 1,
      heading: 'Nothing to roll back to for python-ml',
    });
    expect(done(await autoAmi('plan'))).toMatch(/was rolled back by operators\/ada:\s+│\s+broken CUDA/);
    expect(done(await typed('templates auto-ami pause python-ml --reason exams'))).toContain('paused: exams');
    expect(done(await autoAmi('status'))).toContain('python-ml: ⚠️ Paused (exams)');
    expect(done(await autoAmi('unpause', 'python-ml'))).toContain('enabled and kept');
    await stop();
  });

  test('everything stops within one tick, and what runs is cancelled', async () => {
    const { autoAmi, loop, world, stop } = await terminal(ACT);
    await autoAmi('build', 'python-ml');
    await loop.minutes(3);
    expect(done(await autoAmi('stop', '--cancel-running', '--reason', 'fire drill'))).toMatch(
      /Cancelled 2 of 2/,
    );
    await loop.minutes(15);
    expect(world.imageBuilder.images().map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
    expect(done(await autoAmi('plan'))).toMatch(/^PLAN \(mode stopped: nothing of it is done/);
    expect(done(await autoAmi('mode', 'act'))).toMatch(/mode act, was stopped/);
    await stop();
  });

  test('one value of the policy is changed, and a wrong one changes nothing', async () => {
    const { autoAmi, services, stop } = await terminal();
    const set = done(await autoAmi('configure', '--set', 'daily_budget=40', '--reason', 'semester'));
    expect(set).toMatch(/daily_budget: \$25\.00 → \$40\.00/);
    const wrong = await autoAmi('configure', '--set', 'dayly_budget=40');
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('daily_budget');
    expect((await services.policies.current())?.version).toBe(2);
    const file = join(folder, 'policy.yaml');
    await writeFile(file, 'auto_ami_policy:\n  daily_budget: 50\n');
    expect(done(await autoAmi('configure', '--file', file, '--check'))).toMatch(/is right/);
    await stop();
  });
});
