import { SimulatePrincipalPolicyCommand, type ContextEntry } from '@aws-sdk/client-iam';
import {
  CreateStateMachineCommand,
  SendTaskFailureCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { GetParametersByPathCommand, GetParametersCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { aRole, aSession, anAccount, clients } from './clients.ts';

const PUBLIC = '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id';

async function putAll(root: ReturnType<typeof anAccount>['root'], names: readonly string[]): Promise<void> {
  for (const Name of names) {
    await clients(root).ssm.send(new PutParameterCommand({ Name, Value: '1', Type: 'String' }));
  }
}

test('a role without a permission is refused with the sentence of AWS', async () => {
  const { id, root } = anAccount();
  const { ssm } = clients(await aSession(root, 'nobody', [{ Action: 'sns:Publish', Resource: '*' }]));
  await expect(ssm.send(new GetParametersCommand({ Names: ['/a'] }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `User: arn:aws:sts::${id}:assumed-role/nobody/test is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:us-east-1:${id}:parameter/a because no identity-based policy allows the ssm:GetParameters action`,
  });
});

test('parameters are checked one by one, public ones on their ARN without an account', async () => {
  const { id, root } = anAccount();
  await putAll(root, [PUBLIC, '/own/a', '/foreign/a']);
  const Resource = [
    'arn:aws:ssm:us-east-1::parameter/aws/service/*',
    `arn:aws:ssm:us-east-1:${id}:parameter/own/*`,
  ];
  const Action = ['ssm:GetParameters', 'ssm:GetParametersByPath'];
  const { ssm } = clients(await aSession(root, 'reader', [{ Action, Resource }]));
  const { Parameters } = await ssm.send(new GetParametersCommand({ Names: [PUBLIC, '/own/a'] }));
  expect(Parameters?.map(({ Name }) => Name)).toEqual([PUBLIC, '/own/a']);
  await expect(ssm.send(new GetParametersCommand({ Names: [PUBLIC, '/foreign/a'] }))).rejects.toThrow(
    `on resource: arn:aws:ssm:us-east-1:${id}:parameter/foreign/a because`,
  );
  expect((await ssm.send(new GetParametersByPathCommand({ Path: '/own/' }))).Parameters).toHaveLength(1);
  await expect(ssm.send(new GetParametersByPathCommand({ Path: '/foreign/' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

test('a task token is checked on the state machine that gave it out', async () => {
  const { id, root } = anAccount();
  const { sfn, sqs } = clients(root);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'tokens' }));
  const definition = JSON.stringify({
    StartAt: 'Wait',
    States: {
      Wait: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { QueueUrl, 'MessageBody.$': '$$.Task.Token' },
        End: true,
      },
    },
  });
  const roleArn = await aRole(root, 'machine', [{ Action: 'sqs:SendMessage', Resource: '*' }]);
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({ name: 'waiting', definition, roleArn }),
  );
  await sfn.send(new StartExecutionCommand({ stateMachineArn }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
  const send = new SendTaskFailureCommand({ taskToken: Messages![0]!.Body!, error: 'Stopped' });

  const sender = (name: string, machine: string) =>
    aSession(root, name, [
      {
        Action: 'states:SendTaskFailure',
        Resource: `arn:aws:states:us-east-1:${id}:stateMachine:${machine}`,
      },
    ]);
  await expect(clients(await sender('other', 'another')).sfn.send(send)).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  await expect(clients(await sender('right', 'waiting')).sfn.send(send)).resolves.toBeDefined();
});

const context = (ContextKeyName: string, values: string[], list = false): ContextEntry => ({
  ContextKeyName,
  ContextKeyValues: values,
  ContextKeyType: list ? 'stringList' : 'string',
});

test.each([
  ['without the context the condition fails', 'iam:PassRole', 'builder', [], 'implicitDeny'],
  [
    'with it the condition holds',
    'iam:PassRole',
    'builder',
    [context('iam:PassedToService', ['ec2.amazonaws.com'])],
    'allowed',
  ],
  [
    'another resource is not allowed',
    'iam:PassRole',
    'admin',
    [context('iam:PassedToService', ['ec2.amazonaws.com'])],
    'implicitDeny',
  ],
  [
    'a list may hold what is allowed',
    'imagebuilder:TagResource',
    'x',
    [context('aws:TagKeys', ['build'], true)],
    'allowed',
  ],
  [
    'and nothing else',
    'imagebuilder:TagResource',
    'x',
    [context('aws:TagKeys', ['build', 'owner'], true)],
    'implicitDeny',
  ],
])(
  'a simulated permission minds its conditions: %s',
  async (_case, action, role, ContextEntries, decision) => {
    const { id, root } = anAccount();
    const arnOf = (name: string) => `arn:aws:iam::${id}:role/${name}`;
    const PolicySourceArn = await aRole(root, 'caller', [
      {
        Action: 'iam:PassRole',
        Resource: arnOf('builder'),
        Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      },
      {
        Action: 'imagebuilder:TagResource',
        Resource: '*',
        Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['build'] } },
      },
    ]);
    const { EvaluationResults } = await clients(root).iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn,
        ActionNames: [action],
        ResourceArns: [arnOf(role)],
        ContextEntries,
      }),
    );
    expect(EvaluationResults).toMatchObject([
      { EvalActionName: action, EvalResourceName: arnOf(role), EvalDecision: decision },
    ]);
  },
);

test('a simulation answers for every action on every resource, and knows only roles that exist', async () => {
  const { id, root } = anAccount();
  const { iam } = clients(root);
  const image = (name: string) => `arn:aws:imagebuilder:us-west-2:${id}:image/${name}/1.0.0`;
  const Action = ['imagebuilder:CreateImage', 'imagebuilder:GetImage'];
  const PolicySourceArn = await aRole(root, 'caller', [{ Action, Resource: image('auto-ami-*') }]);
  const question = {
    PolicySourceArn,
    ActionNames: Action,
    ResourceArns: [image('auto-ami-r'), image('else')],
  };
  const { EvaluationResults } = await iam.send(new SimulatePrincipalPolicyCommand(question));
  expect(EvaluationResults?.map(({ EvalDecision }) => EvalDecision)).toEqual([
    'allowed',
    'implicitDeny',
    'allowed',
    'implicitDeny',
  ]);
  const nobody = { ...question, PolicySourceArn: `arn:aws:iam::${id}:role/nobody` };
  await expect(iam.send(new SimulatePrincipalPolicyCommand(nobody))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
});
