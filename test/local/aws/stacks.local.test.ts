import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DeleteStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { GetInstanceProfileCommand } from '@aws-sdk/client-iam';
import { expect, inject, test } from 'vitest';
import { anAccount, clients } from './clients.ts';

const TEMPLATE = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
      },
    },
    Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role' }] } },
  },
  Outputs: { Ref: { Value: { Ref: 'Profile' } }, Arn: { Value: { 'Fn::GetAtt': ['Profile', 'Arn'] } } },
};

test('Ref of an instance profile is its name, and the stack takes it along when it goes', async () => {
  const { root, id } = anAccount();
  const stack = { StackName: 'profiles' };
  const client = new CloudFormationClient({
    endpoint: inject('localAws').endpoint,
    region: 'us-east-1',
    credentials: root,
  });
  await client.send(
    new CreateStackCommand({
      ...stack,
      TemplateBody: JSON.stringify(TEMPLATE),
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1 }, stack);
  const { Stacks } = await client.send(new DescribeStacksCommand(stack));
  const outputs = new Map(
    Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  const name = outputs.get('Ref');
  expect(name).toMatch(/^profiles-Profile-[A-Z0-9]+$/);
  expect(outputs.get('Arn')).toBe(`arn:aws:iam::${id}:instance-profile/${name}`);

  const get = new GetInstanceProfileCommand({ InstanceProfileName: name });
  const { InstanceProfile } = await clients(root).iam.send(get);
  expect(InstanceProfile?.Roles).toHaveLength(1);
  await client.send(new DeleteStackCommand(stack));
  await expect
    .poll(() =>
      clients(root)
        .iam.send(get)
        .catch((error: unknown) => (error as Error).name),
    )
    .toBe('NoSuchEntityException');
});
