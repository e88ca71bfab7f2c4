import { afterEach, describe, expect, test } from 'vitest';
import { apiClient, ClientError, type ClientOptions } from '../../src/api/client.ts';
import { signatures, startServer, type Received, type Reply } from './client/verifyingServer.ts';
import { SAMPLES } from './sampleAnswers.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: SECRET, AWS_REGION: 'eu-west-1' };

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function serving(
  reply: (request: Received, count: number) => Reply,
  options: Partial<ClientOptions> = {},
) {
  const server = await startServer(reply);
  stops.push(server.stop);
  const environment = { ...KEYS, AUTO_AMI_API_URL: `${server.url}/_aws/execute-api/abc/v1/` };
  return { server, client: apiClient({ environment, retryAfter: [1, 1], ...options }) };
}

const sample = (name: keyof typeof SAMPLES): Reply => ({ body: JSON.stringify(SAMPLES[name]) });

async function failure(promise: Promise<unknown>): Promise<ClientError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ClientError) return error;
  throw new Error(`expected a ClientError, got ${String(error)}`);
}

describe('a call', () => {
  test('is signed for API Gateway: path, query, body and session', async () => {
    const session = { ...KEYS, AWS_SESSION_TOKEN: 'session-token' };
    const replies = [sample('status'), sample('builds'), sample('applyTemplates'), sample('explain')];
    const { server } = await serving((_, count) => replies[count - 1]!);
    const client = apiClient({
      environment: { ...session, AUTO_AMI_API_URL: `${server.url}/_aws/execute-api/abc/v1` },
    });
    await client.call('status', {});
    await client.call('builds', { template: 'a b&c=d/é', limit: 5 });
    await client.call('applyTemplates', { templates: [{ file: 'é.yaml', text: 'name: Zoë\n' }] });
    await client.call('explain', { id: 'a b/ü' });
    for (const request of server.received) {
      const { expected, actual } = signatures(request, SECRET);
      expect(actual).toBe(expected);
      expect(request.headers['authorization']).toContain('/eu-west-1/execute-api/aws4_request');
      expect(request.headers['authorization']).toContain('x-amz-security-token');
      expect(request.headers['x-amz-security-token']).toBe('session-token');
    }
    expect(server.received.map(({ method, path, query }) => `${method} ${path} ${query}`)).toEqual([
      'GET /_aws/execute-api/abc/v1/status ',
      'GET /_aws/execute-api/abc/v1/builds template=a%20b%26c%3Dd%2F%C3%A9&limit=5',
      'POST /_aws/execute-api/abc/v1/templates ',
      'GET /_aws/execute-api/abc/v1/builds/a%20b%2F%C3%BC ',
    ]);
  });

  test('puts parts of the path into it and the rest into the body', async () => {
    const { server, client } = await serving(() => sample('buildTemplate'));
    const answer = await client.call('buildTemplate', {
      slug: 'python-ml',
      urgent: true,
      requestId: '12345678',
    });
    expect(answer).toEqual(SAMPLES.buildTemplate);
    expect(server.received[0]).toMatchObject({
      path: '/_aws/execute-api/abc/v1/templates/python-ml/build',
      body: '{"urgent":true,"requestId":"12345678"}',
    });
  });

  test('gives the answer with what a newer server adds', async () => {
    const { client } = await serving(() => ({ body: JSON.stringify({ ...SAMPLES.status, moon: 'full' }) }));
    expect(await client.call('status', {})).toMatchObject({ moon: 'full', mode: 'act' });
  });

  test.each([502, 503, 504, 429])('is tried again after %i', async (status) => {
    const { server, client } = await serving((_, count) =>
      count < 3 ? { status, body: '{}' } : sample('status'),
    );
    await client.call('status', {});
    expect(server.received).toHaveLength(3);
  });

  test('is tried again when the connection breaks', async () => {
    const { server, client } = await serving((_, count) =>
      count === 1 ? { body: '', hangUp: true } : sample('status'),
    );
    await client.call('status', {});
    expect(server.received).toHaveLength(2);
  });
});

describe('a call that fails', () => {
  const json = (value: unknown): string => JSON.stringify(value);

  test.each([
    [
      'an error of the contract',
      409,
      json({ error: 'refused', message: 'The mode is stopped.' }),
      'refused',
      'The mode is stopped.',
    ],
    ['not allowed', 403, json({ message: 'Forbidden' }), 'access-denied', '`viewer`'],
    [
      'an expired session',
      403,
      json({ message: 'The security token included in the request is expired' }),
      'bad-credentials',
      'sign in again',
    ],
    [
      'a wrong signature',
      403,
      json({ Message: 'Signature expired: 20261124T000000Z' }),
      'bad-credentials',
      'clock',
    ],
    ['no such API', 404, json({ message: 'Not Found' }), 'not-the-api', 'source .local/aws.env'],
    ['too much at once', 413, json({ message: 'Request Entity Too Large' }), 'server-error', 'too large'],
    ['throttled', 429, json({ message: 'Too Many Requests' }), 'server-error', 'too often'],
    [
      'a broken function',
      500,
      json({ message: 'Internal Server Error' }),
      'server-error',
      'Internal Server Error',
    ],
    ['another server', 302, '<html>', 'not-the-api', 'not the control API'],
    [
      'an answer of another form',
      200,
      json({ hello: 'world' }),
      'other-version',
      'update whichever is older',
    ],
    ['no JSON', 200, '<html>', 'other-version', 'update whichever is older'],
  ])('%s', async (_, status, body, code, words) => {
    const { client } = await serving(() => ({ status, body }));
    const error = await failure(client.call('status', {}));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });

  test('carries every problem of what was sent', async () => {
    const problems = [{ line: 3, message: 'found "lots"' }];
    const { client } = await serving(() => ({
      status: 422,
      body: json({ error: 'invalid', message: 'Wrong.', problems }),
    }));
    expect((await failure(client.call('changePolicy', { text: '', reason: 'x' }))).problems).toEqual(
      problems,
    );
  });

  test('names the policy that an operation needs', async () => {
    const { client } = await serving(() => ({ status: 403, body: json({ message: 'Forbidden' }) }));
    expect((await failure(client.call('scan', {}))).message).toContain('`operator`');
  });

  test('a stopped local AWS', async () => {
    const { server, client } = await serving(() => sample('status'));
    await server.stop();
    stops.splice(0);
    const error = await failure(client.call('status', {}));
    expect(error.code).toBe('not-reachable');
    expect(error.message).toContain('npm start');
  });

  test('an address that does not exist', async () => {
    const environment = { ...KEYS, AUTO_AMI_API_URL: 'https://api.invalid/' };
    const error = await failure(apiClient({ environment }).call('status', {}));
    expect(error.code).toBe('not-reachable');
    expect(error.message).toContain('api.invalid');
    expect(error.message).not.toContain('npm start');
  });

  test('no answer in time', async () => {
    const { client } = await serving(() => ({ ...sample('status'), after: 2_000 }), { timeout: 50 });
    const error = await failure(client.call('status', {}));
    expect(error.code).toBe('timeout');
    expect(error.message).toContain('50 ms');
  });

  test.each([
    ['no web address', { ...KEYS, AUTO_AMI_API_URL: 'ftp://x' }, 'bad-address'],
    ['no region', { ...KEYS, AWS_REGION: '', AUTO_AMI_API_URL: 'http://127.0.0.1:1' }, 'no-region'],
  ])('%s', async (_, environment, code) => {
    expect((await failure(apiClient({ environment }).call('status', {}))).code).toBe(code);
  });

  test('the region is read from an address of AWS', async () => {
    const environment = {
      ...KEYS,
      AWS_REGION: '',
      AUTO_AMI_API_URL: 'https://abc.execute-api.eu-central-1.amazonaws.com',
    };
    const { findApi } = await import('../../src/api/client/findApi.ts');
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    expect(await findApi(environment, {}, { credentials, stackName: undefined })).toMatchObject({
      region: 'eu-central-1',
    });
  });
});
