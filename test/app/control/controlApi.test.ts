import { describe, expect, test } from 'vitest';
import { ROUTE_NAMES, ROUTES } from '../../../src/api/routes.ts';
import { baseImageId, REGIONS } from '../world.ts';
import { controlWorld, PYTHON_ML, REQUEST } from './controlWorld.ts';
import { controlApi } from '../../../src/api/handle.ts';
import { httpEvent } from './cwsOf.ts';

async function api() {
  const there = await controlWorld();
  const unexpected: unknown[] = [];
  const handle = controlApi({
    operations: there.operations,
    onUnexpected: (error) => void unexpected.push(error),
  });
  const ask = async (
    method: string,
    path: string,
    { body, query }: { body?: unknown; query?: Record<string, string> } = {},
  ) => {
    const answer = await handle(
      httpEvent(method, path, {
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(query === undefined ? {} : { query }),
      }),
    );
    return { status: answer.statusCode, answer: JSON.parse(answer.body) as unknown };
  };
  return { ...there, ask, unexpected };
}

describe('the control API, from the gateway to the table', () => {
  test('every route answers what its contract promises', async () => {
    const { ask, unexpected } = await api();
    const built = await ask('POST', '/templates/python-ml/build', { body: { requestId: REQUEST } });
    const { build } = ROUTES.buildTemplate.answer.parse(built.answer);
    const requests: Record<string, { path?: string; body?: unknown; query?: Record<string, string> }> = {
      builds: { query: { template: 'python-ml', limit: '5' } },
      explain: { path: `/builds/${build}` },
      baseImage: { path: '/base-images/amazon-linux-2023' },
      compareBaseImages: {
        path: '/base-images/amazon-linux-2023/comparison',
        query: { from: baseImageId('us-east-1', 1), to: baseImageId('us-west-2', 1) },
      },
      changePolicy: { body: { text: 'auto_ami_policy:\n  mode: act\n', reason: 'a test' } },
      applyTemplates: { body: { templates: [{ file: 'p.yaml', text: PYTHON_ML }] } },
      buildTemplate: { path: '/templates/python-ml/build', body: { requestId: REQUEST } },
      buildSecurityUpdate: { body: { requestId: REQUEST } },
      cancel: { path: `/builds/${build}/cancel`, body: {} },
      mode: { body: { mode: 'observe' } },
      approve: { path: `/builds/${build}/approve`, body: {} },
      prioritize: { path: `/builds/${build}/priority`, body: { priority: 90 } },
      promote: { path: '/templates/python-ml/promote', body: {} },
      rollback: { path: '/templates/python-ml/rollback', body: {} },
      enableTemplate: { path: '/templates/python-ml/enable', body: { popularityThreshold: 3 } },
      disableTemplate: { path: '/templates/python-ml/disable', body: { reason: 'a test' } },
      pauseTemplate: { path: '/templates/python-ml/pause', body: {} },
      unpauseTemplate: { path: '/templates/python-ml/unpause', body: {} },
    };
    for (const name of ROUTE_NAMES) {
      const { method, path } = ROUTES[name];
      const request = requests[name] ?? {};
      const { status, answer } = await ask(method, request.path ?? path, request);
      expect({ name, status }).toEqual({ name, status: 200 });
      expect({ name, ...ROUTES[name].answer.strict().safeParse(answer) }).toMatchObject({ success: true });
    }
    expect(unexpected).toEqual([]);
  });

  test.each([
    ['GET', '/builds/nothing', undefined, 404, 'not-found'],
    ['POST', '/templates/nothing/build', { requestId: REQUEST }, 404, 'not-found'],
    ['POST', '/templates/python-ml/build', { requestId: REQUEST, regions: ['mars'] }, 422, 'invalid'],
    ['POST', '/templates/python-ml/build', {}, 400, 'bad-request'],
    ['PUT', '/policy', { text: 'nothing', reason: 'a test' }, 422, 'invalid'],
    ['PUT', '/policy', { reason: 'neither text nor set' }, 400, 'bad-request'],
    ['PUT', '/policy', { text: 'a', set: [{ key: 'a', value: 'b' }], reason: 'both' }, 400, 'bad-request'],
    ['PUT', '/policy', { set: [{ key: 'mode', value: 'act\n  x: 1' }], reason: 'lines' }, 400, 'bad-request'],
    ['POST', '/templates', { templates: [{ file: 'p.yaml', text: '' }] }, 422, 'invalid'],
    ['POST', '/mode', { mode: 'act', cancelRunning: true }, 400, 'bad-request'],
    ['GET', '/base-images/nothing', undefined, 404, 'not-found'],
  ])('%s %s %j is answered %i', async (method, path, body, status, error) => {
    const { ask, unexpected } = await api();
    const refused = await ask(method, path, body === undefined ? {} : { body });
    expect(refused).toMatchObject({ status, answer: { error, message: expect.any(String) } });
    expect(unexpected).toEqual([]);
  });

  test('the actor is the authenticated caller', async () => {
    const { ask, services } = await api();
    await ask('POST', '/templates/python-ml/build', { body: { requestId: REQUEST } });
    const { builds } = await services.regionBuilds.open();
    expect(builds.map(({ reasons }) => reasons[0]?.actor)).toEqual(
      REGIONS.map(() => 'arn:aws:sts::111122223333:assumed-role/operators/ada'),
    );
  });
});
