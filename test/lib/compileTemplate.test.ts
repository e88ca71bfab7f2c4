import { Match } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfiguration } from '../../lib/configuration/readConfiguration.ts';
import { LONGEST_BUILD } from '../../src/core/policy/keys/buildKeys.ts';
import { HOUR, SECOND } from '../../src/core/words.ts';
import { hubTemplate } from './support/deployment.ts';
import { actionsOf, resourcesOf, statementsOf } from './support/statements.ts';

const template = hubTemplate();
const definition = readFileSync(
  new URL('../../state-machines/compile-template.asl.json', import.meta.url),
  'utf8',
);

const machine = Object.values(resourcesOf(template)).find(
  ({ Type }) => Type === 'AWS::StepFunctions::StateMachine',
);

test('the definition is in the template, whole', () => {
  expect(machine?.Properties['DefinitionString']).toBe(definition);
});

test('every placeholder is substituted, and nothing else is', () => {
  const placeholders = [...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
  expect(Object.keys(machine?.Properties['DefinitionSubstitutions'] ?? {}).sort()).toEqual(
    [...new Set(placeholders)].sort(),
  );
});

test.each([
  ['eu-west-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('its integrations in %s are those of the partition %s', (homeRegion, partition) => {
  const resources = [...definition.matchAll(/"Resource":\s*"([^"]+)"/g)].map(([, resource]) => resource);
  expect(resources.length).toBeGreaterThan(0);
  for (const resource of resources) expect(resource).toMatch(/^arn:\$\{Partition\}:states:::/);
  hubTemplate(readConfiguration(`homeRegion: ${homeRegion}`, 'c.yaml')).hasResourceProperties(
    'AWS::StepFunctions::StateMachine',
    { DefinitionSubstitutions: Match.objectLike({ Partition: partition }) },
  );
});

/** `arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken` asks for `dynamodb:UpdateItem`. */
function actionOf(resource: string): string {
  const [, service = '', call = ''] = /:::(?:aws-sdk:)?(\w+):(\w+)/.exec(resource) ?? [];
  return service === 'lambda'
    ? 'lambda:InvokeFunction'
    : `${service}:${call.charAt(0).toUpperCase()}${call.slice(1)}`;
}

test('its role may do what its states do, and no more', () => {
  const called = [...definition.matchAll(/"Resource":\s*"([^"]+)"/g)].map(([, resource]) =>
    actionOf(resource ?? ''),
  );
  const allowed = actionsOf(template, 'CompileTemplateRole').filter(
    (action) => !/^(logs|xray):/.test(action),
  );
  expect(called.length).toBeGreaterThan(0);
  expect(allowed).toEqual([...new Set(called)].sort());
});

test('it writes region builds only', () => {
  expect(
    statementsOf(template).filter(
      ({ policy, actions }) =>
        policy.startsWith('CompileTemplateRole') && actions.includes('dynamodb:UpdateItem'),
    ),
  ).toMatchObject([
    {
      resources: ['<StateTable962DE04C.Arn>'],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['REGION_BUILD#*'] } },
    },
  ]);
});

test('it waits for an image longer than the policy may let one be built', () => {
  const { States } = JSON.parse(definition) as { States: Record<string, { TimeoutSeconds?: number }> };
  expect((States['AwaitImage']?.TimeoutSeconds ?? 0) * SECOND).toBeGreaterThanOrEqual(LONGEST_BUILD + HOUR);
});

test('it is logged and traced, without the tokens that its data carries', () => {
  template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
    LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    TracingConfiguration: { Enabled: true },
  });
});

test('builds that fail raise an alarm', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/States',
    MetricName: 'ExecutionsFailed',
    AlarmDescription: Match.stringLikeRegexp('#builds-fail$'),
  });
});

test.each([
  ['StepsCheckBudgetRole', []],
  ['StepsRecordImageRole', ['imagebuilder:GetImage', 'imagebuilder:ListImagePackages']],
  [
    'StepsPublishImageRole',
    ['ec2:DescribeImages', 'ec2:DisableImageDeprecation', 'ssm:GetParameter', 'ssm:PutParameter'],
  ],
])('%s: besides the table %j', (role, actions) => {
  expect(actionsOf(template, role).filter((action) => !/^(logs|xray|dynamodb):/.test(action))).toEqual(
    actions,
  );
});
