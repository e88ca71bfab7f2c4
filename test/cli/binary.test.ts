import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCws } from '../../build.ts';
import { startServer } from '../api/client/verifyingServer.ts';
import { SAMPLES } from '../api/sampleAnswers.ts';

const run = promisify(execFile);
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' };

let folder: string;
let cws: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cws-'));
  cws = await buildCws(folder);
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

const environment = (changes: Record<string, string>): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  ...changes,
});

describe('the bundled cws', () => {
  test('is a program of its own that needs nothing beside it', async () => {
    const { stdout } = await run(cws, ['--version'], { env: environment({}), cwd: folder });
    expect(stdout).toBe('0.1.0\n');
  });

  test('asks the API in the ordinary AWS environment', async () => {
    const server = await startServer(() => ({ body: JSON.stringify(SAMPLES.status) }));
    try {
      const env = environment({ ...KEYS, AUTO_AMI_API_URL: `${server.url}/v1` });
      const { stdout, stderr } = await run(cws, ['templates', 'auto-ami', 'status'], { env });
      expect(stdout).toMatch(/^AUTO-AMI STATUS/);
      expect(stderr).toBe('');
    } finally {
      await server.stop();
    }
  });

  test('checks a policy without AWS', async () => {
    const argv = ['templates', 'auto-ami', 'configure', '--check', '--file', 'test/fixtures/none.yaml'];
    const failed: unknown = await run(cws, argv, { env: environment({}) }).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('there is no such file'),
    });
  });

  test('loads the SDK only to find the stack, and says in a sentence that there are no credentials', async () => {
    const env = environment({
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    const failed: unknown = await run(cws, ['scan'], { env }).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^cws: There are no AWS credentials.*\n$/),
    });
  });

  test('does not mind a reader that has seen enough', async () => {
    const child = spawn(cws, ['--help'], { env: environment({}), stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
