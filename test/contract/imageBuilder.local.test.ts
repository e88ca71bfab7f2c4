import { RegisterImageCommand } from '@aws-sdk/client-ec2';
import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand } from '@aws-sdk/client-iam';
import {
  CreateImageRecipeCommand,
  GetDistributionConfigurationCommand,
  GetImageCommand,
  GetImageRecipeCommand,
  GetInfrastructureConfigurationCommand,
  ImagebuilderClient,
  ListComponentsCommand,
  ListImageRecipesCommand,
} from '@aws-sdk/client-imagebuilder';
import { STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ImageBuilderAccess } from '../../lib/imageBuilderAccess.ts';
import { startImageBuilder } from '../../local/image-builder/startImageBuilder.ts';
import type { ImageBuilder as StandIn } from '../../local/image-builder/startImageBuilder.ts';
import { callerAccount } from '../../src/aws/account.ts';
import { awsImageBuilder } from '../../src/aws/imageBuilder.ts';
import { TAGS } from '../../src/contract.ts';
import { aFunction, inAStack } from '../lib/support/deployment.ts';
import { statementsOf } from '../lib/support/statements.ts';
import { anAccount, aRole, aSession, clients, type Credentials } from '../local/aws/clients.ts';
import { grantedStatements } from './grantedStatements.ts';
import { aSpec, imageBuilderContract, REGION, type ImageBuilderWorld } from './imageBuilder.ts';
import { counted, localClients } from './localAws.ts';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startImageBuilder({ endpoint: inject('localAws').endpoint, timing: { timeScale: 0.2 } });
});
afterAll(() => standIn.stop());

/** Everything the stacks let functions do with Image Builder, and nothing else. */
const STATEMENTS = statementsOf(
  inAStack((stack, house) => {
    const access = new ImageBuilderAccess(stack, 'ImageBuilder', { regions: [REGION] });
    const fn = aFunction(stack, house);
    access.grantStart(fn);
    access.grantCancel(fn);
    access.grantTidy(fn);
    access.grantListPackages(fn);
    access.grantRemove(fn);
  }),
).filter(({ actions }) => /^(imagebuilder|iam|ec2):/.test(actions[0] ?? ''));

interface LocalWorld extends ImageBuilderWorld {
  readonly root: Credentials;
  readonly calls: string[];
  readonly anImage: (name: string) => Promise<string>;
}

const INSTANCE_PROFILE = 'builder';

async function aWorld(): Promise<LocalWorld> {
  const { id, root } = anAccount();
  const { ec2, iam } = clients(root, REGION);
  const anImage = async (Name: string) => {
    const { ImageId = '' } = await ec2.send(
      new RegisterImageCommand({ Name, Architecture: 'x86_64', RootDeviceName: '/dev/xvda' }),
    );
    return ImageId;
  };
  const roleArn = await aRole(root, 'instances', [{ Action: 'ssm:*', Resource: '*' }]);
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: INSTANCE_PROFILE }));
  await iam.send(
    new AddRoleToInstanceProfileCommand({ InstanceProfileName: INSTANCE_PROFILE, RoleName: 'instances' }),
  );
  const session = await aSession(
    root,
    'start-image',
    grantedStatements(STATEMENTS, {
      'AWS::AccountId': id,
      ImageBuilderInstanceRole: roleArn,
      ImageBuilderInstanceProfile: `arn:aws:iam::${id}:instance-profile/${INSTANCE_PROFILE}`,
    }),
  );
  const calls: string[] = [];
  return {
    root,
    calls,
    anImage,
    baseImage: await anImage('al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64'),
    instanceProfileName: INSTANCE_PROFILE,
    imageBuilder: awsImageBuilder({
      imageBuilder: counted(localClients(ImagebuilderClient, session, standIn.url), calls),
      account: callerAccount(counted(localClients(STSClient, session), calls)),
    }),
    finish: async () => undefined,
    collapse: async () => undefined,
    async failWith(reason) {
      standIn.faults.add({
        match: { tags: { [TAGS.TEMPLATE]: 'python-ml' }, count: 1 },
        fault: { failAt: 'BUILDING', reason },
      });
    },
    loseAnswer: () =>
      void standIn.faults.add({ match: { operation: 'CreateImage' }, fault: { loseAnswer: true } }),
    anotherBase: () => anImage('al2023-ami-2023.12.20260803.0-kernel-6.1-x86_64'),
    async made() {
      const client = localClients(ImagebuilderClient, root, standIn.url)(REGION);
      const { imageRecipeSummaryList = [] } = await client.send(new ListImageRecipesCommand({}));
      const { componentVersionList = [] } = await client.send(new ListComponentsCommand({ owner: 'Self' }));
      return {
        recipes: imageRecipeSummaryList.map(({ arn = '' }) => arn),
        components: componentVersionList.map(({ arn = '' }) => arn),
      };
    },
  };
}

imageBuilderContract(aWorld);

/** Commands in the order in which they were sent, without region and suffix. */
const commands = (calls: readonly string[]) => calls.map((call) => call.replace(/^\S+ (\w+)Command$/, '$1'));

test('a first image takes one call for each thing it needs', async () => {
  const { imageBuilder, calls, ...world } = await aWorld();
  await imageBuilder.start(REGION, aSpec(world));
  expect(commands(calls)).toEqual([
    'CreateComponent',
    'CreateImageRecipe',
    'CreateInfrastructureConfiguration',
    'CreateDistributionConfiguration',
    'CreateImage',
  ]);
});

test('a new base image of the same template takes its components as they are', async () => {
  const { imageBuilder, calls, anImage, ...world } = await aWorld();
  await imageBuilder.start(REGION, aSpec(world));
  calls.length = 0;
  const baseImage = await anImage('al2023-ami-2023.12.20260803.0-kernel-6.1-x86_64');
  const { imageArn } = await imageBuilder.start(REGION, aSpec(world, { baseImage, attempt: 2 }));
  expect(commands(calls)).toEqual([
    'CreateComponent',
    'GetCallerIdentity',
    'CreateImageRecipe',
    'CreateInfrastructureConfiguration',
    'CreateDistributionConfiguration',
    'CreateImage',
  ]);
  expect(imageArn).toMatch(/\/1$/);
});

test('what is made is what was specified, tags included', async () => {
  const { imageBuilder, root, ...world } = await aWorld();
  const spec = aSpec(world, { mandatoryTags: { 'cost-center': '4711' } });
  const { imageArn } = await imageBuilder.start(REGION, spec);
  const client = localClients(ImagebuilderClient, root, standIn.url)(REGION);
  const { image } = await client.send(new GetImageCommand({ imageBuildVersionArn: imageArn }));
  expect(image).toMatchObject({
    imageRecipe: {
      parentImage: world.baseImage,
      blockDeviceMappings: spec.recipe.blockDeviceMappings,
      workingDirectory: '/tmp',
      components: [
        { componentArn: expect.stringMatching(/:component\/auto-ami-python-ml\/\d+\.\d+\.\d+$/) as string },
      ],
    },
    tags: { ...spec.image.tags, [TAGS.REGION_BUILD]: 'python-ml-us-east-1-x86_64-1', 'cost-center': '4711' },
  });
  const infrastructure = await client.send(
    new GetInfrastructureConfigurationCommand({
      infrastructureConfigurationArn: image?.infrastructureConfiguration?.arn,
    }),
  );
  expect(infrastructure.infrastructureConfiguration).toMatchObject({
    ...spec.infrastructure,
    resourceTags: spec.infrastructure.resourceTags,
  });
  const distribution = await client.send(
    new GetDistributionConfigurationCommand({
      distributionConfigurationArn: image?.distributionConfiguration?.arn,
    }),
  );
  expect(distribution.distributionConfiguration).toMatchObject(spec.distribution);
});

test('where Image Builder knows the token with other values, the image of the attempt is found by its tags', async () => {
  const { imageBuilder, calls, ...world } = await aWorld();
  const { imageArn } = await imageBuilder.start(REGION, aSpec(world));
  const changed = aSpec(world, { mandatoryTags: { 'cost-center': '4711' } });
  await expect
    .poll(async () => (await imageBuilder.start(REGION, changed)).imageArn, { timeout: 10_000 })
    .toBe(imageArn);
  expect(commands(calls).at(-1)).toBe('ListImageBuildVersions');
});

test('a recipe that is there on another base image is not taken for ours', async () => {
  const { imageBuilder, anImage, ...world } = await aWorld();
  const spec = aSpec(world);
  await imageBuilder.start(REGION, spec);
  const parentImage = await anImage('another');
  const forged = { ...spec, recipe: { ...spec.recipe, parentImage } };
  await expect(imageBuilder.start(REGION, forged)).rejects.toThrow(`not on ${parentImage}`);
});

test('a component that needs a bucket is refused before anything is made', async () => {
  const { imageBuilder, calls, ...world } = await aWorld();
  const spec = aSpec(world);
  const components = spec.components.map((component) => ({ ...component, inline: false }));
  await expect(imageBuilder.start(REGION, { ...spec, components })).rejects.toMatchObject({
    name: 'ComponentTooLong',
  });
  expect(calls).toEqual([]);
});

test('an image that a recipe of somebody stands on stays, and so does its recipe', async () => {
  const { imageBuilder, root, made, ...world } = await aWorld();
  const { imageArn } = await imageBuilder.start(REGION, aSpec(world));
  const status = async () => (await imageBuilder.look(REGION, imageArn))?.status;
  await expect.poll(status, { timeout: 20_000 }).toBe('AVAILABLE');
  const [recipe = ''] = (await made()).recipes;
  const client = localClients(ImagebuilderClient, root, standIn.url)(REGION);
  const { imageRecipe } = await client.send(new GetImageRecipeCommand({ imageRecipeArn: recipe }));
  const { components } = imageRecipe ?? {};
  await client.send(
    new CreateImageRecipeCommand({
      name: 'lab',
      semanticVersion: '1.0.0',
      parentImage: imageArn,
      components,
    }),
  );
  await imageBuilder.remove(REGION, imageArn);
  expect(await status()).toBe('AVAILABLE');
  expect((await made()).recipes).toContain(recipe);
});

test.each(['ServiceQuotaExceededException', 'InvalidParameterValueException'] as const)(
  '%s leaves by its own name',
  async (name) => {
    const { imageBuilder, ...world } = await aWorld();
    const spec = aSpec(world, { slug: 'refused' });
    standIn.faults.add({
      match: { operation: 'CreateImage', tags: { [TAGS.TEMPLATE]: 'refused' } },
      fault: { answerWith: name, message: 'in its own words' },
    });
    await expect(imageBuilder.start(REGION, spec)).rejects.toMatchObject({
      name,
      message: 'in its own words',
    });
  },
);
