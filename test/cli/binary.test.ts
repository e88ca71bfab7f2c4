import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCws } from '../../build.ts';
import { startServer } from '../api/client/verifyingServer.ts';
import { SAMPLES } from '../api/sampleAnswers.ts';

const run = promisify(execFile);
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' };

/** Nothing of the account that the tests are run with. */
const NO_AWS = {
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};

const describedStack = (apiUrl: string): string =>
  `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>AutoAmiHub</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs><member><OutputKey>ControlApiUrl</OutputKey><OutputValue>${apiUrl}</OutputValue></member></Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;

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

  test('with a profile alone, finds the API by the outputs of the hub stack', async () => {
    const credentials = join(folder, 'credentials');
    await writeFile(credentials, '[lab]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n');
    const server = await startServer(({ path }) => ({
      body: path === '/status' ? JSON.stringify(SAMPLES.status) : describedStack(server.url),
    }));
    try {
      const env = environment({
        ...NO_AWS,
        AWS_SHARED_CREDENTIALS_FILE: credentials,
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL: server.url,
      });
      const argv = ['templates', 'auto-ami', 'status', '--profile', 'lab'];
      const { stdout, stderr } = await run(cws, argv, { env });
      expect(stdout).toMatch(/^AUTO-AMI STATUS/);
      expect(stderr).toBe('');
    } finally {
      await server.stop();
    }
  });

  test('loads the SDK only to find the stack, and says in a sentence that there are no credentials', async () => {
    const failed: unknown = await run(cws, ['scan'], { env: environment(NO_AWS) }).catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({
      code: 1,
      stdout: '',
      // The SDK's own words: what was bundled is the SDK, and it runs.
      stderr: expect.stringMatching(
        /^cws: There are no AWS credentials.*AWS SDK: Could not load credentials from any providers\)\n$/,
      ),
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
