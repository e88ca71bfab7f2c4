import { CreateStateMachineCommand, SFNClient, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { aRole, clients, type Credentials } from '../local/aws/clients.ts';
import { localClients } from './localAws.ts';

const REGION = 'us-east-1';

export interface WaitingMachine {
  readonly stateMachineArn: string;
  readonly sfn: SFNClient;
  /** The token that an execution waits with. */
  readonly token: (name: string) => Promise<string>;
  readonly redefine: () => Promise<void>;
}

/** A state machine on the local AWS whose executions send their token to a queue, wait for it, and end. */
export async function aWaitingMachine(root: Credentials): Promise<WaitingMachine> {
  const sfn = localClients(SFNClient, root)(REGION);
  const { sqs } = clients(root, REGION);
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
    stateMachineArn,
    sfn,
    async token(name) {
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
