import { Aws, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { expect, test } from 'vitest';
import { permit } from '../../lib/permit.ts';
import { inAStack } from './support/deployment.ts';
import { statementsOf } from './support/statements.ts';

test('a permission is written as it is given', () => {
  const template = inAStack((stack) => {
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    permit(role, {
      actions: ['sqs:SendMessage'],
      resources: ['arn:aws:sqs:us-east-1:111122223333:queue'],
      conditions: { StringEquals: { 'aws:RequestedRegion': ['us-east-1'] } },
    });
  });
  expect(statementsOf(template)).toEqual([
    {
      policy: 'RoleDefaultPolicy5FFB7DAB',
      effect: 'Allow',
      actions: ['sqs:SendMessage'],
      resources: ['arn:aws:sqs:us-east-1:111122223333:queue'],
      conditions: { StringEquals: { 'aws:RequestedRegion': ['us-east-1'] } },
    },
  ]);
});

test('a wildcard without a reason is refused', () => {
  inAStack((stack) => {
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    expect(() => permit(role, { actions: ['ssm:GetParameter'], resources: ['*'] })).toThrow(
      'Test/Role: ssm:GetParameter on * needs a reason for its wildcard',
    );
  });
});

test('a reason answers cdk-nag for exactly that resource', () => {
  inAStack((stack) => {
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    permit(role, {
      actions: ['ssm:GetParameter'],
      resources: [`arn:aws:ssm:*:${Aws.ACCOUNT_ID}:parameter/a/*`],
      wildcard: 'names are made at run time',
    });
    const acknowledged = role.node.metadata.filter(
      ({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY,
    );
    expect(JSON.stringify(acknowledged)).toContain(
      'AwsSolutions-IAM5[Resource::arn:aws:ssm:*:<AWS::AccountId>:parameter/a/*]',
    );
  });
});
