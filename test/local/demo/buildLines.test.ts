import { expect, test } from 'vitest';
import type { Followed, Stage } from '../../../local/demo/follow/followed.ts';
import { buildLines, changeLines, countLine } from '../../../local/demo/view/buildLines.ts';

const at = (template: string, region: string, stage: Stage, values: Partial<Followed> = {}): Followed => ({
  id: `${template}-${region}`,
  build: `${template}-1`,
  template,
  region,
  architecture: 'x86_64',
  stage,
  ...values,
});

const BUILDS = [
  at('python-basic', 'us-west-2', 'TESTING'),
  at('python-basic', 'us-east-1', 'published', { amiId: 'ami-0abc123def0000001' }),
  at('amazon-linux-basic', 'us-east-1', 'queued', { because: 'all 10 slots of us-east-1 are taken' }),
  at('amazon-linux-basic', 'us-west-2', 'granted'),
  at('ubuntu-basic', 'us-east-1', 'ended', {
    because: 'failed: Component validation failed:\n  no git (ImageFailed)',
  }),
  at('ubuntu-basic', 'us-west-2', 'recorded', { amiId: 'ami-0abc123def0000002' }),
];

test('each region build has a line with its progress, by place', () => {
  expect(buildLines(BUILDS, 140)).toMatchInlineSnapshot(`
    [
      "TEMPLATE            REGION     ARCH    PROGRESS",
      "amazon-linux-basic  us-east-1  x86_64  ░░░░░░░░░░░░░░░░░░░░  queued: all 10 slots of us-east-1 are taken",
      "amazon-linux-basic  us-west-2  x86_64  ██░░░░░░░░░░░░░░░░░░  granted: slot taken, money held",
      "python-basic        us-east-1  x86_64  ████████████████████  ✓ ami-0abc123def0000001 active and published",
      "python-basic        us-west-2  x86_64  ██████████░░░░░░░░░░  TESTING",
      "ubuntu-basic        us-east-1  x86_64  ████████████████████  ✗ failed: Component validation failed: no git (ImageFailed)",
      "ubuntu-basic        us-west-2  x86_64  ██████████████████░░  ami-0abc123def0000002 recorded",
    ]
  `);
});

test('on a narrow terminal no line wraps', () => {
  for (const line of buildLines(BUILDS, 60)) expect(line.length).toBeLessThanOrEqual(60);
});

test('nothing is shown of nothing', () => {
  expect(buildLines([], 80)).toEqual([]);
});

test('only what changed is told', () => {
  const after = [at('python-basic', 'us-west-2', 'DISTRIBUTING'), ...BUILDS.slice(1)];
  expect(changeLines(BUILDS, after)).toEqual(['python-basic us-west-2 x86_64: DISTRIBUTING']);
  expect(changeLines([], after)).toHaveLength(6);
  expect(changeLines(after, after)).toEqual([]);
});

test('how many are there', () => {
  expect(countLine(BUILDS, 6)).toBe('1 of 6 published, 1 ended without an image');
  expect(countLine(BUILDS.slice(0, 2), 2)).toBe('1 of 2 published');
});
