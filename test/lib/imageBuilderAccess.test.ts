import { expect, test } from 'vitest';
import { ImageBuilderAccess } from '../../lib/imageBuilderAccess.ts';
import { aFunction, inAStack } from './support/deployment.ts';
import { statementsOf } from './support/statements.ts';

const GRANTS = [
  'grantStart',
  'grantLook',
  'grantListPackages',
  'grantCancel',
  'grantTidy',
  'grantRemove',
] as const;

const granted = (grant: (typeof GRANTS)[number]) =>
  statementsOf(
    inAStack((stack, house) => {
      new ImageBuilderAccess(stack, 'ImageBuilder', { regions: ['us-east-1', 'eu-west-1'] })[grant](
        aFunction(stack, house),
      );
    }),
  ).filter(({ actions }) => /^(imagebuilder|iam|ec2):/.test(actions[0] ?? ''));

test('build instances have the two policies AWS names for them, in one profile for every region', () => {
  const template = inAStack((stack) => {
    new ImageBuilderAccess(stack, 'ImageBuilder', { regions: ['us-east-1'] });
  });
  template.resourceCountIs('AWS::IAM::InstanceProfile', 1);
  expect(JSON.stringify(template.findResources('AWS::IAM::Role'))).toMatch(
    /EC2InstanceProfileForImageBuilder.*AmazonSSMManagedInstanceCore/,
  );
});

test.each(GRANTS)('%s: resources of our name, in the regions built in', (grant) => {
  const ours = granted(grant).filter(({ actions }) => !/GetComponent|^iam:|^ec2:/.test(actions[0] ?? ''));
  expect(ours.length).toBeGreaterThan(0);
  for (const { actions, resources, conditions } of ours) {
    for (const resource of resources)
      expect(resource).toMatch(/^arn:aws:imagebuilder:\*:<AWS::AccountId>:[a-z-]+\/auto-ami-\*$/);
    const inOurRegions = { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } };
    // People make components as well, and may call them as we do: our tag tells.
    expect(conditions).toEqual(
      actions.includes('imagebuilder:DeleteComponent')
        ? { ...inOurRegions, StringLike: { 'aws:ResourceTag/auto-ami:template': '*' } }
        : inOurRegions,
    );
  }
});

test('what starts an image is whole: each action with those AWS checks with it', () => {
  expect([...new Set(granted('grantStart').flatMap(({ actions }) => actions))].sort()).toEqual([
    'ec2:DescribeImages',
    'iam:CreateServiceLinkedRole',
    'iam:GetInstanceProfile',
    'iam:PassRole',
    'imagebuilder:CreateComponent',
    'imagebuilder:CreateDistributionConfiguration',
    'imagebuilder:CreateImage',
    'imagebuilder:CreateImageRecipe',
    'imagebuilder:CreateInfrastructureConfiguration',
    'imagebuilder:GetComponent',
    'imagebuilder:GetDistributionConfiguration',
    'imagebuilder:GetImage',
    'imagebuilder:GetImageRecipe',
    'imagebuilder:GetInfrastructureConfiguration',
    'imagebuilder:ListImageBuildVersions',
    'imagebuilder:TagResource',
  ]);
});

test('the one role that may be passed is that of the build instances, to EC2', () => {
  expect(granted('grantStart').filter(({ actions }) => actions.includes('iam:PassRole'))).toMatchObject([
    {
      resources: [expect.stringMatching(/^<ImageBuilderInstanceRole\w+\.Arn>$/)],
      conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    },
  ]);
});

test('the one service-linked role that may be created is that of Image Builder', () => {
  expect(
    granted('grantStart').filter(({ actions }) => actions.includes('iam:CreateServiceLinkedRole')),
  ).toMatchObject([
    {
      resources: [
        'arn:aws:iam::<AWS::AccountId>:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder',
      ],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'imagebuilder.amazonaws.com' } },
    },
  ]);
});
