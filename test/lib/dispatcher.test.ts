import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { hubTemplate } from './support/deployment.ts';
import { actionsOf, statementsOf } from './support/statements.ts';

const template = hubTemplate();
const hints = { 'Fn::GetAtt': [Match.stringLikeRegexp('^DispatcherHints'), 'Arn'] };

test('the queue is planned every minute', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    Description: 'Plans the queue',
    ScheduleExpression: 'rate(1 minute)',
  });
});

test('hints pass a queue, and are read together: a thousand writes cause a plan or two', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['auto-ami'],
      'detail-type': ['Turn Awaited', 'Build Requeued', 'Policy Changed', 'Build Finished'],
    },
    Targets: [{ Arn: hints, DeadLetterConfig: Match.objectLike({}) }],
  });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: hints,
    BatchSize: 1000,
    MaximumBatchingWindowInSeconds: 1,
    ScalingConfig: { MaximumConcurrency: 2 },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});

test('a hint stays invisible for six times as long as it may be worked on, and is given up after five tries', () => {
  template.hasResourceProperties('AWS::SQS::Queue', {
    VisibilityTimeout: 360,
    MessageRetentionPeriod: 3600,
    RedrivePolicy: { maxReceiveCount: 5 },
  });
});

test('it grants in the table, sends tokens to this machine, and asks for prices', () => {
  expect(
    actionsOf(template, 'DispatcherDispatchBuildsRole').filter(
      (action) => !/^(logs|sqs|xray|dynamodb):/.test(action),
    ),
  ).toEqual(['pricing:GetProducts', 'states:SendTaskFailure', 'states:SendTaskSuccess']);
  expect(
    statementsOf(template)
      .filter(({ actions }) => actions.includes('states:SendTaskSuccess'))
      .flatMap(({ resources }) => resources),
  ).toEqual(Array(4).fill('<CompileTemplateStateMachineDF983ABB>'));
});
