import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfiguration } from '../../../lib/configuration/loadConfiguration.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'auto-ami-configuration-'));
  mkdirSync(join(directory, 'ours'));
  writeFileSync(join(directory, 'ours', 'policy.yaml'), 'auto_ami_policy: {}');
  writeFileSync(join(directory, 'ours', 'good.yaml'), 'homeRegion: us-east-1\npolicy: policy.yaml');
  writeFileSync(join(directory, 'ours', 'bad.yaml'), 'homeRegion: mars\npolicy: policy.yaml');
  writeFileSync(join(directory, 'ours', 'lost.yaml'), 'homeRegion: us-east-1\npolicy: nowhere.yaml');
  writeFileSync(join(directory, 'ours', 'long.yaml'), `# ${'x'.repeat(9_000)}`);
  writeFileSync(join(directory, 'ours', 'large.yaml'), 'homeRegion: us-east-1\npolicy: long.yaml');
});
afterAll(() => rmSync(directory, { recursive: true }));

const fine = () => [];
const wrong = (_: string, source: string) => [`${source}:1: no budget`];

test('the policy file lies beside the configuration that names it', () => {
  expect(loadConfiguration('ours/good.yaml', directory, fine)).toMatchObject({
    configuration: { homeRegion: 'us-east-1', policy: 'policy.yaml' },
    policyText: 'auto_ami_policy: {}',
  });
});

test('what is wrong in the configuration and in the policy is said together', () => {
  expect(() => loadConfiguration('ours/bad.yaml', directory, wrong)).toThrow(
    /2 problems:\n {2}ours\/bad\.yaml:1: homeRegion: .*\n {2}ours\/policy\.yaml:1: no budget/,
  );
});

test.each([
  ['ours/none.yaml', 'ours/none.yaml: cannot be read. Copy auto-ami.config.example.yaml'],
  ['ours/lost.yaml', 'ours/lost.yaml: policy: nowhere.yaml cannot be read'],
  ['ours/large.yaml', 'long.yaml has 9002 bytes, and the first policy has room for 8192'],
])('%s is refused', (file, problem) => {
  expect(() => loadConfiguration(file, directory, fine)).toThrow(problem);
});
