import {
  CreateComponentCommand,
  DeleteComponentCommand,
  DeleteDistributionConfigurationCommand,
  DeleteImageRecipeCommand,
  DeleteInfrastructureConfigurationCommand,
  GetComponentCommand,
  GetDistributionConfigurationCommand,
  GetImageRecipeCommand,
  GetInfrastructureConfigurationCommand,
  UpdateDistributionConfigurationCommand,
  UpdateInfrastructureConfigurationCommand,
} from '@aws-sdk/client-imagebuilder';
import { expect, test } from 'vitest';
import { ACCOUNT, aParent, PROFILE, REGION } from './fakeSides.ts';
import {
  aBuildRequest,
  aComponent,
  aDistribution,
  anInfrastructure,
  aRecipe,
  aStandIn,
  DOCUMENT,
  startBuild,
  watchBuild,
} from './standIn.ts';

const BASE = `arn:aws:imagebuilder:${REGION}:${ACCOUNT}`;

test('names that differ only in case, spaces or underscores are one name in the ARN', async () => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  expect(await aComponent(imageBuilder, { name: 'My Tools_v2' })).toBe(
    `${BASE}:component/my-tools-v2/1.0.0/1`,
  );
  expect(await aComponent(imageBuilder, { name: 'my tools-V2', data: `${DOCUMENT}# changed` })).toBe(
    `${BASE}:component/my-tools-v2/1.0.0/2`,
  );
});

test('a component of the same version is a new build, unless nothing changed', async () => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  const first = await aComponent(imageBuilder);
  await expect(aComponent(imageBuilder)).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
    message: `The following resource 'Component' already exists: '${first}'.`,
    $metadata: { httpStatusCode: 400 },
  });
  const second = await aComponent(imageBuilder, { data: `${DOCUMENT}# changed` });
  expect([first, second].map((arn) => arn.split('/').at(-1))).toEqual(['1', '2']);
  const { component } = await imageBuilder.send(new GetComponentCommand({ componentBuildVersionArn: first }));
  expect(component?.data).toBe(DOCUMENT);
  const latest = await imageBuilder.send(
    new GetComponentCommand({ componentBuildVersionArn: `${BASE}:component/tools/x.x.x` }),
  );
  expect(latest.component?.arn).toBe(second);
  expect(latest.latestVersionReferences).toEqual({
    latestVersionArn: `${BASE}:component/tools/x.x.x`,
    latestMajorVersionArn: `${BASE}:component/tools/1.x.x`,
    latestMinorVersionArn: `${BASE}:component/tools/1.0.x`,
    latestPatchVersionArn: `${BASE}:component/tools/1.0.0`,
  });
});

test('a recipe version is made once and stays as it is', async () => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  const arn = await aRecipe(imageBuilder, {
    semanticVersion: '2023.12.20260727',
    tags: { template: 'python-ml' },
  });
  expect(arn).toBe(`${BASE}:image-recipe/python-ml/2023.12.20260727`);
  await expect(
    aRecipe(imageBuilder, { semanticVersion: '2023.12.20260727', description: 'other' }),
  ).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
    message: `The following resource 'ImageRecipe' already exists: '${arn}'.`,
  });
  const { imageRecipe } = await imageBuilder.send(new GetImageRecipeCommand({ imageRecipeArn: arn }));
  expect(imageRecipe).toMatchObject({
    name: 'python-ml',
    parentImage: aParent().imageId,
    platform: 'Linux',
    owner: ACCOUNT,
    tags: { template: 'python-ml' },
  });
  expect(imageRecipe?.description).toBeUndefined();
});

test.each([
  [['1.0.x'], '1.0.0'],
  [['1.0.0', '1.0.x'], '1.0.1'],
  [['1.0.4', '1.0.9', '1.0.x'], '1.0.10'],
  [['1.3.7', '1.x.x'], '1.4.0'],
  [['x.x.x'], '1.0.0'],
])('recipe versions %j end at %s', async (versions, last) => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  let arn = '';
  for (const semanticVersion of versions) arn = await aRecipe(imageBuilder, { semanticVersion });
  expect(arn.split('/').at(-1)).toBe(last);
});

test('what is used cannot be deleted', async () => {
  const { client } = await aStandIn({ timing: { timeScale: 0.05 } });
  const imageBuilder = client();
  const request = await aBuildRequest(imageBuilder);
  const distributionConfigurationArn = await aDistribution(imageBuilder);
  const component = new DeleteComponentCommand({
    componentBuildVersionArn: `${BASE}:component/tools/1.0.0/1`,
  });
  const infrastructure = new DeleteInfrastructureConfigurationCommand({
    infrastructureConfigurationArn: request.infrastructureConfigurationArn,
  });
  const distribution = new DeleteDistributionConfigurationCommand({ distributionConfigurationArn });
  const arn = await startBuild(imageBuilder, { ...request, distributionConfigurationArn });
  const dependency = {
    name: 'ResourceDependencyException',
    message: expect.stringMatching(
      /^Resource dependency error: The resource ARN '.*' has other resources depended on it\.$/,
    ),
  };
  await expect(imageBuilder.send(component)).rejects.toMatchObject(dependency);
  await expect(imageBuilder.send(infrastructure)).rejects.toMatchObject(dependency);
  await expect(imageBuilder.send(distribution)).rejects.toMatchObject(dependency);
  await watchBuild(imageBuilder, arn);
  await imageBuilder.send(new DeleteImageRecipeCommand({ imageRecipeArn: request.imageRecipeArn }));
  await imageBuilder.send(component);
  await imageBuilder.send(infrastructure);
  await imageBuilder.send(distribution);
  await expect(imageBuilder.send(component)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('configurations are replaced by an update, and running images keep what they started with', async () => {
  const { client } = await aStandIn({ timing: { timeScale: 0.05 } });
  const imageBuilder = client();
  const { imageRecipeArn } = await aBuildRequest(imageBuilder);
  const infrastructureConfigurationArn = await anInfrastructure(imageBuilder, {
    name: 'Changing',
    description: 'first',
    instanceTypes: ['m7i.large'],
    resourceTags: { team: 'research' },
  });
  const arn = await startBuild(imageBuilder, { imageRecipeArn, infrastructureConfigurationArn });
  await imageBuilder.send(
    new UpdateInfrastructureConfigurationCommand({
      infrastructureConfigurationArn,
      instanceProfileName: PROFILE,
      instanceTypes: ['m7i.xlarge'],
      terminateInstanceOnFailure: false,
    }),
  );
  const { infrastructureConfiguration } = await imageBuilder.send(
    new GetInfrastructureConfigurationCommand({ infrastructureConfigurationArn }),
  );
  expect(infrastructureConfiguration).toMatchObject({
    name: 'Changing',
    instanceTypes: ['m7i.xlarge'],
    terminateInstanceOnFailure: false,
  });
  expect(infrastructureConfiguration?.description).toBeUndefined();
  expect(infrastructureConfiguration?.dateUpdated).toBeDefined();
  const { image } = await watchBuild(imageBuilder, arn);
  expect(image.infrastructureConfiguration?.instanceTypes).toEqual(['m7i.large']);
});

test('a distribution configuration is replaced by an update', async () => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  const distributionConfigurationArn = await aDistribution(imageBuilder, { description: 'first' });
  const distributions = [
    { region: 'eu-west-1', amiDistributionConfiguration: { name: 'other {{ imagebuilder:buildDate }}' } },
  ];
  await imageBuilder.send(
    new UpdateDistributionConfigurationCommand({ distributionConfigurationArn, distributions }),
  );
  const { distributionConfiguration } = await imageBuilder.send(
    new GetDistributionConfigurationCommand({ distributionConfigurationArn }),
  );
  expect(distributionConfiguration).toMatchObject({ name: 'everywhere', distributions, timeoutMinutes: 720 });
  expect(distributionConfiguration?.description).toBeUndefined();
});

test('a dry run checks everything, makes nothing, and says so by an error', async () => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  const dry = {
    name: 'Dry',
    semanticVersion: '1.0.0',
    platform: 'Linux',
    data: DOCUMENT,
    dryRun: true,
  } as const;
  await expect(imageBuilder.send(new CreateComponentCommand(dry))).rejects.toMatchObject({
    name: 'DryRunOperationException',
    $metadata: { httpStatusCode: 412 },
  });
  expect(await aComponent(imageBuilder, { name: 'Dry' })).toContain('/dry/1.0.0/1');
});
