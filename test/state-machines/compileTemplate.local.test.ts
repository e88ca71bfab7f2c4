import validateDefinition from 'asl-validator';
import { beforeAll, describe, expect, test } from 'vitest';
import { fails, inTurn } from './actors.ts';
import { DEFINITION, deployedIn } from './definition.ts';
import { aStage, imageOf, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await aStage();
  return () => stage.close();
});

const STRAIGHT = ['AwaitTurn', 'CheckBudget', 'StartImage', 'AwaitImage', 'RecordImage', 'Publish'];
const STALE = { name: 'TaskTimedOut' };

describe('the definition', () => {
  test('is valid', () => {
    const { isValid, errorsText } = validateDefinition(deployedIn('aws'));
    expect(errorsText()).toBe('');
    expect(isValid).toBe(true);
  });

  test.each([
    ['AwaitTurn', 61],
    ['CheckBudget', 61],
    ['StartImage', 61],
    ['AwaitImage', 61],
    ['RecordImage', 974],
    ['Publish', 974],
    ['RecordFailure', 974],
  ])('%s repeats its call for at most %i seconds in all', (name, seconds) => {
    const waits = (DEFINITION.States[name]?.Retry ?? []).flatMap((retry) =>
      Array.from({ length: retry.MaxAttempts }, (_, repetition) =>
        Math.min(retry.IntervalSeconds * retry.BackoffRate ** repetition, retry.MaxDelaySeconds),
      ),
    );
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(seconds);
  });
});

describe.concurrent('an execution', () => {
  test('goes straight through: its turn, its image, recorded and published, in at most eight transitions', async () => {
    const { id } = await stage.build();
    const execution = await stage.start(id);
    await execution.grant();
    await execution.succeed(await execution.image());
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await execution.states()).toEqual(STRAIGHT);
    expect(await execution.transitions()).toBeLessThanOrEqual(8);
    expect(stage.called(id)).toEqual(['check-budget', 'start-image', 'record-image', 'publish-image']);
  });

  test('stores its tokens as the region build knows them, and raises its revision each time', async () => {
    const build = await stage.build();
    const started = Date.now();
    const execution = await stage.start(build.id);
    const token = await execution.turn();
    const { turn, ...waiting } = await stage.read(build.id);
    expect(waiting).toEqual({ ...build, revision: 2 });
    expect(turn).toEqual({ token, execution: execution.arn, storedAt: expect.any(Number) });
    // Its clock counts whole seconds.
    expect(turn!.storedAt).toBeGreaterThan(started - 1_000);
    await stage.change(build.id, () => ({ status: 'granted' }));
    await execution.succeed(token);
    const imageToken = await execution.image();
    // Granted, running, image: three writes of others.
    expect(await stage.read(build.id)).toMatchObject({
      revision: 6,
      image: { arn: imageOf(build.id), token: imageToken, execution: execution.arn },
    });
    await execution.succeed(imageToken);
    await execution.end();
  });

  test('whose grant is gone waits for its turn again, with a new token', async () => {
    const { id } = await stage.build(
      {},
      {
        'check-budget': inTurn(fails('TurnLost', 'the reservation is not held'), async () => {
          await stage.change(id, () => ({ status: 'running' }));
          return { id };
        }),
      },
    );
    const execution = await stage.start(id);
    const first = await execution.turn();
    await execution.succeed(first);
    const second = await execution.turn();
    await expect(execution.succeed(first)).rejects.toMatchObject(STALE);
    await execution.succeed(second);
    await execution.succeed(await execution.image());
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await execution.states()).toEqual(['AwaitTurn', 'CheckBudget', ...STRAIGHT]);
  });

  test('whose region build was closed before it asked has nothing to do', async () => {
    const { id, revision } = await stage.build({ status: 'cancelled' });
    const execution = await stage.start(id);
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await execution.states()).toEqual(['AwaitTurn', 'NothingToDo']);
    expect(await stage.read(id)).toMatchObject({ status: 'cancelled', revision });
  });

  test('whose region build was closed while it lost its turn has nothing to do', async () => {
    const { id } = await stage.build({}, { 'check-budget': fails('TurnLost') });
    const execution = await stage.start(id);
    const token = await execution.turn();
    await stage.change(id, () => ({ status: 'cancelled' }));
    await execution.succeed(token);
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await execution.states()).toEqual(['AwaitTurn', 'CheckBudget', 'AwaitTurn', 'NothingToDo']);
  });

  test('that is cancelled while it waits for its turn has nothing to do', async () => {
    const { id } = await stage.build();
    const execution = await stage.start(id);
    await execution.fail(await execution.turn(), 'Cancelled');
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await execution.states()).toEqual(['AwaitTurn', 'NothingToDo']);
  });

  test('that is cancelled while it waits for its image has nothing to do', async () => {
    const { id } = await stage.build();
    const execution = await stage.start(id);
    await execution.grant();
    await execution.fail(await execution.image(), 'Cancelled');
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect((await execution.states()).slice(-2)).toEqual(['AwaitImage', 'NothingToDo']);
    expect(stage.called(id)).not.toContain('record-failure');
  });

  test('whose image is another attempt’s by now has nothing to do', async () => {
    const { id } = await stage.build({}, { 'start-image': ({ id }) => ({ id, imageArn: imageOf(id, 2) }) });
    const execution = await stage.start(id);
    await execution.grant();
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect((await execution.states()).slice(-2)).toEqual(['AwaitImage', 'NothingToDo']);
  });

  test('that is the second of its region build has nothing to do, and the first keeps its turn', async () => {
    const { id } = await stage.build();
    const first = await stage.start(id);
    const token = await first.turn();
    const second = await stage.start(id, 2);
    expect(await second.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await second.states()).toEqual(['AwaitTurn', 'NothingToDo']);
    expect((await stage.read(id)).turn).toMatchObject({ token, execution: first.arn });
    await first.fail(token, 'Cancelled');
    await first.end();
  });

  test('for a region build that does not exist has nothing to do', async () => {
    const execution = await stage.start('none-us-east-1-arm64-1');
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await execution.states()).toEqual(['AwaitTurn', 'NothingToDo']);
  });
});

describe.concurrent('what is repeated', () => {
  test.each([
    'TryAgain',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
    'Lambda.Unknown',
  ])('CheckBudget and StartImage after %s', async (error) => {
    const { id } = await stage.build(
      {},
      {
        'check-budget': inTurn(fails(error), fails(error), async () => {
          await stage.change(id, () => ({ status: 'running' }));
        }),
        'start-image': inTurn(fails(error), ({ id }) => ({ id, imageArn: imageOf(id) })),
      },
    );
    await stage.change(id, () => ({
      image: { arn: imageOf(id), attempt: 1, startedAt: Date.now(), status: 'PENDING' },
    }));
    const execution = await stage.start(id);
    await execution.grant();
    await execution.succeed(await execution.image());
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await execution.states()).toEqual(STRAIGHT);
    expect(stage.called(id).slice(0, 5)).toEqual([
      ...['check-budget', 'check-budget', 'check-budget'],
      ...['start-image', 'start-image'],
    ]);
  });

  test('RecordImage and Publish after whatever, and no failure is recorded: the image exists', async () => {
    const { id } = await stage.build(
      {},
      {
        'record-image': inTurn(fails('TryAgain'), fails('Error', 'a bug'), ({ id }) => ({ id })),
        'publish-image': inTurn(fails('NotPublishedYet'), fails('ThrottlingException'), ({ id }) => ({ id })),
      },
    );
    const execution = await stage.start(id);
    await execution.grant();
    await execution.succeed(await execution.image());
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await execution.states()).toEqual(STRAIGHT);
    expect(stage.called(id).slice(-6)).toEqual([
      ...['record-image', 'record-image', 'record-image'],
      ...['publish-image', 'publish-image', 'publish-image'],
    ]);
  });

  test.each([
    ['record-image', 'RecordImage'],
    ['publish-image', 'Publish'],
  ] as const)('%s ten times; what then still fails is left to the reconciler', async (actor, state) => {
    const { id } = await stage.build({}, { [actor]: fails('Broken', 'for good') });
    const execution = await stage.start(id);
    await execution.grant();
    await execution.succeed(await execution.image());
    expect(await execution.end()).toMatchObject({ status: 'FAILED', error: 'Broken' });
    expect((await execution.states()).at(-1)).toBe(state);
    expect(stage.called(id).filter((called) => called === actor)).toHaveLength(11);
    expect(stage.called(id)).not.toContain('record-failure');
  });
});

describe.concurrent('a failure', () => {
  const FAILED = { next: 'failed', error: 'ImageFailed', cause: 'step InstallPackages failed' };

  test('of CheckBudget for good is recorded, and ends the execution by the name and cause that were recorded', async () => {
    const { id } = await stage.build(
      {},
      { 'check-budget': fails('Error', 'a bug'), 'record-failure': () => FAILED },
    );
    const execution = await stage.start(id);
    await execution.grant();
    expect(await execution.end()).toMatchObject({
      status: 'FAILED',
      error: 'ImageFailed',
      cause: 'step InstallPackages failed',
    });
    expect(await execution.states()).toEqual([
      ...['AwaitTurn', 'CheckBudget', 'RecordFailure', 'AnotherAttempt?', 'Failed'],
    ]);
    expect(stage.failuresOf(id)).toMatchObject([
      { Error: 'Error', Cause: expect.stringContaining('"errorMessage": "a bug"') as string },
    ]);
  });

  test('that is repeated in vain is one as well', async () => {
    const { id } = await stage.build(
      {},
      { 'check-budget': fails('TryAgain'), 'record-failure': () => FAILED },
    );
    const execution = await stage.start(id);
    await execution.grant();
    await execution.end();
    expect(stage.called(id)).toEqual([...Array.from({ length: 7 }, () => 'check-budget'), 'record-failure']);
    expect(stage.failuresOf(id)).toMatchObject([{ Error: 'TryAgain' }]);
  });

  test('of StartImage may lead to another attempt: the next turn of the same execution', async () => {
    const { id } = await stage.build(
      {},
      {
        'start-image': inTurn(fails('ServiceQuotaExceededException', 'too many builds'), async ({ id }) => {
          const arn = imageOf(id, 2);
          await stage.change(id, () => ({
            image: { arn, attempt: 2, startedAt: Date.now(), status: 'PENDING' },
          }));
          return { id, imageArn: arn };
        }),
        'record-failure': async ({ id }) => {
          await stage.change(id, () => ({ status: 'queued' }));
          return { next: 'another-attempt' };
        },
      },
    );
    const execution = await stage.start(id);
    await execution.grant();
    await execution.grant();
    await execution.succeed(await execution.image());
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await execution.states()).toEqual([
      ...['AwaitTurn', 'CheckBudget', 'StartImage', 'RecordFailure', 'AnotherAttempt?'],
      ...STRAIGHT,
    ]);
    expect(stage.failuresOf(id)).toMatchObject([{ Error: 'ServiceQuotaExceededException' }]);
  });

  test('of something closed meanwhile leaves nothing to do', async () => {
    const { id } = await stage.build(
      {},
      { 'start-image': fails('AccessDenied'), 'record-failure': () => ({ next: 'nothing' }) },
    );
    const execution = await stage.start(id);
    await execution.grant();
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect((await execution.states()).slice(-3)).toEqual(['RecordFailure', 'AnotherAttempt?', 'NothingToDo']);
  });

  test('of an image that is there after all leads to recording it', async () => {
    const { id } = await stage.build({}, { 'record-failure': () => ({ next: 'record-image' }) });
    const execution = await stage.start(id);
    await execution.grant();
    await execution.fail(await execution.image(), 'ImageFailed', 'lost');
    expect(await execution.end()).toMatchObject({ status: 'SUCCEEDED' });
    expect((await execution.states()).slice(-4)).toEqual([
      ...['RecordFailure', 'AnotherAttempt?', 'RecordImage', 'Publish'],
    ]);
    expect(await stage.read(id)).toMatchObject({ status: 'succeeded', amiId: 'ami-0new' });
  });

  test('of the image is recorded with Image Builder’s own reason', async () => {
    const { id } = await stage.build({}, { 'record-failure': () => FAILED });
    const execution = await stage.start(id);
    await execution.grant();
    await execution.fail(await execution.image(), 'ImageFailed', 'step InstallPackages failed');
    expect(await execution.end()).toMatchObject({ status: 'FAILED', error: 'ImageFailed' });
    expect(await execution.states()).toEqual([
      ...STRAIGHT.slice(0, 4),
      ...['RecordFailure', 'AnotherAttempt?', 'Failed'],
    ]);
    expect(stage.failuresOf(id)).toEqual([{ Error: 'ImageFailed', Cause: 'step InstallPackages failed' }]);
  });

  test('is recorded in spite of faults on the way', async () => {
    const { id } = await stage.build(
      {},
      { 'start-image': fails('Error'), 'record-failure': inTurn(fails('TryAgain'), () => FAILED) },
    );
    const execution = await stage.start(id);
    await execution.grant();
    expect(await execution.end()).toMatchObject({ status: 'FAILED', error: 'ImageFailed' });
    expect(stage.called(id).slice(-2)).toEqual(['record-failure', 'record-failure']);
  });
});
