import { expect, test } from 'vitest';
import { deploymentSettingsSchema } from '../../src/settings.ts';
import { OUTPUTS } from '../../src/contract.ts';
import { FUNCTION_NAMES } from '../../lib/functionNames.ts';
import { aConfiguration, hubTemplate, theStacks } from './support/deployment.ts';
import { inWords, resourcesOf } from './support/statements.ts';

const template = hubTemplate();
const functions = Object.values(resourcesOf(template)).filter(({ Type }) => Type === 'AWS::Lambda::Function');

test('every function there is, once', () => {
  expect(functions.map(({ Properties }) => Properties['Handler']).sort()).toEqual(
    FUNCTION_NAMES.map((name) => `${name}.handler`).sort(),
  );
});

test('each knows the deployment as the functions read it', () => {
  for (const { Properties } of functions) {
    const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
    const settings = deploymentSettingsSchema.parse(JSON.parse(inWords(Variables['AUTO_AMI_SETTINGS'])));
    expect(settings).toMatchObject({
      homeRegion: 'us-east-1',
      regions: [{ name: 'us-east-1' }, { name: 'us-west-2' }],
      instanceProfileName: expect.stringMatching(/^<ImageBuilderInstanceProfile/),
      amiParameter: '/auto-ami/templates/{template}/{architecture}/ami-id',
      enhancedImageMetadata: true,
      scanIntervalMinutes: 15,
    });
  }
});

test('cws finds what it needs in the outputs', () => {
  expect(Object.keys(template.findOutputs('*'))).toEqual(
    expect.arrayContaining([
      ...Object.values(OUTPUTS),
      'ViewerPolicyArn',
      'OperatorPolicyArn',
      'ApproverPolicyArn',
    ]),
  );
});

test('names, account and tags come from the configuration', () => {
  const { hub, spokes } = theStacks(
    aConfiguration({ name: 'Images', account: '111122223333', mandatoryTags: { CostCentre: '42' } }),
  );
  expect([hub.stackName, ...spokes.map(({ stackName }) => stackName)]).toEqual([
    'ImagesHub',
    'ImagesSpoke-us-west-2',
  ]);
  expect([hub.account, hub.region]).toEqual(['111122223333', 'us-east-1']);
  expect(hub.tags.tagValues()).toEqual({ CostCentre: '42' });
});

test('a home region that builds nothing still has the hub', () => {
  const { hub, spokes } = theStacks(aConfiguration({ homeRegion: 'eu-west-1' }));
  expect(hub.region).toBe('eu-west-1');
  expect(spokes.map(({ region }) => region)).toEqual(['us-east-1', 'us-west-2']);
});
