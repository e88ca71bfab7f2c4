import { describe, expect, test } from 'vitest';
import { ApiError } from '../../src/api/errors.ts';
import { controlApi } from '../../src/api/handle.ts';
import type { HttpEvent } from '../../src/api/httpEvent.ts';
import { ROUTE_NAMES, type Caller, type Operations, type RouteName } from '../../src/api/routes.ts';
import { SAMPLES } from './sampleAnswers.ts';

const ADA = 'arn:aws:sts::111122223333:assumed-role/operators/ada';

interface Call {
  readonly name: RouteName;
  readonly request: unknown;
  readonly caller: Caller;
}

/** Operations that answer with the samples and remember what they were asked. */
function recording(changes: Partial<Operations> = {}) {
  const calls: Call[] = [];
  const unexpected: unknown[] = [];
  const operations: Operations = {
    ...(Object.fromEntries(
      ROUTE_NAMES.map((name) => [
        name,
        async (request: unknown, caller: Caller) => {
          calls.push({ name, request, caller });
          return SAMPLES[name];
        },
      ]),
    ) as Operations),
    ...changes,
  };
  const handle = controlApi({ operations, onUnexpected: (error) => void unexpected.push(error) });
  return { handle, calls, unexpected };
}

const event = (method: string, rawPath: string, changes: Partial<HttpEvent> = {}): HttpEvent => ({
  rawPath,
  requestContext: {
    requestId: 'request-1',
    stage: '$default',
    http: { method },
    authorizer: { iam: { userArn: ADA } },
  },
  ...changes,
});

const bodyOf = (answer: { body: string }): unknown => JSON.parse(answer.body);

describe('a request', () => {
  test('reaches its operation with defaults filled in, in the name of the authenticated caller', async () => {
    const { handle, calls } = recording();
    const answer = await handle(event('GET', '/queue'));
    expect(answer.statusCode).toBe(200);
    expect(bodyOf(answer)).toEqual(SAMPLES.queue);
    expect(calls).toEqual([
      { name: 'queue', request: { limit: 200 }, caller: { actor: ADA, requestId: 'request-1' } },
    ]);
  });

  test('is made of path, query and body', async () => {
    const { handle, calls } = recording();
    await handle(event('GET', '/builds', { queryStringParameters: { template: 'python-ml', limit: '5' } }));
    await handle(
      event('POST', '/templates/python-ml/build', {
        body: JSON.stringify({ urgent: true, requestId: '12345678', slug: 'another' }),
      }),
    );
    expect(calls.map(({ request }) => request)).toEqual([
      { template: 'python-ml', limit: 5 },
      { slug: 'python-ml', urgent: true, force: false, requestId: '12345678' },
    ]);
  });

  test('may come below a stage, with a slash at the end, encoded, or with its body in base64', async () => {
    const { handle, calls } = recording();
    const staged = { ...event('GET', '/').requestContext, stage: 'v1' };
    await handle(event('GET', '/v1/status/', { requestContext: staged }));
    await handle(event('GET', '/base-images/ubuntu%2D22.04'));
    await handle(
      event('POST', '/mode', {
        body: Buffer.from('{"mode":"observe"}').toString('base64'),
        isBase64Encoded: true,
      }),
    );
    expect(calls.map(({ name, request }) => [name, request])).toEqual([
      ['status', {}],
      ['baseImage', { base: 'ubuntu-22.04' }],
      ['mode', { mode: 'observe', cancelRunning: false }],
    ]);
  });
});

describe('a request that cannot be served', () => {
  test.each([
    ['an unknown path', event('GET', '/nothing'), 404, 'no-such-route'],
    ['an unknown path below a known one', event('GET', '/builds/a/b/c'), 404, 'no-such-route'],
    ['a wrong method', event('DELETE', '/policy'), 405, 'wrong-method'],
    ['a broken escape', event('GET', '/builds/%E0%A4%A'), 404, 'no-such-route'],
    ['a body that is no JSON', event('POST', '/mode', { body: 'mode=act' }), 400, 'bad-request'],
    ['a body that is a list', event('POST', '/mode', { body: '[]' }), 400, 'bad-request'],
    [
      'an unsigned request',
      { ...event('GET', '/status'), requestContext: unsigned() },
      403,
      'unknown-caller',
    ],
  ])('%s', async (_, request, status, error) => {
    const { handle, calls } = recording();
    const answer = await handle(request);
    expect(answer.statusCode).toBe(status);
    expect(bodyOf(answer)).toMatchObject({ error });
    expect(calls).toEqual([]);
  });

  test('everything wrong is said at once', async () => {
    const { handle } = recording();
    const body = JSON.stringify({
      urgent: 'yes',
      regions: [],
      force: false,
      requestId: '!',
      actor: 'root',
      reason: ' ',
    });
    const answer = await handle(event('POST', '/templates/python-ml/build', { body }));
    expect(answer.statusCode).toBe(400);
    expect(bodyOf(answer)).toMatchInlineSnapshot(`
      {
        "error": "bad-request",
        "message": "The request is not as this route takes it.",
        "problems": [
          {
            "expected": "true or false",
            "message": "of the wrong type",
            "path": "urgent",
          },
          {
            "expected": "at least 1",
            "message": "too small or too short",
            "path": "reason",
          },
          {
            "expected": "at least 1",
            "message": "too small or too short",
            "path": "regions",
          },
          {
            "message": "expected 8 to 64 letters, digits and dashes, such as a UUID",
            "path": "requestId",
          },
          {
            "message": "actor: not known here",
            "path": "",
          },
        ],
      }
    `);
  });

  test('an error of the contract is answered with its status, message and problems', async () => {
    const refuse = async (): Promise<never> => {
      throw new ApiError('invalid', 'The policy is wrong; nothing was changed.', [
        { line: 3, message: 'found "lots"' },
      ]);
    };
    const { handle, unexpected } = recording({ changePolicy: refuse });
    const answer = await handle(event('PUT', '/policy', { body: '{"text":"x","reason":"y"}' }));
    expect(answer.statusCode).toBe(422);
    expect(bodyOf(answer)).toEqual({
      error: 'invalid',
      message: 'The policy is wrong; nothing was changed.',
      problems: [{ line: 3, message: 'found "lots"' }],
    });
    expect(unexpected).toEqual([]);
  });

  test('any other error is reported and answered without its words', async () => {
    const fail = async (): Promise<never> => {
      throw new Error('secret of the table');
    };
    const { handle, unexpected } = recording({ status: fail });
    const answer = await handle(event('GET', '/status'));
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
    expect(answer.body).toContain('request-1');
    expect(unexpected).toEqual([new Error('secret of the table')]);
  });

  test('an answer that Lambda could not carry says so', async () => {
    const story = { at: '2026-11-24T20:00:00.000Z', rule: 'x', because: 'y'.repeat(6_000_000) };
    const [first] = SAMPLES.explain.regionBuilds;
    const large = async () => ({ ...SAMPLES.explain, regionBuilds: [{ ...first!, story: [story] }] });
    const { handle } = recording({ explain: large });
    expect((await handle(event('GET', '/builds/a'))).statusCode).toBe(413);
  });
});

function unsigned(): HttpEvent['requestContext'] {
  return { requestId: 'request-1', stage: '$default', http: { method: 'GET' } };
}
