import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { aConfiguration, hubTemplate } from './support/deployment.ts';
import { actionsOf, statementsOf } from './support/statements.ts';

const template = hubTemplate();

test('base images are looked at as often as configured', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    Description: 'Looks at every base image',
    ScheduleExpression: 'rate(15 minutes)',
  });
});

test('three intervals without a successful scan, or without any, raise an alarm', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AutoAmi',
    MetricName: 'ScanSucceeded',
    Statistic: 'Sum',
    Period: 900,
    EvaluationPeriods: 3,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
    AlarmDescription: Match.stringLikeRegexp(
      '^No base image was looked at for 45 minutes: .*#no-scan-has-succeeded$',
    ),
  });
});

test('golden images of the account are events', () => {
  const pattern = (names: string[]) =>
    hubTemplate(aConfiguration({ baseImageParameters: names })).findResources('AWS::Events::Rule', {
      Properties: { EventPattern: { source: ['aws.ssm'] } },
    });
  expect(Object.values(pattern(['/golden/*', '/one/image']))).toMatchObject([
    {
      Properties: {
        EventPattern: {
          'detail-type': ['Parameter Store Change'],
          detail: { operation: ['Create', 'Update'], name: [{ prefix: '/golden/' }, '/one/image'] },
        },
      },
    },
  ]);
  expect(pattern([])).toEqual({});
});

test('announcements are subscribed to where the topic is', () => {
  const topic = 'arn:aws:sns:us-east-1:137112412989:amazon-linux-2023-ami-updates';
  const announced = hubTemplate(aConfiguration({ homeRegion: 'us-west-2', announcementTopics: [topic] }));
  announced.hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'lambda',
    TopicArn: topic,
    Region: 'us-east-1',
  });
  announced.hasResourceProperties('AWS::Lambda::Permission', {
    Principal: 'sns.amazonaws.com',
    SourceArn: topic,
  });
});

describe('check-base-images', () => {
  const statements = statementsOf(template).filter(({ policy }) =>
    policy.startsWith('BaseImagesCheckBaseImagesRole'),
  );

  test('reads public parameters and those the configuration opens, in the regions built in', () => {
    expect(statements.filter(({ actions }) => actions.includes('ssm:GetParameters'))).toMatchObject([
      {
        resources: [
          'arn:aws:ssm:*::parameter/aws/service/*',
          'arn:aws:ssm:*:<AWS::AccountId>:parameter/auto-ami/base-images/*',
        ],
        conditions: { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2'] } },
      },
    ]);
  });

  test('changes nothing but the table', () => {
    const verbs = statements.flatMap(({ actions }) => actions).map((action) => action.split(':')[0]);
    expect([...new Set(verbs)].sort()).toEqual(['dynamodb', 'ec2', 'logs', 'sqs', 'ssm', 'xray']);
  });
});

test('assess-update reads and writes the table; feeds are public and need no permission', () => {
  expect(
    actionsOf(template, 'BaseImagesAssessUpdateRole').filter((action) => !/^(logs|sqs|xray):/.test(action)),
  ).toEqual([
    'dynamodb:BatchGetItem',
    'dynamodb:ConditionCheckItem',
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
  ]);
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['auto-ami'], 'detail-type': ['Base Image Updated'] },
  });
});
