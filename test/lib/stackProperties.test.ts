import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aConfiguration, hubTemplate, spokeTemplate } from './support/deployment.ts';
import { inWords, resourcesOf, statementsOf } from './support/statements.ts';

/** What holds for everything in the stacks, whatever is added to them. */
const templates = { hub: hubTemplate(undefined, 'auto_ami_policy: {}'), spoke: spokeTemplate() };

const ofType = (template: (typeof templates)['hub'], type: string) =>
  Object.entries(resourcesOf(template)).filter(([, { Type }]) => Type === type);

describe.each(Object.entries(templates))('%s', (_, template) => {
  test('functions run on arm64 and Node 24, with a log group that forgets', () => {
    const logGroups = Object.fromEntries(ofType(template, 'AWS::Logs::LogGroup'));
    for (const [, { Properties }] of ofType(template, 'AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({ Architectures: ['arm64'], Runtime: 'nodejs24.x' });
      const { LogGroup } = Properties['LoggingConfig'] as { LogGroup: { Ref: string } };
      expect(logGroups[LogGroup.Ref]?.Properties['RetentionInDays']).toBe(30);
    }
  });

  test('whatever invokes a function without waiting has dead letters: the delivery, and the invocation', () => {
    const edges = ['AWS::Events::Rule', 'AWS::Scheduler::Schedule'].flatMap((type) => ofType(template, type));
    const asynchronous = new Set<string>();
    for (const [id, { Properties }] of edges) {
      const targets = (Properties['Targets'] ?? [Properties['Target']]) as {
        Arn: unknown;
        DeadLetterConfig?: unknown;
      }[];
      for (const target of targets) {
        expect(target.DeadLetterConfig, id).toBeDefined();
        asynchronous.add(inWords(target.Arn).replace(/^<(\w+)\.Arn>$/, '$1'));
      }
    }
    const destinations = ofType(template, 'AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => {
      expect(Properties['DestinationConfig']).toHaveProperty('OnFailure');
      return inWords(Properties['FunctionName']).replace(/[<>]/g, '');
    });
    const invoked = ofType(template, 'AWS::Lambda::Function').filter(([id]) => asynchronous.has(id));
    for (const [id] of invoked) expect(destinations, id).toContain(id);
  });

  test('event source mappings end in dead letters too', () => {
    const queues = Object.fromEntries(ofType(template, 'AWS::SQS::Queue'));
    for (const [, { Properties }] of ofType(template, 'AWS::Lambda::EventSourceMapping')) {
      const queue = queues[inWords(Properties['EventSourceArn']).replace(/^<(\w+)\.Arn>$/, '$1')];
      expect(queue?.Properties['RedrivePolicy'] ?? Properties['DestinationConfig']).toBeDefined();
    }
  });

  test('every queue of dead letters has an alarm; every other queue has dead letters', () => {
    const watched = JSON.stringify(ofType(template, 'AWS::CloudWatch::Alarm'));
    for (const [id, { Properties }] of ofType(template, 'AWS::SQS::Queue'))
      expect(Properties['RedrivePolicy'] !== undefined || watched.includes(`"${id}"`), id).toBe(true);
  });

  test('every alarm says the impact, names a section of the runbook, and tells the admins', () => {
    const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const anchors = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) =>
      (title ?? '')
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    const alarms = ofType(template, 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(0);
    for (const [id, { Properties }] of alarms) {
      const [, impact = '', anchor] =
        /^(.+\.) What to do: docs\/runbook\.md#(.+)$/.exec(inWords(Properties['AlarmDescription'])) ?? [];
      expect(impact.length, id).toBeGreaterThan(30);
      expect(anchors).toContain(anchor);
      expect(JSON.stringify(Properties['AlarmActions'])).toMatch(/[Aa]dmins/);
    }
  });

  test('queues are encrypted, and queues and topics refuse plain HTTP', () => {
    for (const [, { Properties }] of ofType(template, 'AWS::SQS::Queue'))
      expect(Properties['SqsManagedSseEnabled']).toBe(true);
    const secured = JSON.stringify(
      [...ofType(template, 'AWS::SQS::QueuePolicy'), ...ofType(template, 'AWS::SNS::TopicPolicy')].filter(
        ([, resource]) => JSON.stringify(resource).includes('"aws:SecureTransport":"false"'),
      ),
    );
    for (const type of ['AWS::SQS::Queue', 'AWS::SNS::Topic'])
      for (const [id] of ofType(template, type)) expect(secured).toContain(`"${id}"`);
  });

  test('roles trust services, and carry no managed policy but the two of the build instances', () => {
    for (const [id, { Properties }] of ofType(template, 'AWS::IAM::Role')) {
      expect(JSON.stringify(Properties['AssumeRolePolicyDocument']), id).toMatch(
        /"Service":"[a-z0-9]+\.amazonaws\.com"/,
      );
      if (!id.startsWith('ImageBuilderInstanceRole'))
        expect(Properties['ManagedPolicyArns'], id).toBeUndefined();
    }
  });

  test('no action is a wildcard, and "*" is a resource only of what knows no resources', () => {
    for (const { policy, actions, resources } of statementsOf(template)) {
      for (const action of actions) expect(action, policy).not.toContain('*');
      if (resources.includes('*'))
        for (const action of actions) expect(KNOWS_NO_RESOURCES, `${policy}: ${action}`).toContain(action);
    }
  });

  test('a wildcard within a resource is bounded by a name, an account or our regions', () => {
    for (const { policy, resources, conditions } of statementsOf(template))
      for (const resource of resources.filter((arn) => arn.includes('*') && arn !== '*')) {
        const named = resource.includes('<AWS::AccountId>') && /[:/][a-z$<][^*]*\*/.test(resource);
        const inOurRegions = conditions['StringEquals']?.['aws:RequestedRegion'] !== undefined;
        expect(named || inOurRegions, `${policy}: ${resource}`).toBe(true);
      }
  });
});

/** Service Authorization Reference: these cannot be given for one resource. */
const KNOWS_NO_RESOURCES = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'ec2:DescribeImages',
  'ec2:DescribeImageReferences',
  'ec2:DescribeImageUsageReports',
  'ec2:DescribeImageUsageReportEntries',
  'ec2:DescribeInstances',
  'ec2:DescribeLaunchTemplates',
  'ec2:DescribeLaunchTemplateVersions',
  'ssm:DescribeParameters',
  'imagebuilder:ListImageRecipes',
  'imagebuilder:ListContainerRecipes',
  'autoscaling:DescribeLaunchConfigurations',
  'autoscaling:DescribeAutoScalingGroups',
  'dynamodb:ListStreams',
  'pricing:GetProducts',
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

test('what the local AWS cannot have differs in plain HTTP and in nothing else', () => {
  const types = (template: (typeof templates)['hub']) =>
    Object.entries(resourcesOf(template))
      .filter(([, { Type }]) => !/QueuePolicy|TopicPolicy/.test(Type))
      .map(([id, { Type }]) => `${id} ${Type}`);
  expect(types(hubTemplate(aConfiguration({ local: true })))).toEqual(types(hubTemplate()));
});

test('alarms and metrics of a deployment in four regions stay within what CloudWatch gives for nothing', () => {
  const alarms =
    ofType(templates.hub, 'AWS::CloudWatch::Alarm').length +
    3 * ofType(templates.spoke, 'AWS::CloudWatch::Alarm').length;
  expect(alarms).toBeLessThanOrEqual(10);
});
