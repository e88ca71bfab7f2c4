import { expect, test } from 'vitest';
import { hubTemplate } from './support/deployment.ts';
import { actionsOf } from './support/statements.ts';

const template = hubTemplate();

/** What a role may do besides logs, traces, dead letters and the table. */
const beyondTheTable = (role: string) =>
  actionsOf(template, role).filter((action) => !/^(logs|xray|sqs|dynamodb):/.test(action));

test.each([
  [
    'request-builds',
    {
      source: ['auto-ami'],
      'detail-type': [
        'Base Image Updated',
        'Base Image Assessed',
        'Template Changed',
        'Policy Changed',
        'Package Epoch Raised',
      ],
    },
  ],
  ['request-builds', { source: ['auto-ami'], 'detail-type': ['Template Launched'] }],
  [
    'request-builds',
    {
      source: ['aws.ec2'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['ec2.amazonaws.com'],
        eventName: ['RunInstances'],
        errorCode: [{ exists: false }],
        requestParameters: { tagSpecificationSet: { items: { tags: { key: ['auto-ami:template'] } } } },
      },
    },
  ],
  ['start-execution', { source: ['auto-ami'], 'detail-type': ['Build Queued'] }],
  ['resume-build', { source: ['auto-ami'], 'detail-type': ['Image Awaited'] }],
  [
    'resume-build',
    {
      source: ['auto-ami'],
      'detail-type': ['Build Finished'],
      detail: { status: ['failed', 'cancelled', 'refused'] },
    },
  ],
  [
    'resume-build',
    {
      source: ['aws.imagebuilder'],
      'detail-type': ['EC2 Image Builder Image State Change'],
      resources: [
        {
          wildcard: {
            'Fn::Join': ['', ['arn:aws:imagebuilder:*:', { Ref: 'AWS::AccountId' }, ':image/auto-ami-*']],
          },
        },
      ],
    },
  ],
])('%s follows %j', (_, pattern) => {
  template.hasResourceProperties('AWS::Events::Rule', { EventPattern: pattern });
});

test('the slow tick comes every ten minutes', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    Description: 'Looks for what events missed',
    ScheduleExpression: 'rate(10 minutes)',
  });
});

test('our own images are checked daily', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    Description: 'Looks for holes in the packages of our own images',
    ScheduleExpression: 'rate(1440 minutes)',
  });
});

test('AMIs that gave way to others are looked at daily', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    Description: 'Takes AMIs that gave way to others out of use',
    ScheduleExpression: 'rate(1440 minutes)',
  });
});

test.each([
  ['RequestBuildsFunctionRole', []],
  ['BuildStarterStartExecutionRole', ['states:DescribeExecution', 'states:StartExecution']],
  [
    'ImageWatcherResumeBuildRole',
    ['imagebuilder:GetImage', 'states:SendTaskFailure', 'states:SendTaskSuccess'],
  ],
  [
    'ReconcilerReconcileRole',
    [
      'ec2:DescribeImages',
      'ec2:DisableImageDeprecation',
      'imagebuilder:CancelImageCreation',
      'imagebuilder:DeleteDistributionConfiguration',
      'imagebuilder:DeleteInfrastructureConfiguration',
      'imagebuilder:GetImage',
      'imagebuilder:ListImagePackages',
      'ssm:GetParameter',
      'ssm:GetParameters',
      'ssm:PutParameter',
      'states:DescribeExecution',
      'states:PublishStateMachineVersion',
      'states:SendTaskFailure',
      'states:SendTaskSuccess',
      'states:StartExecution',
      'states:StopExecution',
    ],
  ],
  ['PackagesCheckPackagesRole', ['imagebuilder:ListImagePackages']],
  ['NotificationsNotifyRole', ['sns:Publish']],
  [
    'ControlApiFunctionRole',
    [
      'ec2:DescribeImages',
      'ec2:DescribeInstances',
      'ec2:DisableImageDeprecation',
      'imagebuilder:CancelImageCreation',
      'imagebuilder:GetImage',
      'lambda:InvokeFunction',
      'pricing:GetProducts',
      'ssm:GetParameter',
      'ssm:PutParameter',
      'states:SendTaskFailure',
      'states:SendTaskSuccess',
    ],
  ],
])('%s may, besides the table, do %j', (role, actions) => {
  expect(beyondTheTable(role)).toEqual(actions);
});

test('start-execution only reads the table', () => {
  expect(
    actionsOf(template, 'BuildStarterStartExecutionRole').filter((action) => action.startsWith('dynamodb:')),
  ).toEqual(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query']);
});
