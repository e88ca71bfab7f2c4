import { Match } from 'aws-cdk-lib/assertions';
import { Duration } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { LoopFunction } from '../../lib/loopFunction.ts';
import { aFunction, inAStack } from './support/deployment.ts';
import { actionsOf } from './support/statements.ts';

test('a function of the house', () => {
  const template = inAStack((stack, house) => aFunction(stack, house));
  template.hasResourceProperties('AWS::Lambda::Function', {
    Architectures: ['arm64'],
    Runtime: 'nodejs24.x',
    Handler: 'notify.handler',
    Timeout: 30,
    MemorySize: 512,
    TracingConfig: { Mode: 'Active' },
    Environment: {
      Variables: {
        AUTO_AMI_SETTINGS: '{"settings":true}',
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: 'notify',
      },
    },
    LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('FnLogs') } },
  });
  template.hasResource('AWS::Logs::LogGroup', {
    Properties: { RetentionInDays: 30 },
    DeletionPolicy: 'Delete',
  });
});

test('its role may write its own log, its traces and its dead letters, and no more', () => {
  const template = inAStack((stack, house) => aFunction(stack, house));
  template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  expect(actionsOf(template, 'FnRole')).toEqual([
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:SendMessage',
    'xray:PutTelemetryRecords',
    'xray:PutTraceSegments',
  ]);
});

test('an asynchronous invocation that fails for good is a dead letter', () => {
  inAStack((stack, house) => aFunction(stack, house)).hasResourceProperties(
    'AWS::Lambda::EventInvokeConfig',
    {
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 3600,
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('Dead'), 'Arn'] } },
      },
    },
  );
});

test('events reach it through a rule with retries and dead letters', () => {
  const template = inAStack((stack, house) => {
    aFunction(stack, house).onEvent('Rule', 'Something happened', { source: ['auto-ami'] });
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    Description: 'Something happened',
    EventPattern: { source: ['auto-ami'] },
    Targets: [
      {
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Dead'), 'Arn'] } },
        RetryPolicy: { MaximumRetryAttempts: 20, MaximumEventAgeInSeconds: 3600 },
      },
    ],
  });
});

test('the clock reaches it through a schedule whose role may invoke it alone', () => {
  const template = inAStack((stack, house) => {
    aFunction(stack, house).onClock('Tick', 'Looks', 10);
  });
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'rate(10 minutes)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      DeadLetterConfig: Match.objectLike({}),
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 600 },
    },
  });
  expect(actionsOf(template, 'FnTickRole')).toEqual(['lambda:InvokeFunction', 'sqs:SendMessage']);
});

test.each([
  [1, 'rate(1 minute)'],
  [15, 'rate(15 minutes)'],
])('%i minutes is %s', (minutes, expression) => {
  inAStack((stack, house) => {
    aFunction(stack, house).onClock('Tick', 'Looks', minutes);
  }).hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: expression });
});

test('an asynchronous edge without dead letters is refused', () => {
  inAStack((stack, house) => {
    const fn = new LoopFunction(stack, 'Fn', {
      house,
      name: 'control-api',
      description: 'Answers',
      timeout: Duration.seconds(5),
    });
    expect(() => {
      fn.onEvent('Rule', 'x', { source: ['x'] });
    }).toThrow('Test/Fn: Rule is asynchronous and needs dead letters');
    expect(() => {
      fn.onClock('Tick', 'x', 1);
    }).toThrow('Test/Fn: Tick is asynchronous and needs dead letters');
  });
});

test('what the clock invokes all day begins no traces', () => {
  inAStack((stack, house) => {
    new LoopFunction(stack, 'Fn', { house, name: 'reconcile', description: 'x', tracedByCallerOnly: true });
  }).hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'PassThrough' } });
});
