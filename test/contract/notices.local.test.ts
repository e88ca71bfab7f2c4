import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { awsNotices } from '../../src/aws/notices.ts';
import { NOTICE_TEMPLATE_ATTRIBUTE } from '../../src/contract.ts';
import { anAccount, clients } from '../local/aws/clients.ts';
import { localClients } from './localAws.ts';
import { aNotice, noticesContract } from './notices.ts';

const homeRegion = 'us-east-1';

const MAY_BE_WRITTEN_TO_BY_SNS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: '*',
    },
  ],
});

/** Topics of two audiences; a subscription is a queue, which is what a test can read. */
async function aWorld() {
  const { root } = anAccount();
  const sns = localClients(SNSClient, root)(homeRegion);
  const { sqs } = clients(root, homeRegion);
  const topic = async (Name: string) => (await sns.send(new CreateTopicCommand({ Name }))).TopicArn ?? '';
  const topicArns = { admins: await topic('admins'), students: await topic('students') };
  const subscribe = async (audience: keyof typeof topicArns, filter?: readonly string[]) => {
    const name = `${audience}-${filter?.join('-') ?? 'all'}`;
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { Policy: MAY_BE_WRITTEN_TO_BY_SNS } }),
    );
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    await sns.send(
      new SubscribeCommand({
        TopicArn: topicArns[audience],
        Protocol: 'sqs',
        Endpoint: Attributes?.['QueueArn'],
        Attributes:
          filter === undefined
            ? {}
            : { FilterPolicy: JSON.stringify({ [NOTICE_TEMPLATE_ATTRIBUTE]: filter }) },
      }),
    );
    return async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      return Messages.map(({ Body = '' }) => {
        const { Subject, Message } = JSON.parse(Body) as { Subject: string; Message: string };
        return { subject: Subject, text: Message };
      });
    };
  };
  return { notices: awsNotices({ homeRegion, topicArns, sns }), subscribe };
}

noticesContract(async () => {
  const { notices, subscribe } = await aWorld();
  const everything = { admins: await subscribe('admins'), students: await subscribe('students') };
  return {
    notices,
    received: async (audience) =>
      audience === 'admins' || audience === 'students' ? everything[audience]() : [],
  };
});

test('who follows some templates hears of these alone', async () => {
  const { notices, subscribe } = await aWorld();
  const followsR = await subscribe('admins', ['rstudio', 'r-base']);
  await notices.send('admins', aNotice({ subject: 'both', templates: ['python-ml', 'rstudio'] }));
  await notices.send('admins', aNotice({ subject: 'python', templates: ['python-ml'] }));
  await notices.send('admins', aNotice({ subject: 'none', templates: [] }));
  expect((await followsR()).map(({ subject }) => subject)).toEqual(['both']);
});

test('an audience without a topic is a fault of the deployment', async () => {
  const { notices } = await aWorld();
  await expect(notices.send('researchers', aNotice())).rejects.toThrow('There is no topic for researchers');
});
