import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClientError } from '../../src/api/client/clientError.ts';
import { SAMPLES } from '../api/sampleAnswers.ts';
import { runCws } from './fakeWorld.ts';

const AUTO_AMI = ['templates', 'auto-ami'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cws-'));
  await mkdir(join(folder, 'templates', 'deeper'), { recursive: true });
  await mkdir(join(folder, 'none'));
  await writeFile(join(folder, 'templates', 'b.yml'), 'name: B\n');
  await writeFile(join(folder, 'templates', 'deeper', 'a.yaml'), 'name: A\n');
  await writeFile(join(folder, 'templates', 'README.md'), 'not a template');
  await writeFile(join(folder, 'latin1.yaml'), Buffer.from([0x6e, 0xe9]));
  await writeFile(join(folder, 'large.yaml'), 'x'.repeat(1_000_001));
  await writeFile(join(folder, 'policy.yaml'), 'auto_ami_policy:\n  daily_budget: 40.00\n');
  await writeFile(join(folder, 'wrong.yaml'), 'auto_ami_policy:\n  daily_budget: lots\n  moed: act\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('each command asks for one thing', () => {
  const id = '00000000-0000-4000-8000-000000000000';
  test.each([
    [[...AUTO_AMI, 'status'], 'status', {}],
    [[...AUTO_AMI, 'queue', '--limit', '3'], 'queue', { limit: 3 }],
    [[...AUTO_AMI, 'builds', '--template', 'a'], 'builds', { template: 'a' }],
    [[...AUTO_AMI, 'explain', 'b-1'], 'explain', { id: 'b-1' }],
    [[...AUTO_AMI, 'images', '--all'], 'images', { all: true }],
    [[...AUTO_AMI, 'stale-instances', '--template', 'a'], 'staleInstances', { template: 'a' }],
    [['templates', 'list'], 'templates', {}],
    [[...AUTO_AMI, 'security-status', '--evidence'], 'securityStatus', {}],
    [['base-images', 'list'], 'baseImages', {}],
    [['base-images', 'show', 'rocky-9'], 'baseImage', { base: 'rocky-9' }],
    [
      ['base-images', 'compare', 'rocky-9', '9.4.20240523', 'ami-2', '--architecture', 'arm64'],
      'compareBaseImages',
      { base: 'rocky-9', from: '9.4.20240523', to: 'ami-2', architecture: 'arm64' },
    ],
    [['notifications', 'list', '--type', 'ami-updates'], 'notifications', { type: 'ami-updates' }],
    [['scan'], 'scan', {}],
    [[...AUTO_AMI, 'mode', 'act', '--template', 'a'], 'mode', { mode: 'act', template: 'a' }],
    [
      [...AUTO_AMI, 'stop', '--cancel-running', '--reason', 'fire'],
      'mode',
      { mode: 'stopped', cancelRunning: true, reason: 'fire' },
    ],
    [[...AUTO_AMI, 'cancel', 'b-1', '--reason', 'no'], 'cancel', { id: 'b-1', reason: 'no' }],
    [[...AUTO_AMI, 'plan', '--limit', '5'], 'plan', { limit: 5 }],
    [[...AUTO_AMI, 'budget'], 'budget', {}],
    [[...AUTO_AMI, 'approve', 'b-1', '--reason', 'seen'], 'approve', { id: 'b-1', reason: 'seen' }],
    [[...AUTO_AMI, 'prioritize', 'b-1', '--priority', '90'], 'prioritize', { id: 'b-1', priority: 90 }],
    [
      [...AUTO_AMI, 'enable', 'a', '--popularity-threshold', '3'],
      'enableTemplate',
      { slug: 'a', popularityThreshold: 3 },
    ],
    [
      [...AUTO_AMI, 'disable', 'a', '--reason', 'prefer-fresh-builds'],
      'disableTemplate',
      { slug: 'a', reason: 'prefer-fresh-builds' },
    ],
    [
      [...AUTO_AMI, 'promote', 'a', '--region', 'us-east-1', '--reason', 'seen'],
      'promote',
      { slug: 'a', regions: ['us-east-1'], reason: 'seen' },
    ],
    [[...AUTO_AMI, 'rollback', 'a'], 'rollback', { slug: 'a' }],
    [[...AUTO_AMI, 'pause', 'a'], 'pauseTemplate', { slug: 'a' }],
    [[...AUTO_AMI, 'unpause', 'a'], 'unpauseTemplate', { slug: 'a' }],
    [[...AUTO_AMI, 'configure'], 'policy', {}],
    [[...AUTO_AMI, 'preferences'], 'policy', {}],
    [[...AUTO_AMI, 'configure', '--history', '--limit', '5'], 'policyHistory', { limit: 5 }],
    [
      [
        ...AUTO_AMI,
        'configure',
        '--set',
        'daily_budget=40',
        '--set',
        'security_updates.high_window=6 hours',
        '--dry-run',
      ],
      'changePolicy',
      {
        set: [
          { key: 'daily_budget', value: '40' },
          { key: 'security_updates.high_window', value: '6 hours' },
        ],
        reason: 'daily_budget=40, security_updates.high_window=6 hours',
        check: true,
      },
    ],
    [
      [
        ...AUTO_AMI,
        'build',
        'python-ml',
        '--urgent',
        '--region',
        'us-east-1',
        '--region',
        'us-west-2',
        '--force',
        '--reason',
        'CVE',
      ],
      'buildTemplate',
      {
        slug: 'python-ml',
        urgent: true,
        reason: 'CVE',
        regions: ['us-east-1', 'us-west-2'],
        force: true,
        requestId: id,
      },
    ],
  ] as const)('cws %j', async (argv, name, request) => {
    const ran = await runCws(argv);
    expect(ran.calls).toEqual([[name, request]]);
    expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: '' });
    expect(ran.out).not.toBe('');
    const json = await runCws([...argv, '--output', 'json']);
    expect(JSON.parse(json.out)).toEqual(SAMPLES[name]);
  });
});

describe('called wrongly: exit 2, and nothing is asked', () => {
  test.each([
    [['no-such-command']],
    [[...AUTO_AMI]],
    [[...AUTO_AMI, 'statsu']],
    [[...AUTO_AMI, 'status', 'too', 'many']],
    [[...AUTO_AMI, 'build']],
    [[...AUTO_AMI, 'build', '--security-update', '--wait']],
    [[...AUTO_AMI, 'build', '--security-update', '--region', 'us-east-1']],
    [[...AUTO_AMI, 'queue', '--limit', 'all']],
    [[...AUTO_AMI, 'queue', '--limit', '1001']],
    [[...AUTO_AMI, 'mode', 'dream']],
    [[...AUTO_AMI, 'prioritize', 'b-1']],
    [[...AUTO_AMI, 'prioritize', 'b-1', '--priority', '1001']],
    [[...AUTO_AMI, 'enable', 'a', '--popularity-threshold', '0']],
    [[...AUTO_AMI, 'status', '--output', 'xml']],
    [[...AUTO_AMI, 'configure', '--check']],
    [[...AUTO_AMI, 'configure', '--reason', 'why']],
    [[...AUTO_AMI, 'configure', '--set', 'daily_budget']],
    [[...AUTO_AMI, 'configure', '--set', 'a=1', '--file', 'policy.yaml']],
    [[...AUTO_AMI, 'configure', '--set', 'a=1', '--check']],
    [[...AUTO_AMI, 'configure', '--set', 'a=1', '--history']],
    [[...AUTO_AMI, 'configure', '--limit', '3']],
    [['templates', 'apply']],
    [['notifications', 'list', '--type', 'moods']],
  ])('cws %j', async (argv) => {
    const ran = await runCws(argv);
    expect(ran.code).toBe(2);
    expect(ran.calls).toEqual([]);
    expect(ran.out).toBe('');
    expect(ran.err).not.toBe('');
  });

  test('help and version are no mistakes', async () => {
    expect(await runCws(['--help'])).toMatchObject({ code: 0, err: '' });
    expect(await runCws(['--version'])).toMatchObject({ code: 0, out: '0.1.0\n' });
    expect((await runCws([...AUTO_AMI, 'help', 'build'])).out).toContain('--urgent');
  });
});

describe('refused or failed: exit 1 and one clear sentence', () => {
  const refuse = (): never => {
    throw new ClientError('invalid', 'The policy is wrong; nothing was changed.', undefined, [
      { file: 'p.yaml', line: 3, column: 5, path: 'mode', message: 'found "x\u001B[2J"', expected: 'act' },
    ]);
  };

  test('by the API, with every problem below it', async () => {
    const ran = await runCws([...AUTO_AMI, 'status'], { status: refuse });
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toBe(
      'cws: The policy is wrong; nothing was changed.\n  p.yaml:3:5 mode: found "x[2J" (expected act)\n',
    );
  });

  test('as JSON for programs, on standard output', async () => {
    const ran = await runCws([...AUTO_AMI, 'status', '--output=json'], { status: refuse });
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out)).toMatchObject({ error: 'invalid', problems: [{ line: 3 }] });
    expect(ran.err).toContain('nothing was changed');
  });

  test('a fault of our own has its place of origin only when asked for', async () => {
    const fault = (): never => {
      throw new TypeError('x is undefined');
    };
    const ran = await runCws(['scan'], { scan: fault });
    expect(ran).toMatchObject({ code: 1, err: 'cws: x is undefined\n' });
    const debugged = await runCws(['scan'], { scan: fault }, { environment: { CWS_DEBUG: '1' } });
    expect(debugged.err).toContain('run.test.ts');
  });

  test('security updates that are asked for everywhere, and one that is refused somewhere', async () => {
    const argv = [...AUTO_AMI, 'build', '--security-update', '--urgent'];
    const ran = await runCws(argv);
    expect(ran.calls).toEqual([
      ['buildSecurityUpdate', { urgent: true, requestId: '00000000-0000-4000-8000-000000000000' }],
    ]);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('✗ java-dev: java-dev was disabled by ada: old.');
    const { buildSecurityUpdate } = SAMPLES;
    const asked = await runCws(argv, {
      buildSecurityUpdate: () => ({ ...buildSecurityUpdate, refused: [] }),
    });
    expect(asked.code).toBe(0);
    const none = { ...buildSecurityUpdate, builds: [], refused: [] };
    expect(await runCws(argv, { buildSecurityUpdate: () => none })).toMatchObject({
      code: 0,
      out: 'No kept template lacks a security update\n',
    });
  });

  test('a wish refused anywhere, and nothing left to cancel', async () => {
    const [first] = SAMPLES.buildTemplate.regionBuilds;
    const refused = { ...SAMPLES.buildTemplate, regionBuilds: [{ ...first!, outcome: 'refused' as const }] };
    expect((await runCws([...AUTO_AMI, 'build', 'a'], { buildTemplate: () => refused })).code).toBe(1);
    const [, ended] = SAMPLES.cancel.regionBuilds;
    const late = await runCws([...AUTO_AMI, 'cancel', 'a'], { cancel: () => ({ regionBuilds: [ended!] }) });
    expect(late.code).toBe(1);
  });

  test.each([
    ['absent.yaml', 'there is no such file'],
    ['none', 'it is a directory'],
    ['latin1.yaml', 'is not UTF-8 text'],
    ['large.yaml', 'no policy or template is larger'],
  ])('a file that cannot be read: %s', async (name, words) => {
    const ran = await runCws([...AUTO_AMI, 'configure', '--file', join(folder, name)]);
    expect(ran).toMatchObject({ code: 1, calls: [] });
    expect(ran.err).toContain(words);
  });
});

describe('colour', () => {
  const escape = '\u001B[';
  test.each([
    [true, {}, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
    [false, {}, false],
  ])('terminal %s, environment %j: %s', async (terminal, environment, colour) => {
    const ran = await runCws([...AUTO_AMI, 'status'], {}, { terminal, environment, width: 100 });
    expect(ran.out.includes(escape)).toBe(colour);
  });
});

describe('templates apply', () => {
  test('files and directories in one request, in order', async () => {
    const ran = await runCws([
      'templates',
      'apply',
      join(folder, 'templates'),
      join(folder, 'templates', 'b.yml'),
    ]);
    expect(ran.code).toBe(0);
    expect(ran.calls).toEqual([
      [
        'applyTemplates',
        {
          templates: [
            { file: join(folder, 'templates', 'b.yml'), text: 'name: B\n' },
            { file: join(folder, 'templates', 'deeper', 'a.yaml'), text: 'name: A\n' },
          ],
        },
      ],
    ]);
  });

  test('a directory without templates', async () => {
    const ran = await runCws(['templates', 'apply', join(folder, 'none')]);
    expect(ran).toMatchObject({ code: 1, calls: [] });
    expect(ran.err).toContain('There is no .yaml or .yml file');
  });
});

describe('configure --file', () => {
  test('sends the text, with the file as the reason unless one is given', async () => {
    const file = join(folder, 'policy.yaml');
    const text = 'auto_ami_policy:\n  daily_budget: 40.00\n';
    expect((await runCws([...AUTO_AMI, 'configure', '--file', file])).calls).toEqual([
      ['changePolicy', { text, file, reason: `from ${file}`, check: false }],
    ]);
    expect(
      (await runCws([...AUTO_AMI, 'configure', '--file', file, '--dry-run', '--reason', 'x'])).calls,
    ).toEqual([['changePolicy', { text, file, reason: 'x', check: true }]]);
  });

  test('--check says what a file means, and asks nobody', async () => {
    const ran = await runCws([...AUTO_AMI, 'configure', '--file', join(folder, 'policy.yaml'), '--check']);
    expect(ran).toMatchObject({ code: 0, calls: [], err: '' });
    expect(ran.out).toContain('Daily compilation budget: $40.00');
    const json = await runCws([
      ...AUTO_AMI,
      'configure',
      '--file',
      join(folder, 'policy.yaml'),
      '--check',
      '--output',
      'json',
    ]);
    expect(JSON.parse(json.out)).toMatchObject({ valid: true, policy: { budgets: { daily: 40_000_000 } } });
  });

  test('--check says everything that is wrong', async () => {
    const ran = await runCws([...AUTO_AMI, 'configure', '--file', join(folder, 'wrong.yaml'), '--check']);
    expect(ran).toMatchObject({ code: 1, calls: [], out: '' });
    expect(ran.err).toMatch(
      /is not a policy; nothing was changed\.\n.*wrong\.yaml:2:17 .*\n.*wrong\.yaml:3:3 /,
    );
  });
});
