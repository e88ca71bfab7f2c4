import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { EVENTS, HINTS } from '../../src/contract.ts';
import { AUDIENCES } from '../../src/core/words.ts';
import { aConfiguration, hubTemplate } from './support/deployment.ts';
import { statementsOf } from './support/statements.ts';

const recipients = {
  admins: [{ email: 'ops@example.org', templates: [] }],
  students: [{ email: 'lab@example.org', templates: ['python-ml', 'r-stats'] }],
};
const template = hubTemplate(aConfiguration({ recipients }));

test('a topic for each audience', () => {
  template.resourceCountIs('AWS::SNS::Topic', AUDIENCES.length);
});

test('recipients are written to by email, about their templates if they named some', () => {
  template.hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: 'ops@example.org',
    FilterPolicy: Match.absent(),
  });
  template.hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: 'lab@example.org',
    FilterPolicy: { template: ['python-ml', 'r-stats'] },
  });
});

test('notify hears of what somebody is told, knows the topics, and may publish to them alone', () => {
  const untold: readonly string[] = [EVENTS.BASE_IMAGE_UPDATED, EVENTS.BUILD_STARTED];
  const told = Object.values(EVENTS).filter((event) => !untold.includes(event));
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['auto-ami'],
      'detail-type': [...told, HINTS.UPDATE_ASSESSED, HINTS.POLICY_CHANGED],
    },
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ AUTO_AMI_TOPIC_ARNS: Match.anyValue() }) },
  });
  const publishing = statementsOf(template).filter(({ actions }) => actions.includes('sns:Publish'));
  expect(publishing).toHaveLength(1);
  expect(publishing[0]?.resources.map((resource) => resource.replace(/[0-9A-F]{8}>$/, '>'))).toEqual([
    '<Audiencesadmins>',
    '<Audiencesinstructors>',
    '<Audiencesresearchers>',
    '<Audiencesstudents>',
  ]);
});
