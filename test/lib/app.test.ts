import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { app } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { app: string };

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'auto-ami-app-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** The app as the CDK runs it, with a configuration and a directory for what it synthesizes. */
function synthesize(configuration: string, policy = '') {
  writeFileSync(join(directory, 'c.yaml'), configuration);
  writeFileSync(join(directory, 'policy.yaml'), policy);
  const [command = '', ...args] = app.split(' ');
  return spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      ...process.env,
      AUTO_AMI_CONFIG: join(directory, 'c.yaml'),
      CDK_OUTDIR: join(directory, 'out'),
      CDK_VALIDATION: 'false',
    },
  });
}

test(
  'a wrong configuration and a wrong policy: all is said, nothing is synthesized',
  { timeout: 60_000 },
  () => {
    const { status, stderr } = synthesize(
      'homeRegion: mars\nregion: us-east-1\npolicy: policy.yaml',
      'auto_ami_policy:\n  daily_budget: lots',
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/c\.yaml:1: homeRegion: must be the name of an AWS region/);
    expect(stderr).toMatch(/c\.yaml:2: region: is not a key that is known here/);
    expect(stderr).toMatch(/policy\.yaml:2:\d+: auto_ami_policy\.daily_budget: /);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(join(directory, 'out'))).toEqual([]);
  },
);

test('the example configuration is one', { timeout: 60_000 }, () => {
  const { status, stderr } = synthesize(readFileSync(join(ROOT, 'auto-ami.config.example.yaml'), 'utf8'));
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(readdirSync(join(directory, 'out'))).toEqual(
    expect.arrayContaining(['AutoAmiHub.template.json', 'AutoAmiSpoke-us-west-2.template.json']),
  );
});
