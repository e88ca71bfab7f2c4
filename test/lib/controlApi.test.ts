import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { ROLES, ROUTE_NAMES, ROUTES, type Role } from '../../src/api/routes.ts';
import { hubTemplate } from './support/deployment.ts';
import { statementsOf } from './support/statements.ts';

const template = hubTemplate();

describe('the API', () => {
  test('knows its callers: no route is open', () => {
    const routes = template.findResources('AWS::ApiGatewayV2::Route');
    expect(Object.values(routes)).toMatchObject(
      [...new Set(Object.values(ROUTES).map(({ method }) => method))].map((method) => ({
        Properties: { RouteKey: `${method} /{proxy+}`, AuthorizationType: 'AWS_IAM' },
      })),
    );
  });

  test('is logged, bounded, and serves without a stage in its path', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      AccessLogSettings: { Format: Match.stringLikeRegexp('userArn') },
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    });
  });

  test('can ask for a scan', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'control-api.handler',
      Environment: { Variables: Match.objectLike({ AUTO_AMI_CHECK_BASE_IMAGES_FUNCTION: Match.anyValue() }) },
    });
  });
});

test('the function may know prices, resume, cancel, publish and see instances, and nothing more of other services', () => {
  const actions = statementsOf(template)
    .filter(({ policy }) => policy.startsWith('ControlApiFunction'))
    .flatMap((statement) => statement.actions)
    .filter((action) => !/^(?:dynamodb|logs|xray):/.test(action));
  expect(actions.sort()).toMatchInlineSnapshot(`
    [
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
      "ec2:DisableImageDeprecation",
      "imagebuilder:CancelImageCreation",
      "imagebuilder:GetImage",
      "lambda:InvokeFunction",
      "pricing:GetProducts",
      "ssm:GetParameter",
      "ssm:PutParameter",
      "states:SendTaskFailure",
      "states:SendTaskSuccess",
    ]
  `);
});

describe('the three policies', () => {
  const patternsOf = (role: Role) =>
    statementsOf(template)
      .filter(
        ({ policy, actions }) => policy.startsWith(`Access${role}`) && actions.includes('execute-api:Invoke'),
      )
      .flatMap(({ resources }) => resources.map((resource) => resource.split('/$default/')[1] ?? ''));
  /** IAM's `*` takes slashes too. */
  const matches = (pattern: string, path: string) =>
    new RegExp(
      `^${pattern
        .split('*')
        .map((part) => part)
        .join('.*')}$`,
    ).test(path);
  const mayCall: Record<Role, readonly Role[]> = {
    viewer: ['viewer'],
    operator: ['viewer', 'operator'],
    approver: ['viewer', 'approver'],
  };

  test.each(ROLES.flatMap((role) => ROUTE_NAMES.map((name) => [role, name] as const)))(
    '%s and %s',
    (role, name) => {
      const { method, path, who } = ROUTES[name];
      const call = `${method}${path.replaceAll(/\{\w+\}/g, 'some-name')}`;
      expect(patternsOf(role).some((pattern) => matches(pattern, call))).toBe(mayCall[role].includes(who));
    },
  );

  test.each(ROLES)('%s finds the API by the outputs of this stack, and no other', (role) => {
    expect(
      statementsOf(template).filter(
        ({ policy, actions }) =>
          policy.startsWith(`Access${role}`) && actions[0] === 'cloudformation:DescribeStacks',
      ),
    ).toMatchObject([
      { resources: ['arn:aws:cloudformation:us-east-1:<AWS::AccountId>:stack/AutoAmiHub/*'] },
    ]);
  });

  test.each(ROLES)('the document of %s stays within what IAM takes', (role) => {
    const characters = JSON.stringify(
      statementsOf(template).filter(({ policy }) => policy.startsWith(`Access${role}`)),
    ).length;
    expect(characters).toBeLessThan(6_144);
  });
});
