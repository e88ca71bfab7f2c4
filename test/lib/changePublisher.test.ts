import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { hubTemplate } from './support/deployment.ts';
import { actionsOf, statementsOf } from './support/statements.ts';

const template = hubTemplate();

test('a record that fails is found by halves, tried ten times, and then kept as a dead letter', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^StateTable'), 'StreamArn'] },
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 100,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 10,
    MaximumRecordAgeInSeconds: 3600,
    DestinationConfig: { OnFailure: { Destination: Match.objectLike({}) } },
  });
});

test('the stream has one reader', () => {
  const readers = Object.values(template.findResources('AWS::Lambda::EventSourceMapping')).filter((mapping) =>
    JSON.stringify(mapping).includes('StreamArn'),
  );
  expect(readers).toHaveLength(1);
});

test('it reads the stream and puts events of ours: it cannot even read the table', () => {
  expect(
    actionsOf(template, 'ChangesPublishChangesRole').filter((action) => !/^(logs|sqs|xray):/.test(action)),
  ).toEqual([
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
    'events:PutEvents',
  ]);
  expect(statementsOf(template).filter(({ actions }) => actions.includes('events:PutEvents'))).toMatchObject([
    {
      resources: ['arn:aws:events:us-east-1:<AWS::AccountId>:event-bus/default'],
      conditions: { 'ForAllValues:StringEquals': { 'events:source': ['auto-ami'] } },
    },
  ]);
});
