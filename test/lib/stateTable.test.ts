import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { StateTable } from '../../lib/stateTable.ts';
import { aFunction, inAStack } from './support/deployment.ts';
import { statementsOf } from './support/statements.ts';

const template = inAStack((stack, house) => {
  const table = new StateTable(stack, 'State');
  table.grantRead(aFunction(stack, house, 'Reader'));
});

test('on demand, recoverable to any second, protected from deletion, and it outlives the stack', () => {
  template.hasResource('AWS::DynamoDB::GlobalTable', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    },
  });
});

test('what someone must act on is found by a sparse index', () => {
  template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    GlobalSecondaryIndexes: [
      {
        IndexName: 'pending',
        KeySchema: [
          { AttributeName: 'pending', KeyType: 'HASH' },
          { AttributeName: 'pendingSince', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
});

test('its logical id is an interface: data hangs on it', () => {
  expect(Object.keys(template.findResources('AWS::DynamoDB::GlobalTable'))).toEqual(['StateTable962DE04C']);
});

test('a reader reads table and index, knows its name, and writes nothing', () => {
  const statements = statementsOf(template).filter(
    ({ actions }) => actions[0]?.startsWith('dynamodb:') === true,
  );
  expect(statements).toMatchObject([
    {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
      resources: ['<StateTable962DE04C.Arn>', '<StateTable962DE04C.Arn>/index/pending'],
    },
  ]);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ AUTO_AMI_TABLE_NAME: { Ref: 'StateTable962DE04C' } }) },
  });
});

test('a writer may do what transactions are made of', () => {
  const written = inAStack((stack, house) => {
    new StateTable(stack, 'State').grantReadWrite(aFunction(stack, house));
  });
  expect(statementsOf(written)).toContainEqual(
    expect.objectContaining({
      actions: [
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ],
      resources: ['<StateTable962DE04C.Arn>'],
    }),
  );
});
