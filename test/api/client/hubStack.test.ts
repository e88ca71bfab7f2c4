import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { apiClient, ClientError } from '../../../src/api/client.ts';
import { SAMPLES } from '../sampleAnswers.ts';
import { startServer, type Reply } from './verifyingServer.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

let server: Awaited<ReturnType<typeof startServer>>;
let reply: Reply;

beforeEach(async () => {
  server = await startServer(({ path }) =>
    path === '/status' ? { body: JSON.stringify(SAMPLES.status) } : reply,
  );
  for (const name of [
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
    'AWS_ENDPOINT_URL',
    'AUTO_AMI_API_URL',
  ])
    vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ENDPOINT_URL', server.url);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});

const described = (
  status: string,
  outputs = `<member><OutputKey>ControlApiUrl</OutputKey><OutputValue>${server.url}</OutputValue></member>`,
): Reply => ({
  body: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>AutoAmiHub</StackName><StackStatus>${status}</StackStatus><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
});

const refused = (status: number, code: string, message: string): Reply => ({
  status,
  body: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

const call = (environment: Record<string, string> = KEYS) =>
  apiClient({ environment, retryAfter: [] }).call('status', {});

describe('without AUTO_AMI_API_URL the API is found by the outputs of the hub stack', () => {
  test.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'])(
    '%s',
    async (status) => {
      reply = described(status);
      expect(await call()).toEqual(SAMPLES.status);
      expect(server.received[0]?.body).toContain('StackName=AutoAmiHub');
    },
  );

  test('a stack named by the caller is asked, whatever the environment says', async () => {
    reply = described('CREATE_COMPLETE');
    const environment = { ...KEYS, AUTO_AMI_API_URL: 'http://127.0.0.1:1' };
    await apiClient({ environment, stackName: 'Mine' }).call('status', {});
    expect(server.received[0]?.body).toContain('StackName=Mine');
  });
});

describe('what can be wrong with it', () => {
  test.each([
    ['half created', () => described('CREATE_IN_PROGRESS'), 'stack-unfinished', 'CREATE_IN_PROGRESS'],
    [
      'rolled back at its creation',
      () => described('ROLLBACK_COMPLETE'),
      'stack-unfinished',
      'ROLLBACK_COMPLETE',
    ],
    ['stuck', () => described('UPDATE_ROLLBACK_FAILED'), 'stack-unfinished', 'npx cdk deploy --all'],
    ['another stack', () => described('CREATE_COMPLETE', ''), 'stack-unfinished', 'no output ControlApiUrl'],
    [
      'no such stack',
      () => refused(400, 'ValidationError', 'Stack with id AutoAmiHub does not exist'),
      'no-such-stack',
      'There is no stack AutoAmiHub in us-east-1',
    ],
    [
      'not allowed',
      () => refused(403, 'AccessDenied', 'User: x is not authorized'),
      'access-denied',
      'cloudformation:DescribeStacks',
    ],
    [
      'expired',
      () => refused(403, 'ExpiredToken', 'The security token included in the request is expired'),
      'bad-credentials',
      'expired',
    ],
    [
      'unknown keys',
      () => refused(403, 'InvalidClientTokenId', 'The security token is invalid'),
      'bad-credentials',
      'invalid',
    ],
  ] as const)('%s', async (_, answer, code, words) => {
    reply = answer();
    const error: unknown = await call().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ClientError);
    expect(error).toMatchObject({ code });
    expect(String(error)).toContain(words);
  });

  test('no region', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    await expect(call()).rejects.toMatchObject({ code: 'no-region' });
  });

  test('the local AWS is stopped', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    await expect(call()).rejects.toMatchObject({
      code: 'not-reachable',
      message: expect.stringContaining('npm start'),
    });
  });

  test('no credentials', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    await expect(call({})).rejects.toMatchObject({
      code: 'no-credentials',
      message: expect.stringContaining('aws sso login'),
    });
  });

  test('a profile that does not exist', async () => {
    const named = apiClient({ environment: KEYS, profile: 'nobody' }).call('status', {});
    await expect(named).rejects.toMatchObject({ code: 'no-credentials' });
  });
});
