import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { expect, test } from 'vitest';
import { inAStack } from './support/deployment.ts';

const metric = new Metric({ namespace: 'AutoAmi', metricName: 'Something' });

test('an alarm tells of its beginning and its end, with impact and runbook', () => {
  const template = inAStack((stack, { alarms }) => {
    alarms.raise(stack, 'Alarm', { metric, impact: 'People wait.', runbook: 'a-section' });
  });
  const [alarm] = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
  expect(alarm).toMatchObject({
    Properties: {
      AlarmDescription: 'People wait. What to do: docs/runbook.md#a-section',
      AlarmActions: [{ Ref: expect.stringMatching(/^AlarmTopic/) as string }],
      OKActions: [{ Ref: expect.stringMatching(/^AlarmTopic/) as string }],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    },
  });
});

test('silence may be the fault', () => {
  inAStack((stack, { alarms }) => {
    alarms.raise(stack, 'Alarm', {
      metric,
      impact: 'Nobody looks.',
      runbook: 'a-section',
      raisedWhen: { operator: ComparisonOperator.LESS_THAN_THRESHOLD, threshold: 1 },
      periods: 3,
      missingData: TreatMissingData.BREACHING,
    });
  }).hasResourceProperties('AWS::CloudWatch::Alarm', {
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    EvaluationPeriods: 3,
    TreatMissingData: 'breaching',
  });
});

test('alarms of the account may publish although the topic has a policy of its own', () => {
  inAStack(() => undefined).hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: [
        {
          Sid: 'AllowAlarms',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    },
  });
});
