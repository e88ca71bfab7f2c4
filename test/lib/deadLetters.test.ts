import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { inAStack, someDeadLetters } from './support/deployment.ts';

test('letters are kept for two weeks, encrypted, and the first one raises an alarm that says what is lost', () => {
  const template = inAStack((stack, house) => someDeadLetters(stack, house));
  template.hasResourceProperties('AWS::SQS::Queue', {
    MessageRetentionPeriod: 14 * 24 * 3600,
    SqsManagedSseEnabled: true,
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    AlarmDescription: 'Something is late. What to do: docs/runbook.md#something',
    AlarmActions: [{ Ref: Match.stringLikeRegexp('AlarmTopic') }],
    OKActions: [{ Ref: Match.stringLikeRegexp('AlarmTopic') }],
  });
});

test.each([
  [true, 1],
  [false, 0],
])('plain HTTP is refused: %s', (tlsOnly, policies) => {
  const template = inAStack((stack, house) => someDeadLetters(stack, house), { tlsOnly });
  expect(Object.keys(template.findResources('AWS::SQS::QueuePolicy'))).toHaveLength(policies);
});
