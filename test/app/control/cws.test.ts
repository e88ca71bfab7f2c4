import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACT_OFF_PEAK, controlWorld, PYTHON_ML, R_RESEARCH } from './controlWorld.ts';
import { cwsOf } from './cwsOf.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cws-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function terminal(policy: string, templates?: readonly string[]) {
  const there = await controlWorld({ policy, ...(templates === undefined ? {} : { templates }) });
  return { ...there, ...(await cwsOf(there.operations)) };
}

/** Ids and costs that are of no interest here. */
const steady = (text: string): string =>
  text.replaceAll(/-[0-9a-f]{8}\b/g, '-<id>').replaceAll(/\$\d+\.\d+/g, '$<cost>');

describe('what a user sees', () => {
  test('of a new deployment: nothing is built until somebody says so', async () => {
    const { autoAmi, stop } = await terminal('');
    expect(steady((await autoAmi('build', 'python-ml')).out)).toMatchInlineSnapshot(`
      "Compilation requested for python-ml
      Trigger: asked for by hand
      Estimated cost: $<cost>
      ETA: 30 minutes after its start
      Progress: cws templates auto-ami explain python-ml-<id>
      ├── us-east-1 x86_64: ⏳ queued, off-peak window opens 02:00 UTC on Wed 25 Nov
      └── us-west-2 x86_64: ⏳ queued, off-peak window opens 02:00 UTC on Wed 25 Nov
      Note: The mode is observe: it is decided and explained, but nothing is built. \`cws templates auto-ami mode act\` lets it build.
      Note: python-ml is kept from now on: it is rebuilt whenever its base image moves.
      "
    `);
    expect((await autoAmi('status')).out).toMatchInlineSnapshot(`
      "AUTO-AMI STATUS (mode observe: it decides and explains, and changes nothing in the account)

      Templates (auto-compilation enabled):
      └── python-ml: ⏳ Queued
          ├── ⏳ us-east-1 x86_64: queued: off-peak window opens 02:00 UTC on Wed 25 Nov
          └── ⏳ us-west-2 x86_64: queued: off-peak window opens 02:00 UTC on Wed 25 Nov

      Recent Activity:
      └── ⚠️ Base images were never scanned: \`cws scan\` starts one
      "
    `);
    await stop();
  });

  test('of builds that wait, run and have ended', async () => {
    const { autoAmi, loop, stop } = await terminal(ACT_OFF_PEAK, [PYTHON_ML, R_RESEARCH]);
    await autoAmi('build', 'python-ml');
    const urgent = await autoAmi('build', 'r-research', '--urgent', '--reason', 'CVE-2026-1234');
    expect(steady(urgent.out)).toMatchInlineSnapshot(`
      "Emergency compilation initiated for r-research
      Trigger: CVE-2026-1234
      Estimated cost: $<cost>
      ETA: 30 minutes (tonight 19:30 UTC)
      Progress: cws templates auto-ami explain r-research-<id>
      ├── us-east-1 x86_64: ⏳ queued, starts at once
      └── us-west-2 x86_64: ⏳ queued, starts at once
      Note: r-research is kept from now on: it is rebuilt whenever its base image moves.
      "
    `);
    await loop.minutes(3);
    expect((await autoAmi('status')).out).toMatchInlineSnapshot(`
      "AUTO-AMI STATUS (mode act: it builds, promotes and removes)

      Templates (auto-compilation enabled):
      ├── python-ml: ⏳ Queued for tonight 02:00 UTC
      │   ├── ⏳ us-east-1 x86_64: queued for tonight 02:00 UTC: off-peak window opens 02:00 UTC on Wed 25 Nov
      │   └── ⏳ us-west-2 x86_64: queued for tonight 02:00 UTC: off-peak window opens 02:00 UTC on Wed 25 Nov
      └── r-research: ▶ Building (2 of 2 places)
          ├── ▶ us-east-1 x86_64: building (TESTING) for 3 minutes, done tonight 19:30 UTC
          └── ▶ us-west-2 x86_64: building (TESTING) for 3 minutes, done tonight 19:30 UTC

      Recent Activity:
      ├── 2 templates scheduled for rebuild
      ├── Estimated rebuild completion: tonight 02:30 UTC
      └── ⚠️ Base images were never scanned: \`cws scan\` starts one
      "
    `);
    await loop.minutes(20);
    expect((await autoAmi('images')).out).toMatchInlineSnapshot(`
      "IMAGES

      └── r-research
          ├── ✓ us-east-1 x86_64: ami-00000000000000001, active, on 1, 17 minutes ago
          │   └── published as /auto-ami/templates/r-research/x86_64/ami-id
          └── ✓ us-west-2 x86_64: ami-00000000000000002, active, on 1, 17 minutes ago
              └── published as /auto-ami/templates/r-research/x86_64/ami-id
      "
    `);
    const id = /explain (\S+)/.exec(urgent.out)?.[1] ?? '';
    const { out } = await autoAmi('explain', id);
    expect(out).toContain('CVE-2026-1234 [manual, operators/ada]');
    expect(out).toMatch(/Attempt 1, .*: succeeded, \$\S+ of \$\S+ spent in urgent#2026-11/);
    expect(out).toMatch(/promoted: ami-\S+ is the active AMI/);
    await stop();
  });

  test('of a build that is waited for', async () => {
    const { autoAmi, world, loop, stop } = await terminal(ACT_OFF_PEAK);
    const waiting = { ended: false };
    const typed = autoAmi('build', 'python-ml', '--urgent', '--wait').finally(() => (waiting.ended = true));
    while (!waiting.ended) {
      await loop.minute();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const { code, out } = await typed;
    expect(code).toBe(0);
    expect(out).toMatch(/✓ us-west-2 x86_64: ami-/);
    expect(world.imageBuilder.images()).toHaveLength(2);
    await stop();
  });

  test('of wrong files: every problem with its place, and nothing changed', async () => {
    const { cws, autoAmi, services, stop } = await terminal(ACT_OFF_PEAK);
    const file = async (name: string, text: string): Promise<string> => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    const bad = await file('bad.yaml', 'name: Bad\nbase: amazon-linux-2032\n');
    const child = await file('child.yaml', 'name: Child\nslug: child\ninherits: [pyton-ml]\n');
    const applied = await cws('templates', 'apply', bad, child);
    expect(applied.code).toBe(1);
    expect(applied.err.replaceAll(folder, '…')).toMatchInlineSnapshot(`
      "cws: Nothing was applied: the templates have 2 problems.
        …/bad.yaml:2 base: the base "amazon-linux-2032" is neither a tracked base image nor a template (did you mean amazon-linux-2023?)
        …/child.yaml:3 inherits: inherits "pyton-ml", which does not exist (did you mean python-ml?)
      "
    `);
    const policy = await file('policy.yaml', 'auto_ami_policy:\n  moed: act\n');
    const configured = await autoAmi('configure', '--file', policy);
    expect(configured.err).toMatch(/policy\.yaml:2:\d+ auto_ami_policy\.moed/);
    expect((await services.policies.current())?.version).toBe(1);
    expect(await services.templates.all()).toHaveLength(1);
    await stop();
  });

  test('of a name that nobody has', async () => {
    const { autoAmi, stop } = await terminal(ACT_OFF_PEAK);
    expect(await autoAmi('build', 'pyton-ml')).toEqual({
      code: 1,
      out: '',
      err: 'cws: There is no template "pyton-ml". Did you mean python-ml?\n',
    });
    await stop();
  });
});
