import {
  CreateImageCommand,
  ListImageBuildVersionsCommand,
  ListImagesCommand,
} from '@aws-sdk/client-imagebuilder';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { FaultRequest } from '../../../local/image-builder/faults.ts';
import {
  aBuildRequest,
  controlAnswer,
  aRecipe,
  aStandIn,
  eventually,
  startBuild,
  watchBuild,
} from './standIn.ts';

describe('a build can be made to fail', () => {
  test.each([
    ['BUILDING', 'BUILDING', 'build', 'InstallPackages'],
    ['TESTING', 'TESTING', 'test', 'Boot'],
  ] as const)('while %s', async (failAt, imageStatus, phaseName, stepName) => {
    const { client, server, aws } = await aStandIn();
    const imageBuilder = client();
    server.faults.add({
      match: { recipeName: 'Python ML' },
      fault: { failAt, reason: 'No space left on device' },
    });
    const { image, seen } = await watchBuild(
      imageBuilder,
      await startBuild(imageBuilder, await aBuildRequest(imageBuilder)),
    );
    expect(seen.at(-1)).toBe('FAILED');
    expect(image.state?.reason).toMatch(
      /^Workflow Execution ID: 'wf-[0-9a-f-]+' failed with reason: No space left on device$/,
    );
    const context = (image.state as { failureContext?: object }).failureContext;
    // The pinned SDK does not know the member yet: what it does not know it leaves out.
    expect(context).toBeUndefined();
    const state = JSON.parse(await controlAnswer(server, 'state'));
    expect(state.places[0].images[0].failureContext).toMatchObject({
      imageStatus,
      componentFailure: {
        phaseName,
        stepName,
        action: 'ExecuteBash',
        errorMessage: 'No space left on device',
      },
    });
    await eventually(() => aws.events.some(({ event }) => JSON.stringify(event.detail).includes('FAILED')));
    expect(aws.events.at(-1)?.event.detail).toEqual({
      'previous-state': { status: failAt },
      state: { status: 'FAILED' },
    });
    expect(aws.amis).toEqual([]);
  });

  test('while DISTRIBUTING, without a reason of its own', async () => {
    const { client, server } = await aStandIn();
    const imageBuilder = client();
    server.faults.add({ fault: { failAt: 'DISTRIBUTING' } });
    const { image } = await watchBuild(
      imageBuilder,
      await startBuild(imageBuilder, await aBuildRequest(imageBuilder)),
    );
    expect(image.state?.reason).toContain('Distribution failed');
  });

  test('only where it was asked for, and only as often', async () => {
    const { client, server } = await aStandIn();
    const imageBuilder = client();
    const request = await aBuildRequest(imageBuilder);
    const fault = { failAt: 'BUILDING' } as const;
    server.faults.add({ match: { recipeName: 'other' }, fault });
    server.faults.add({ match: { region: 'eu-west-1' }, fault });
    server.faults.add({ match: { tags: { template: 'python-ml' }, count: 1 }, fault });
    const run = async (template: string) =>
      (await watchBuild(imageBuilder, await startBuild(imageBuilder, { ...request, tags: { template } })))
        .image.state?.status;
    expect([await run('r-stats'), await run('python-ml'), await run('python-ml')]).toEqual([
      'AVAILABLE',
      'FAILED',
      'AVAILABLE',
    ]);
    expect(server.faults.list()).toHaveLength(2);
  });
});

test('a build can be made slow', async () => {
  const { client, server } = await aStandIn();
  const imageBuilder = client();
  const request = await aBuildRequest(imageBuilder);
  server.faults.add({ match: { count: 1 }, fault: { slowFactor: 20 } });
  const [slow, quick] = [await startBuild(imageBuilder, request), await startBuild(imageBuilder, request)];
  await watchBuild(imageBuilder, quick);
  const { imageSummaryList = [] } = await imageBuilder.send(new ListImageBuildVersionsCommand({}));
  expect(imageSummaryList.find(({ arn }) => arn === slow)?.state?.status).not.toBe('AVAILABLE');
});

describe('events', () => {
  const statuses = async (fault: FaultRequest['fault'], wait = 0): Promise<string[]> => {
    const { client, server, aws } = await aStandIn();
    const imageBuilder = client();
    server.faults.add({ fault });
    await watchBuild(imageBuilder, await startBuild(imageBuilder, await aBuildRequest(imageBuilder)));
    await sleep(20 + wait);
    return aws.events
      .filter(({ event }) => event.source === 'aws.imagebuilder')
      .map(({ event }) => (event.detail as { state: { status: string } }).state.status);
  };

  test('can be lost', async () => {
    expect(await statuses({ dropEvent: ['AVAILABLE', 'TESTING'] })).toEqual(['BUILDING', 'DISTRIBUTING']);
  });

  test('can come twice', async () => {
    expect(await statuses({ duplicateEvent: true })).toEqual(
      ['BUILDING', 'TESTING', 'DISTRIBUTING', 'AVAILABLE'].flatMap((each) => [each, each]),
    );
  });

  test('can be late', async () => {
    expect(await statuses({ delayEvent: 400 })).not.toContain('AVAILABLE');
    expect(await statuses({ delayEvent: 20 }, 300)).toContain('AVAILABLE');
  });
});

describe('requests', () => {
  test('can be throttled for a while; the SDK gets through by itself', async () => {
    const { client, server } = await aStandIn();
    server.faults.add({ fault: { throttle: 2 } });
    await expect(client().send(new ListImagesCommand({}))).rejects.toMatchObject({
      name: 'CallRateLimitExceededException',
      $metadata: { httpStatusCode: 429 },
    });
    await client({ attempts: 3 }).send(new ListImagesCommand({}));
    expect(server.requests.ListImages).toBe(3);
  });

  test.each([
    ['ServiceUnavailableException', 503],
    ['ServiceException', 500],
    ['ServiceQuotaExceededException', 402],
    ['ForbiddenException', 403],
    ['ResourceInUseException', 400],
    ['ClientException', 400],
  ])('can be answered with %s', async (answerWith, httpStatusCode) => {
    const { client, server } = await aStandIn();
    const imageBuilder = client();
    server.faults.add({ match: { operation: 'CreateImage' }, fault: { answerWith, message: 'on demand' } });
    const request = await aBuildRequest(imageBuilder);
    await expect(startBuild(imageBuilder, request)).rejects.toMatchObject({
      name: answerWith,
      message: 'on demand',
      $metadata: { httpStatusCode },
    });
    await startBuild(imageBuilder, request);
  });

  test('can lose their answer: the work is done, and the token finds it again', async () => {
    const { client, server } = await aStandIn();
    const imageBuilder = client();
    const request = { ...(await aBuildRequest(imageBuilder)), clientToken: 'attempt-1' };
    server.faults.add({ match: { recipeName: 'python-ml' }, fault: { loseAnswer: true } });
    await expect(imageBuilder.send(new CreateImageCommand(request))).rejects.toThrow();
    await sleep(20);
    const { imageSummaryList = [] } = await imageBuilder.send(new ListImageBuildVersionsCommand({}));
    expect(imageSummaryList).toHaveLength(1);
    expect(await startBuild(imageBuilder, request)).toBe(imageSummaryList[0]?.arn);
  });
});

describe('the control path', () => {
  const post = (url: string, body: unknown): Promise<Response> =>
    fetch(`${url}/_control/faults`, { method: 'POST', body: JSON.stringify(body) });

  test('adds, lists and removes faults', async () => {
    const { server } = await aStandIn();
    const added = await post(server.url, {
      match: { recipeName: 'x', count: 2 },
      fault: { failAt: 'TESTING', reason: 'no' },
    });
    expect(added.status).toBe(201);
    const { id } = JSON.parse(await added.text());
    expect(JSON.parse(await controlAnswer(server, 'faults')).faults).toEqual([
      {
        id,
        remaining: 2,
        match: { recipeName: 'x', count: 2 },
        fault: { failAt: 'TESTING', reason: 'no' },
      },
    ]);
    await post(server.url, { fault: { throttle: 1 } });
    await controlAnswer(server, `faults/${String(id)}`, { method: 'DELETE' });
    expect(server.faults.list().map(({ fault }) => fault)).toEqual([{ throttle: 1 }]);
    await controlAnswer(server, 'faults', { method: 'DELETE' });
    expect(server.faults.list()).toEqual([]);
  });

  test.each([
    ['an unknown fault', { fault: { explode: true } }],
    ['an unknown match', { match: { colour: 'red' }, fault: { throttle: 1 } }],
    ['an unknown status', { fault: { failAt: 'PENDING' } }],
    ['an unknown error', { fault: { answerWith: 'Nope' } }],
  ])('refuses %s, saying what is wrong', async (_what, body) => {
    const { server } = await aStandIn();
    const answer = await post(server.url, body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(await answer.text()).message).toMatch(/^This is not a fault/);
  });

  test('shows what is there, and what was asked', async () => {
    const { client, server } = await aStandIn();
    const imageBuilder = client();
    await aBuildRequest(imageBuilder);
    await expect(aRecipe(imageBuilder)).rejects.toThrow();
    const state = JSON.parse(await controlAnswer(server, 'state'));
    expect(state).toMatchObject({
      requests: { CreateComponent: 1, CreateImageRecipe: 2, CreateInfrastructureConfiguration: 1 },
      errors: { ResourceAlreadyExistsException: 1 },
      problems: [],
      places: [
        { region: 'us-east-1', components: 1, imageRecipes: 1, infrastructureConfigurations: 1, images: [] },
      ],
    });
    expect((await fetch(`${server.url}/_control/nothing`)).status).toBe(404);
  });
});
