import type { ComponentConfiguration } from '@aws-sdk/client-imagebuilder';
import { z } from 'zod';
import { findComponent } from '../resources/components.ts';
import { creating, onResource, other, passRole, roleArnOf, serviceLinkedRole } from './iamChecks.ts';
import { findImage, imagesAt, isRunning } from '../resources/images.ts';
import { arnOf, latestVersionReferences, parseArn } from '../resources/names.ts';
import { operation } from './operation.ts';
import type { Call } from './operation.ts';
import { findRecipe } from '../resources/recipes.ts';
import { invalidCombination, notFound, quotaExceeded, ServiceError } from '../wire/serviceError.ts';
import * as shape from './shapes.ts';
import type { IamCheck } from '../sides.ts';
import type { RegionStore, StoredImage } from '../resources/store.ts';

const createInput = z.object({
  imageRecipeArn: shape.imageRecipeArn.optional(),
  containerRecipeArn: shape.containerRecipeArn.optional(),
  distributionConfigurationArn: shape.distributionConfigurationArn.optional(),
  infrastructureConfigurationArn: shape.infrastructureConfigurationArn,
  imageTestsConfiguration: z
    .object({
      imageTestsEnabled: z.boolean().optional(),
      timeoutMinutes: z.int().min(60).max(1_440).optional(),
    })
    .optional(),
  enhancedImageMetadataEnabled: z.boolean().optional(),
  tags: shape.tags.optional(),
  clientToken: shape.clientToken,
  imageScanningConfiguration: z
    .object({
      imageScanningEnabled: z.boolean().optional(),
      ecrConfiguration: z
        .object({
          repositoryName: shape.nonEmpty.optional(),
          containerTags: z.array(shape.nonEmpty).optional(),
        })
        .optional(),
    })
    .optional(),
  workflows: z
    .array(
      z.object({
        workflowArn: shape.workflowArn,
        parameters: z
          .array(z.object({ name: z.string().min(1).max(128), value: z.array(z.string()) }))
          .min(1)
          .optional(),
        parallelGroup: z
          .string()
          .regex(/^[A-Za-z0-9][A-Za-z0-9-_+#]{0,99}$/)
          .optional(),
        onFailure: z.enum(['CONTINUE', 'ABORT']).optional(),
      }),
    )
    .optional(),
  executionRole: shape.roleNameOrArn.optional(),
  loggingConfiguration: z
    .object({
      logGroupName: z
        .string()
        .regex(/^[a-zA-Z0-9\-_/.]{1,512}$/)
        .optional(),
    })
    .optional(),
});
type CreateInput = z.infer<typeof createInput>;

const recipeArnOf = ({ imageRecipeArn, containerRecipeArn }: CreateInput): string => {
  if (imageRecipeArn !== undefined && containerRecipeArn === undefined) return imageRecipeArn;
  if (imageRecipeArn !== undefined || containerRecipeArn === undefined) {
    throw invalidCombination(
      'imageRecipeArn',
      'You must specify exactly one of imageRecipeArn and containerRecipeArn.',
    );
  }
  throw new ServiceError(
    'InvalidRequestException',
    'This stand-in builds AMIs only: container recipes are not supported.',
  );
};

/** The ARN of the next build of the recipe's version. */
function nextBuild(recipeArn: string, { store, place }: Call): string {
  const { name, version = '' } = parseArn(findRecipe(store, recipeArn)?.recipe.arn ?? recipeArn);
  const builds = imagesAt(store, arnOf(place, 'image', name, version));
  const last = builds.reduce((most, { image }) => Math.max(most, parseArn(image.arn).build ?? 0), 0);
  return arnOf(place, 'image', name, version, last + 1);
}

/** AWS asks for the read of everything the image is made from, with the tags of each. */
const readChecks = (input: CreateInput, { store }: Call): readonly IamCheck[] => [
  onResource('GetImageRecipe', recipeArnOf(input), findRecipe(store, recipeArnOf(input))?.recipe.tags),
  onResource(
    'GetInfrastructureConfiguration',
    input.infrastructureConfigurationArn,
    store.infrastructures.get(input.infrastructureConfigurationArn)?.configuration.tags,
  ),
  ...(input.distributionConfigurationArn === undefined
    ? []
    : [
        onResource(
          'GetDistributionConfiguration',
          input.distributionConfigurationArn,
          store.distributions.get(input.distributionConfigurationArn)?.configuration.tags,
        ),
      ]),
  ...(input.workflows ?? []).map(({ workflowArn }) => onResource('GetWorkflow', workflowArn)),
];

function checkRole({ workflows, executionRole, loggingConfiguration }: CreateInput): void {
  if (executionRole !== undefined) return;
  if (workflows !== undefined)
    throw invalidCombination('executionRole', 'You must provide an execution role if you specify workflows.');
  const group = loggingConfiguration?.logGroupName;
  if (group !== undefined && !group.startsWith('/aws/imagebuilder/')) {
    throw invalidCombination(
      'executionRole',
      'You must provide an execution role for a log group outside of /aws/imagebuilder/.',
    );
  }
}

/** The builds of our own components that the recipe means now. */
const componentsOf = (
  components: readonly ComponentConfiguration[],
  store: RegionStore,
): StoredImage['components'] =>
  components.flatMap(({ componentArn = '' }) => {
    const found = findComponent(store, componentArn);
    return found === undefined ? [] : [{ arn: found.component.arn, document: found.document }];
  });

export const createImage = operation({
  name: 'CreateImage',
  method: 'PUT',
  path: '/CreateImage',
  input: createInput,
  iam: (input, call) => [
    ...creating('CreateImage', nextBuild(recipeArnOf(input), call), input.tags),
    ...readChecks(input, call),
    serviceLinkedRole(call.place),
    ...(input.executionRole === undefined
      ? []
      : [passRole(roleArnOf(input.executionRole, call.place), 'imagebuilder.amazonaws.com')]),
    ...(input.imageScanningConfiguration?.imageScanningEnabled === true
      ? [other('inspector2:BatchGetAccountStatus')]
      : []),
  ],
  run(input, call) {
    const { store, place, settings } = call;
    const recipe = findRecipe(store, recipeArnOf(input))?.recipe;
    if (recipe === undefined) throw notFound(recipeArnOf(input));
    const infrastructure = store.infrastructures.get(input.infrastructureConfigurationArn)?.configuration;
    if (infrastructure === undefined) throw notFound(input.infrastructureConfigurationArn);
    const { distributionConfigurationArn } = input;
    const distribution =
      distributionConfigurationArn === undefined
        ? undefined
        : store.distributions.get(distributionConfigurationArn)?.configuration;
    if (distributionConfigurationArn !== undefined && distribution === undefined)
      throw notFound(distributionConfigurationArn);
    checkRole(input);
    const { concurrentBuilds } = settings.quotas;
    if ([...store.images.values()].filter(isRunning).length >= concurrentBuilds) {
      throw quotaExceeded('concurrent builds', concurrentBuilds);
    }
    const arn = nextBuild(recipe.arn, call);
    const { name, version = '', build = 1 } = parseArn(arn);
    const tags = input.tags ?? {};
    const createdAt = call.now();
    store.images.set(arn, {
      sequence: store.nextSequence(),
      createdAt,
      buildDate: store.nextBuildDate(createdAt),
      components: componentsOf(recipe.components, store),
      image: {
        arn,
        type: 'AMI',
        name: recipe.name,
        version: `${version}/${build}`,
        platform: recipe.platform,
        enhancedImageMetadataEnabled: input.enhancedImageMetadataEnabled ?? true,
        state: { status: 'PENDING' },
        imageRecipe: recipe,
        infrastructureConfiguration: infrastructure,
        distributionConfiguration: distribution,
        imageTestsConfiguration: {
          imageTestsEnabled: input.imageTestsConfiguration?.imageTestsEnabled ?? true,
          timeoutMinutes: input.imageTestsConfiguration?.timeoutMinutes ?? 720,
        },
        imageScanningConfiguration: input.imageScanningConfiguration,
        dateCreated: new Date(createdAt).toISOString(),
        outputResources: { amis: [] },
        tags,
        buildType: 'USER_INITIATED',
        imageSource: 'CUSTOM',
        executionRole: input.executionRole,
        workflows: input.workflows,
        loggingConfiguration: input.loggingConfiguration,
      },
    });
    call.builds.start(
      store,
      arn,
      call.faults.forImage({ recipeName: recipe.name, tags, region: place.region }),
    );
    return {
      imageBuildVersionArn: arn,
      latestVersionReferences: latestVersionReferences(place, 'image', name, version),
    };
  },
});

export const getImage = operation({
  name: 'GetImage',
  method: 'GET',
  path: '/GetImage',
  input: z.object({ imageBuildVersionArn: shape.imageVersionOrBuildArn }),
  iam: ({ imageBuildVersionArn: arn }, { store }) => [
    onResource('GetImage', arn, findImage(store, arn)?.image.tags),
  ],
  run({ imageBuildVersionArn: arn }, { store, place }) {
    const found = findImage(store, arn);
    if (found === undefined) throw notFound(arn);
    const { name, version = '' } = parseArn(found.image.arn);
    return {
      image: found.image,
      latestVersionReferences: latestVersionReferences(place, 'image', name, version),
    };
  },
});
