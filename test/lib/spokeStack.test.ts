import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { aConfiguration, spokeTemplate, theStacks } from './support/deployment.ts';
import { resourcesOf, statementsOf } from './support/statements.ts';

const template = spokeTemplate();
const rules = Object.values(resourcesOf(template))
  .filter(({ Type }) => Type === 'AWS::Events::Rule')
  .map(({ Properties }) => Properties);

test('one spoke for each further region', () => {
  const { spokes } = theStacks();
  expect(spokes.map(({ stackName, region }) => [stackName, region])).toEqual([
    ['AutoAmiSpoke-us-west-2', 'us-west-2'],
  ]);
});

test.each([
  {
    source: ['aws.imagebuilder'],
    'detail-type': ['EC2 Image Builder Image State Change', 'EC2 Image Builder CVE Detected'],
  },
  { source: ['aws.ssm'], 'detail-type': ['Parameter Store Change'] },
  { source: ['aws.ec2'], 'detail-type': ['EC2 AMI State Change'] },
  { source: ['auto-ami'] },
  { source: ['aws.ec2'], 'detail-type': ['AWS API Call via CloudTrail'] },
])('forwards %j', (pattern) => {
  template.hasResourceProperties('AWS::Events::Rule', { EventPattern: Match.objectLike(pattern) });
});

test('every rule goes in one hop to the hub, with role and dead letters', () => {
  expect(rules).toHaveLength(5);
  for (const { Targets } of rules)
    expect(Targets).toEqual([
      expect.objectContaining({
        Arn: {
          'Fn::Join': ['', ['arn:aws:events:us-east-1:', { Ref: 'AWS::AccountId' }, ':event-bus/default']],
        },
        RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^ForwardRole/), 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^DeadLettersQueue/), 'Arn'] } },
      }),
    ]);
});

test('its role may put events on the hub, and nothing else', () => {
  expect(statementsOf(template)).toMatchObject([
    {
      actions: ['events:PutEvents'],
      resources: ['arn:aws:events:us-east-1:<AWS::AccountId>:event-bus/default'],
    },
  ]);
});

test('its alarm tells the admins by a topic of that region: the road to the hub may be what is broken', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmActions: [{ Ref: Match.stringLikeRegexp('^Admins') }],
    AlarmDescription: Match.stringLikeRegexp('us-west-2 reaches the hub late.*#a-region-does-not-forward'),
  });
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'ops@example.org' });
});

test('without golden images of the account there is nothing to forward about them', () => {
  const without = spokeTemplate(aConfiguration({ baseImageParameters: [] }));
  without.resourceCountIs('AWS::Events::Rule', 4);
});
