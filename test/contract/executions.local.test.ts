import {
  CreateStateMachineCommand,
  SFNClient,
  StartExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { awsExecutions } from '../../src/aws/executions.ts';
import { anAccount, aRole, clients } from '../local/aws/clients.ts';
import { executionsContract, type ExecutionsWorld } from './executions.ts';
import { localClients } from './localAws.ts';

const homeRegion = 'us-east-1';

async function aWorld(): Promise<ExecutionsWorld & { sfn: SFNClient; stateMachineArn: string }> {
  const { root } = anAccount();
  const sfn = localClients(SFNClient, root)(homeRegion);
  const { sqs } = clients(root, homeRegion);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'tokens' }));
  const Wait = {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Arguments: {
      QueueUrl,
      MessageBody: "{% $states.context.Execution.Name & ' ' & $states.context.Task.Token %}",
    },
    End: true,
  };
  const definition = (Comment: string) =>
    JSON.stringify({ Comment, QueryLanguage: 'JSONata', StartAt: 'Wait', States: { Wait } });
  const roleArn = await aRole(root, 'machine', [{ Action: 'sqs:SendMessage', Resource: '*' }]);
  const { stateMachineArn = '' } = await sfn.send(
    new CreateStateMachineCommand({ name: 'compile-template', definition: definition('first'), roleArn }),
  );
  return {
    sfn,
    stateMachineArn,
    executions: awsExecutions({ homeRegion, stateMachineArn, sfn }),
    now: () => Date.now(),
    async token(name: string) {
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
      const [message] = Messages ?? [];
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
      const [execution, token = ''] = (message?.Body ?? '').split(' ');
      expect(execution).toBe(name);
      return token;
    },
    async redefine() {
      // Dates of Step Functions may be whole seconds.
      await sleep(1_100);
      await sfn.send(
        new UpdateStateMachineCommand({ stateMachineArn, definition: definition(`at ${Date.now()}`) }),
      );
    },
  };
}

executionsContract(aWorld);

test('the input is the id alone', async () => {
  const { sfn, stateMachineArn, executions } = await aWorld();
  await sfn.send(
    new StartExecutionCommand({ stateMachineArn, name: 'python-ml-1', input: '{"id":"python-ml"}' }),
  );
  await executions.start('python-ml-1', 'python-ml');
  await expect(executions.start('python-ml-1', 'other')).rejects.toMatchObject({
    name: 'ExecutionAlreadyExists',
  });
});

test('long reasons are cut to what Step Functions takes', async () => {
  const { executions, token } = await aWorld();
  await executions.start('a-1', 'a');
  expect(await executions.fail(await token('a-1'), 'E'.repeat(1_000), 'c'.repeat(100_000))).toBe('sent');
  await executions.start('b-1', 'b');
  await executions.stop('b-1', 'c'.repeat(100_000));
});
