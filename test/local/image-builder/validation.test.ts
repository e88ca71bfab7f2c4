import {
  CreateComponentCommand,
  CreateDistributionConfigurationCommand,
  CreateImageRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  GetComponentCommand,
  GetImageCommand,
  GetImageRecipeCommand,
  ListComponentsCommand,
  ListImagesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
} from '@aws-sdk/client-imagebuilder';
import type { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, aParent, PROFILE, REGION } from './fakeSides.ts';
import { aBuildRequest, aComponent, aRecipe, aStandIn, DOCUMENT, startBuild } from './standIn.ts';

const BASE = `arn:aws:imagebuilder:${REGION}:${ACCOUNT}`;
const component = { name: 'Tools', semanticVersion: '1.0.0', platform: 'Linux', data: DOCUMENT } as const;
const recipe = { name: 'python-ml', semanticVersion: '1.0.0', parentImage: aParent().imageId } as const;
const infrastructure = { name: 'builders', instanceProfileName: PROFILE } as const;
const distribution = (
  ...distributions: ConstructorParameters<typeof CreateDistributionConfigurationCommand>[0]['distributions'] &
    object
) => ({
  name: 'everywhere',
  distributions,
});
const ami = { amiDistributionConfiguration: { name: 'x {{ imagebuilder:buildDate }}' } };

type Send = (client: ImagebuilderClient) => Promise<unknown>;
const sends = {
  component:
    (change: object): Send =>
    (client) =>
      client.send(new CreateComponentCommand({ ...component, ...change })),
  recipe:
    (change: object): Send =>
    (client) =>
      client.send(new CreateImageRecipeCommand({ ...recipe, ...change })),
  infrastructure:
    (change: object): Send =>
    (client) =>
      client.send(new CreateInfrastructureConfigurationCommand({ ...infrastructure, ...change })),
  distribution:
    (input: ReturnType<typeof distribution>): Send =>
    (client) =>
      client.send(new CreateDistributionConfigurationCommand(input)),
};

const tooManyTags = Object.fromEntries(Array.from({ length: 51 }, (_each, at) => [`key${at}`, '']));

describe('a bad value is refused with the sentence that names it', () => {
  test.each<[string, Send, string, string]>([
    ['component name', sends.component({ name: '?' }), 'InvalidParameterValueException', "parameter 'name'"],
    [
      'wildcard version of a component',
      sends.component({ semanticVersion: '1.0.x' }),
      'InvalidParameterValueException',
      String.raw`The value supplied for parameter 'semanticVersion' is not valid. semanticVersion must match pattern ^[0-9]+\.[0-9]+\.[0-9]+$`,
    ],
    [
      'version node',
      sends.component({ semanticVersion: '1.0.1073741824' }),
      'InvalidVersionNumberException',
      '1073741823',
    ],
    [
      'recipe version',
      sends.recipe({ semanticVersion: '1.x.3' }),
      'InvalidVersionNumberException',
      'wildcard',
    ],
    [
      'platform',
      sends.component({ platform: 'BeOS' }),
      'InvalidParameterValueException',
      'Windows, Linux, macOS',
    ],
    [
      'long document',
      sends.component({ data: 'x'.repeat(16_001) }),
      'InvalidParameterValueException',
      '16000',
    ],
    [
      'document and uri',
      sends.component({ uri: 's3://bucket/key' }),
      'InvalidParameterCombinationException',
      'both',
    ],
    [
      'no document',
      sends.component({ data: undefined }),
      'InvalidParameterCombinationException',
      'exactly one',
    ],
    [
      'uri',
      sends.component({ data: undefined, uri: 'bucket/key' }),
      'InvalidParameterValueException',
      's3://',
    ],
    [
      'no object',
      sends.component({ data: undefined, uri: 's3://bucket/key' }),
      'InvalidParameterValueException',
      's3://bucket/key',
    ],
    ['reserved tag', sends.component({ tags: { 'aws:x': 'y' } }), 'InvalidParameterValueException', 'tags'],
    ['tags', sends.component({ tags: tooManyTags }), 'InvalidParameterValueException', '50'],
    [
      'token',
      sends.component({ clientToken: 'x'.repeat(65) }),
      'InvalidParameterValueException',
      'clientToken',
    ],
    ['missing name', sends.component({ name: undefined }), 'InvalidRequestException', "'name'"],
    ['wrong type', sends.component({ name: 7 }), 'InvalidRequestException', 'string'],
    [
      'parent image',
      sends.recipe({ parentImage: 'ami-00000000000000000' }),
      'InvalidParameterValueException',
      'ami-00000000000000000',
    ],
    ['parent text', sends.recipe({ parentImage: 'ubuntu' }), 'InvalidParameterValueException', 'parentImage'],
    [
      'parent parameter',
      sends.recipe({ parentImage: 'ssm:/none' }),
      'InvalidParameterValueException',
      '/none',
    ],
    [
      'component ARN',
      sends.recipe({ components: [{ componentArn: 'tools' }] }),
      'InvalidParameterValueException',
      "'components[0].componentArn'",
    ],
    [
      'missing component',
      sends.recipe({ components: [{ componentArn: `${BASE}:component/none/1.0.0/1` }] }),
      'ResourceNotFoundException',
      'none/1.0.0/1',
    ],
    [
      'volume',
      sends.recipe({ blockDeviceMappings: [{ ebs: { volumeSize: 0 } }] }),
      'InvalidParameterValueException',
      'blockDeviceMappings[0].ebs.volumeSize',
    ],
    [
      'user data',
      sends.recipe({ additionalInstanceConfiguration: { userDataOverride: '###' } }),
      'InvalidParameterValueException',
      'userDataOverride',
    ],
    [
      'profile',
      sends.infrastructure({ instanceProfileName: 'none' }),
      'InvalidParameterValueException',
      "The value supplied for parameter 'instanceProfileName' is not valid. The provided instance profile does not exist. Please specify a different instance profile and try again.",
    ],
    [
      'topic',
      sends.infrastructure({ snsTopicArn: 'topic' }),
      'InvalidParameterValueException',
      'snsTopicArn',
    ],
    [
      'tokens',
      sends.infrastructure({ instanceMetadataOptions: { httpTokens: 'never' } }),
      'InvalidParameterValueException',
      'optional|required',
    ],
    [
      'distribution without output',
      sends.distribution(distribution({ region: REGION })),
      'InvalidParameterValueException',
      "The value supplied for parameter 'distributions[0]' is not valid. One or more outputs should be provided for each region in a distribution configuration.",
    ],
    [
      'region twice',
      sends.distribution(distribution({ region: REGION, ...ami }, { region: REGION, ...ami })),
      'InvalidParameterValueException',
      REGION,
    ],
    [
      'AMI name',
      sends.distribution(distribution({ region: REGION, amiDistributionConfiguration: { name: 'a/b' } })),
      'InvalidParameterValueException',
      'distributions[0].amiDistributionConfiguration.name',
    ],
    [
      'account',
      sends.distribution(
        distribution({ region: REGION, amiDistributionConfiguration: { targetAccountIds: ['1'] } }),
      ),
      'InvalidParameterValueException',
      'targetAccountIds[0]',
    ],
    [
      'page',
      (client) => client.send(new ListComponentsCommand({ maxResults: 26 })),
      'InvalidParameterValueException',
      '25',
    ],
    [
      'next token',
      (client) => client.send(new ListComponentsCommand({ nextToken: 'made-up' })),
      'InvalidPaginationTokenException',
      'token',
    ],
    [
      'filter',
      (client) => client.send(new ListComponentsCommand({ filters: [{ name: 'colour', values: ['red'] }] })),
      'InvalidParameterValueException',
      'colour',
    ],
    [
      'byName and version',
      (client) =>
        client.send(
          new ListImagesCommand({ byName: true, filters: [{ name: 'version', values: ['1.0.0'] }] }),
        ),
      'InvalidParameterCombinationException',
      'byName',
    ],
    [
      'tag target',
      (client) => client.send(new TagResourceCommand({ resourceArn: 'x', tags: { a: 'b' } })),
      'InvalidParameterException',
      'resourceArn',
    ],
    [
      'unknown tag target',
      (client) => client.send(new ListTagsForResourceCommand({ resourceArn: `${BASE}:image/none/1.0.0/1` })),
      'ResourceNotFoundException',
      'none',
    ],
    [
      'unknown component',
      (client) =>
        client.send(new GetComponentCommand({ componentBuildVersionArn: `${BASE}:component/none/x.x.x` })),
      'ResourceNotFoundException',
      'none',
    ],
    [
      'unknown recipe',
      (client) =>
        client.send(new GetImageRecipeCommand({ imageRecipeArn: `${BASE}:image-recipe/none/1.0.0` })),
      'ResourceNotFoundException',
      'none',
    ],
    [
      'unknown image',
      (client) => client.send(new GetImageCommand({ imageBuildVersionArn: `${BASE}:image/none/1.0.0/1` })),
      'ResourceNotFoundException',
      'none',
    ],
  ])('%s', async (_what, send, name, sentence) => {
    const { client } = await aStandIn();
    await expect(send(client())).rejects.toMatchObject({ name, message: expect.stringContaining(sentence) });
  });
});

const document = (steps: string): string =>
  `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${steps}`;
const step = (name: string, rest: string): string => `      - name: ${name}\n        ${rest}\n`;
const RUN = 'action: ExecuteBash\n        inputs:\n          commands: ["true"]';

describe('a component document is read when the component is made', () => {
  test.each([
    ['not YAML', 'a: [', 'not valid YAML'],
    ['a list', '- a', 'must be a mapping'],
    ['no schema version', 'phases: []', 'schemaVersion 1.0'],
    ['another schema version', 'schemaVersion: 2.0\nphases: []', 'schemaVersion 1.0'],
    ['no phases', 'schemaVersion: 1.0', 'phases must be a list'],
    [
      'an unknown phase',
      'schemaVersion: 1.0\nphases:\n  - name: deploy\n    steps: []',
      "phase 'deploy' is not supported",
    ],
    ['an unknown property', `${document(step('A', RUN))}extra: 1`, 'unknown properties: extra'],
    [
      'a step name with a space',
      document(step('Loading ssh keys', RUN)),
      "Invalid step name 'Loading ssh keys' in phase 'build'. Allowed characters are combinations of numbers [0-9], english letters [a-z,A-Z] and special characters [-_].",
    ],
    ['a step name twice', document(step('A', RUN) + step('A', RUN)), "'A' is not unique"],
    [
      'an unknown action',
      document(step('A', 'action: ExecuteMagic\n        inputs: {}')),
      "unsupported action 'ExecuteMagic'",
    ],
    ['no inputs', document(step('A', 'action: S3Download')), 'has no inputs'],
    [
      'no commands',
      document(step('A', 'action: ExecuteBash\n        inputs:\n          commands: []')),
      'commands',
    ],
    ['a timeout of zero', document(step('A', `timeoutSeconds: 0\n        ${RUN}`)), 'timeoutSeconds'],
    [
      'an unknown onFailure',
      document(step('A', `onFailure: Retry\n        ${RUN}`)),
      'Abort, Continue or Ignore',
    ],
  ])('%s', async (_what, data, sentence) => {
    const { client } = await aStandIn();
    await expect(aComponent(client(), { data })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringMatching(/^The value supplied for parameter 'data' is not valid\. /),
    });
    await expect(aComponent(client(), { data })).rejects.toMatchObject({
      message: expect.stringContaining(sentence),
    });
  });

  test('its phases decide the type, its parameters can be given by a recipe', async () => {
    const { client } = await aStandIn();
    const imageBuilder = client();
    const testOnly = `schemaVersion: 1.0\nparameters:\n  - Depth:\n      type: String\n      default: "1"\nphases:\n  - name: test\n    steps:\n${step('A', RUN)}`;
    const componentArn = await aComponent(imageBuilder, { name: 'Check', data: testOnly });
    const { component: made } = await imageBuilder.send(
      new GetComponentCommand({ componentBuildVersionArn: componentArn }),
    );
    expect(made).toMatchObject({
      type: 'TEST',
      parameters: [{ name: 'Depth', type: 'String', defaultValue: ['1'] }],
    });
    const parameters = [{ name: 'S3BucketName', value: ['x'] }];
    await expect(aRecipe(imageBuilder, { components: [{ componentArn, parameters }] })).rejects.toMatchObject(
      {
        name: 'InvalidParameterCombinationException',
        message:
          "The value supplied for parameter 'components[0].parameters' is not valid. The following parameters are not defined in the provided component: S3BucketName",
      },
    );
    await aRecipe(imageBuilder, {
      components: [{ componentArn, parameters: [{ name: 'Depth', value: ['2'] }] }],
    });
  });

  test('a document in S3 may be longer than an inline one', async () => {
    const { client, aws } = await aStandIn();
    const imageBuilder = client();
    aws.objects.set('documents/long.yaml', `${DOCUMENT}# ${'x'.repeat(40_000)}`);
    aws.objects.set('documents/longer.yaml', `${DOCUMENT}# ${'x'.repeat(70_000)}`);
    const from = (key: string) => ({ ...component, data: undefined, uri: `s3://documents/${key}` });
    await imageBuilder.send(new CreateComponentCommand(from('long.yaml')));
    await expect(imageBuilder.send(new CreateComponentCommand(from('longer.yaml')))).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
      $metadata: { httpStatusCode: 402 },
    });
  });
});

describe('recipes', () => {
  test('take Amazon-owned components, each only once, of the same platform', async () => {
    const { client } = await aStandIn();
    const imageBuilder = client();
    const componentArn = `arn:aws:imagebuilder:${REGION}:aws:component/update-linux/x.x.x`;
    await aRecipe(imageBuilder, { components: [{ componentArn }] });
    await expect(
      aRecipe(imageBuilder, { semanticVersion: '2.0.0', components: [{ componentArn }, { componentArn }] }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining('only one time'),
    });
    const windows = await aComponent(imageBuilder, { name: 'Win', platform: 'Windows' });
    await expect(
      aRecipe(imageBuilder, { semanticVersion: '3.0.0', components: [{ componentArn: windows }] }),
    ).rejects.toMatchObject({ name: 'InvalidParameterCombinationException' });
  });

  test('take the AMI of an SSM parameter, and of an image', async () => {
    const { client, aws } = await aStandIn();
    const imageBuilder = client();
    aws.parameters.set('/golden/base', aParent().imageId);
    await aRecipe(imageBuilder, { name: 'from-parameter', parentImage: 'ssm:/golden/base' });
    const image = await startBuild(imageBuilder, await aBuildRequest(imageBuilder));
    await expect(aRecipe(imageBuilder, { name: 'from-image', parentImage: image })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });
});

describe('an image', () => {
  test.each<[string, object, string, string]>([
    ['no recipe', { imageRecipeArn: undefined }, 'InvalidParameterCombinationException', 'exactly one'],
    [
      'unknown recipe',
      { imageRecipeArn: `${BASE}:image-recipe/none/1.0.0` },
      'ResourceNotFoundException',
      'none/1.0.0',
    ],
    [
      'unknown infrastructure',
      { infrastructureConfigurationArn: `${BASE}:infrastructure-configuration/none` },
      'ResourceNotFoundException',
      'none',
    ],
    [
      'unknown distribution',
      { distributionConfigurationArn: `${BASE}:distribution-configuration/none` },
      'ResourceNotFoundException',
      'none',
    ],
    [
      'test timeout',
      { imageTestsConfiguration: { timeoutMinutes: 5 } },
      'InvalidParameterValueException',
      '60',
    ],
    [
      'own log group',
      { loggingConfiguration: { logGroupName: '/mine' } },
      'InvalidParameterCombinationException',
      'execution role',
    ],
    [
      'workflows without role',
      {
        workflows: [{ workflowArn: `arn:aws:imagebuilder:${REGION}:aws:workflow/build/build-image/1.0.0/1` }],
      },
      'InvalidParameterCombinationException',
      'execution role',
    ],
    [
      'container recipe',
      { imageRecipeArn: undefined, containerRecipeArn: `${BASE}:container-recipe/x/1.0.0` },
      'InvalidRequestException',
      'container',
    ],
  ])('%s', async (_what, change, name, sentence) => {
    const { client } = await aStandIn();
    const imageBuilder = client();
    const request = { ...(await aBuildRequest(imageBuilder)), ...change };
    await expect(startBuild(imageBuilder, request)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(sentence),
    });
  });
});
