import { randomInt } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { inject } from 'vitest';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A new account with its root key: tests beside each other share nothing. */
export function anAccount(): { id: string; root: Credentials } {
  const id = String(randomInt(100_000_000_000, 281_474_976_710_655)).slice(0, 12);
  return { id, root: { accessKeyId: id, secretAccessKey: 'test' } };
}

/** Unmodified SDK clients against the local AWS. */
export function clients(credentials: Credentials, region = 'us-east-1') {
  const config = { endpoint: inject('localAws').endpoint, region, credentials, maxAttempts: 1 };
  return {
    dynamodb: new DynamoDBClient(config),
    ec2: new EC2Client(config),
    events: new EventBridgeClient(config),
    iam: new IAMClient(config),
    lambda: new LambdaClient(config),
    sfn: new SFNClient(config),
    sqs: new SQSClient(config),
    ssm: new SSMClient(config),
    sts: new STSClient(config),
  };
}

export interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const policy = (statements: readonly object[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((each) => ({ Effect: 'Allow', ...each })),
  });

/** A role that allows just these statements. Anyone of the account, and Lambda, may assume it. */
export async function aRole(
  root: Credentials,
  name: string,
  statements: readonly Statement[],
): Promise<string> {
  const { iam } = clients(root);
  const trust = policy([
    { Principal: { AWS: `arn:aws:iam::${root.accessKeyId}:root` }, Action: 'sts:AssumeRole' },
    { Principal: { Service: ['lambda.amazonaws.com', 'states.amazonaws.com'] }, Action: 'sts:AssumeRole' },
  ]);
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }));
  await iam.send(
    new PutRolePolicyCommand({ RoleName: name, PolicyName: 'allowed', PolicyDocument: policy(statements) }),
  );
  return Role!.Arn!;
}

/** The keys of a session of such a role. */
export async function aSession(
  root: Credentials,
  name: string,
  statements: readonly Statement[],
): Promise<Credentials> {
  const RoleArn = await aRole(root, name, statements);
  const { Credentials: keys } = await clients(root).sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }),
  );
  return {
    accessKeyId: keys!.AccessKeyId!,
    secretAccessKey: keys!.SecretAccessKey!,
    sessionToken: keys!.SessionToken!,
  };
}

/** What EventBridge hands to a target. */
export interface DeliveredEvent {
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Listener {
  /** The next event, or undefined when none comes within these seconds. */
  next(seconds?: number): Promise<DeliveredEvent | undefined>;
}

/** Listens to a region's default bus by a rule with a queue. */
export async function listen(
  root: Credentials,
  eventPattern: object,
  region = 'us-east-1',
): Promise<Listener> {
  const { events, sqs } = clients(root, region);
  const name = `listen-${randomInt(1e9)}`;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await events.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify(eventPattern) }));
  await events.send(
    new PutTargetsCommand({ Rule: name, Targets: [{ Id: 'queue', Arn: Attributes!['QueueArn'] }] }),
  );
  return {
    async next(seconds = 3) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1, WaitTimeSeconds: seconds }),
      );
      const [message] = Messages;
      if (!message) return undefined;
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
      return JSON.parse(message.Body!) as DeliveredEvent;
    },
  };
}
