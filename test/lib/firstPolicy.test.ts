import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { hubTemplate } from './support/deployment.ts';
import { inWords, resourcesOf, statementsOf } from './support/statements.ts';

const settingsOf = (template: ReturnType<typeof hubTemplate>): string =>
  inWords(
    (
      Object.values(resourcesOf(template)).find(({ Type }) => Type === 'AWS::Lambda::Function')?.Properties[
        'Environment'
      ] as { Variables: Record<string, unknown> }
    ).Variables['AUTO_AMI_SETTINGS'],
  );

test('without a policy file there is no parameter: the built-in policy observes until someone applies one', () => {
  const template = hubTemplate();
  template.resourceCountIs('AWS::SSM::Parameter', 0);
  expect(settingsOf(template)).not.toContain('firstPolicyParameter');
});

test('a policy file becomes a parameter that reconcile and the control API read while the table has no policy', () => {
  const template = hubTemplate(undefined, 'auto_ami_policy: {}');
  template.hasResourceProperties('AWS::SSM::Parameter', { Value: 'auto_ami_policy: {}', Tier: 'Standard' });
  expect(settingsOf(template)).toMatch(/"firstPolicyParameter":"<FirstPolicyParameter\w+>"/);
  expect(
    statementsOf(template)
      .filter(({ resources }) => resources.some((resource) => resource.includes('FirstPolicy')))
      .map(({ policy, actions }) => [policy.replace(/Role.*$/, ''), actions]),
  ).toEqual([
    ['ReconcilerReconcile', ['ssm:GetParameter']],
    ['ControlApiFunction', ['ssm:GetParameter']],
  ]);
});

test('a long one takes the tier that has room for it', () => {
  hubTemplate(undefined, `# ${'ü'.repeat(3_000)}`).hasResourceProperties('AWS::SSM::Parameter', {
    Tier: 'Advanced',
    Value: Match.stringLikeRegexp('ü'),
  });
});
