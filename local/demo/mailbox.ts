import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import type { LocalClients } from './localClients.ts';

/** A notice as it reached a subscriber. */
export interface ReceivedNotice {
  readonly subject: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A subscriber of the admins' topic, in the place of somebody's mail program. */
export interface Mailbox {
  /** What came since the last call. */
  collect(): Promise<ReceivedNotice[]>;
}

const QUEUE_NAME = 'auto-ami-local-admin';

/** Start of the logical id that the hub stack gives the admins' topic. */
const ADMINS_TOPIC = 'Audiencesadmins';

const envelope = z.object({ Subject: z.string().default('(no subject)') });

/** @throws Error if the stack has no such topic */
export async function openMailbox(
  { cloudFormation, sns, sqs }: Pick<LocalClients, 'cloudFormation' | 'sns' | 'sqs'>,
  hub: string,
): Promise<Mailbox> {
  const { StackResourceSummaries = [] } = await cloudFormation.send(
    new ListStackResourcesCommand({ StackName: hub }),
  );
  const topic = StackResourceSummaries.find(
    ({ ResourceType, LogicalResourceId }) =>
      ResourceType === 'AWS::SNS::Topic' && LogicalResourceId?.startsWith(ADMINS_TOPIC),
  )?.PhysicalResourceId;
  if (topic === undefined) throw new Error(`The stack ${hub} has no topic for admins.`);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: QUEUE_NAME }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const queueArn = Attributes?.['QueueArn'];
  await sqs.send(
    new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: lettersFrom(topic, queueArn) } }),
  );
  await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint: queueArn }));
  return {
    async collect() {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return [];
      await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl,
          Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
        }),
      );
      return Messages.map(({ Body = '{}' }) => ({
        subject: envelope.parse(JSON.parse(Body)).Subject,
        at: Date.now(),
      }));
    },
  };
}

/** What SNS needs of a queue it is to deliver to. */
function lettersFrom(topicArn: string, queueArn: string | undefined): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      },
    ],
  });
}
