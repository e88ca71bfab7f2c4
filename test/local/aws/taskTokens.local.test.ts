import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { aRole, anAccount, clients } from './clients.ts';

const LANGUAGES = {
  JSONPath: (QueueUrl?: string) => ({ Parameters: { QueueUrl, 'MessageBody.$': '$$.Task.Token' } }),
  JSONata: (QueueUrl?: string) => ({
    Arguments: { QueueUrl, MessageBody: '{% $states.context.Task.Token %}' },
  }),
};

/** An execution whose first state sends its token to a queue and waits for it. */
async function aWaitingExecution(wait: object = {}, language: keyof typeof LANGUAGES = 'JSONPath') {
  const { root } = anAccount();
  const { sfn, sqs } = clients(root);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'tokens' }));
  const Wait = {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Next: 'After',
    ...LANGUAGES[language](QueueUrl),
    ...wait,
  };
  const States = { Wait, After: { Type: 'Pass', End: true } };
  const definition = JSON.stringify({ QueryLanguage: language, StartAt: 'Wait', States });
  const roleArn = await aRole(root, 'machine', [{ Action: 'sqs:SendMessage', Resource: '*' }]);
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({ name: 'm', definition, roleArn }),
  );
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
  return {
    sfn,
    executionArn,
    nextToken: async () => {
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
      return Messages![0]!.Body!;
    },
    succeed: (taskToken: string) => sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' })),
    status: async () => (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status,
  };
}

const STALE = { name: 'TaskTimedOut' };

test('the token of a running execution resumes it; once used it is stale', async () => {
  const { nextToken, succeed, status } = await aWaitingExecution();
  const token = await nextToken();
  await succeed(token);
  await expect.poll(status).toBe('SUCCEEDED');
  await expect(succeed(token)).rejects.toMatchObject(STALE);
});

test('the token of a stopped execution is stale at once, and the execution stays stopped', async () => {
  const { sfn, executionArn, nextToken, succeed, status } = await aWaitingExecution();
  const token = await nextToken();
  await sfn.send(new StopExecutionCommand({ executionArn }));
  await expect(succeed(token)).rejects.toMatchObject(STALE);
  await sleep(300);
  await expect(succeed(token)).rejects.toMatchObject(STALE);
  expect(await status()).toBe('ABORTED');
});

test.each(['JSONPath', 'JSONata'] as const)(
  'every try has a token of its own in %s; the old one is stale',
  async (language) => {
    const Retry = [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 1 }];
    const { nextToken, succeed, status } = await aWaitingExecution({ TimeoutSeconds: 2, Retry }, language);
    const [first, second] = [await nextToken(), await nextToken()];
    expect(second).not.toBe(first);
    await expect(succeed(first)).rejects.toMatchObject(STALE);
    await succeed(second);
    await expect.poll(status).toBe('SUCCEEDED');
  },
);
