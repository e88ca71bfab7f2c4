import { expect, test } from 'vitest';
import { OurAmis } from '../../lib/ourAmis.ts';
import { aFunction, hubTemplate, inAStack } from './support/deployment.ts';
import { actionsOf, statementsOf } from './support/statements.ts';

const GRANTS = ['grantOffer', 'grantRetire', 'grantFindInstances', 'grantFindUsers'] as const;
const REGIONS = ['us-east-1', 'eu-west-1'];

const granted = (grant: (typeof GRANTS)[number]) =>
  statementsOf(
    inAStack((stack, house) => new OurAmis({ regions: REGIONS })[grant](aFunction(stack, house))),
  ).filter(({ actions }) => /^(ec2|autoscaling|ssm|imagebuilder):/.test(actions[0] ?? ''));

test.each(GRANTS)('%s: in the regions built in', (grant) => {
  expect(granted(grant).length).toBeGreaterThan(0);
  for (const { conditions } of granted(grant))
    expect(conditions).toMatchObject({ StringEquals: { 'aws:RequestedRegion': REGIONS } });
});

test.each(GRANTS)('%s: what changes an image, or reports on one, needs our tag on it', (grant) => {
  const statements = granted(grant);
  const onImages = statements.filter(({ resources }) => resources.includes('arn:aws:ec2:*::image/*'));
  for (const { resources, conditions } of onImages) {
    expect(resources).toEqual(['arn:aws:ec2:*::image/*']);
    expect(conditions).toMatchObject({ StringLike: { 'aws:ResourceTag/auto-ami:template': '*' } });
  }
  const elsewhere = statements.filter((statement) => !onImages.includes(statement));
  for (const { actions } of elsewhere)
    for (const action of actions)
      expect(action).toMatch(/:(Describe|Get|List)|^ec2:DeleteSnapshot$|^ec2:CreateImageUsageReport$/);
});

test('a snapshot is deleted only if Image Builder made it', () => {
  expect(
    granted('grantRetire').filter(({ actions }) => actions.includes('ec2:DeleteSnapshot')),
  ).toMatchObject([
    {
      resources: ['arn:aws:ec2:*::snapshot/*'],
      conditions: { StringEquals: { 'aws:ResourceTag/CreatedBy': 'EC2 Image Builder' } },
    },
  ]);
});

test('instances, parameters and recipes are looked through by EC2 alone', () => {
  const looking = /^ec2:Describe(Instances|LaunchTemplates|LaunchTemplateVersions)$|^(ssm|imagebuilder):/;
  const statements = granted('grantFindUsers').filter(({ actions }) =>
    actions.some((action) => looking.test(action)),
  );
  expect(statements).toHaveLength(2);
  for (const { conditions } of statements)
    expect(conditions).toMatchObject({
      'ForAnyValue:StringEquals': { 'aws:CalledVia': ['ec2-images.amazonaws.com'] },
    });
});

test('one function alone removes anything', () => {
  const template = hubTemplate();
  const removing =
    /^ec2:(Delete|Deregister|DisableImage$)|^imagebuilder:Delete(Image|ImageRecipe|Component)$/;
  const roles = [...new Set(statementsOf(template).map(({ policy }) => policy))].filter((policy) =>
    actionsOf(template, policy).some((action) => removing.test(action)),
  );
  expect(roles).toEqual([expect.stringMatching(/^ImagesRetireImagesRole/)]);
});
