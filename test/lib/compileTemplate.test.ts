import { Match } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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
  ['StepsPublishImageRole', ['ec2:DescribeImages', 'ssm:GetParameter', 'ssm:PutParameter']],
])('%s: besides the table %j', (role, actions) => {
  expect(actionsOf(template, role).filter((action) => !/^(logs|xray|dynamodb):/.test(action))).toEqual(
    actions,
  );
});
