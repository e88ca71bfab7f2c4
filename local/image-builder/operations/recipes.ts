import { z } from 'zod';
import { findComponent } from '../resources/components.ts';
import { filtered } from '../wire/filtering.ts';
import { creating, listing, onResource, other } from './iamChecks.ts';
import { managedComponent } from '../resources/managedComponents.ts';
import { arnOf, latestVersionReferences, nextVersion, parseArn, slug } from '../resources/names.ts';
import { endDryRun, operation } from './operation.ts';
import type { Call } from './operation.ts';
import { pageOf } from '../wire/paging.ts';
import { resolveParentImage } from '../build/parentImage.ts';
import { findRecipe } from '../resources/recipes.ts';
import {
  alreadyExists,
  invalidCombination,
  invalidValue,
  notFound,
  quotaExceeded,
} from '../wire/serviceError.ts';
import * as shape from './shapes.ts';

const componentParameter = z.object({
  name: z.string().min(1).max(256),
  value: z.array(z.string()),
});

const blockDevice = z.object({
  deviceName: shape.nonEmpty.optional(),
  ebs: z
    .object({
      encrypted: z.boolean().optional(),
      deleteOnTermination: z.boolean().optional(),
      iops: z.int().min(100).max(64_000).optional(),
      kmsKeyId: shape.nonEmpty.optional(),
      snapshotId: shape.nonEmpty.optional(),
      volumeSize: z.int().min(1).max(16_000).optional(),
      volumeType: z.enum(['standard', 'io1', 'io2', 'gp2', 'gp3', 'sc1', 'st1']).optional(),
      throughput: z.int().min(125).max(1_000).optional(),
    })
    .optional(),
  virtualName: shape.nonEmpty.optional(),
  noDevice: z.string().max(0).optional(),
});

const createInput = z.object({
  name: shape.resourceName,
  description: shape.nonEmpty.optional(),
  semanticVersion: shape.wildcardVersionNumber,
  components: z
    .array(
      z.object({
        componentArn: shape.componentVersionOrBuildArn,
        parameters: z.array(componentParameter).min(1).optional(),
      }),
    )
    .min(1)
    .optional(),
  parentImage: shape.nonEmpty,
  blockDeviceMappings: z.array(blockDevice).optional(),
  tags: shape.tags.optional(),
  workingDirectory: shape.nonEmpty.optional(),
  additionalInstanceConfiguration: z
    .object({
      systemsManagerAgent: z.object({ uninstallAfterBuild: z.boolean().optional() }).optional(),
      userDataOverride: z.base64().min(1).max(21_847).optional(),
    })
    .optional(),
  amiTags: shape.tags.optional(),
  clientToken: shape.clientToken,
  dryRun: z.boolean().optional(),
});
type CreateInput = z.infer<typeof createInput>;

const newArn = ({ name, semanticVersion }: CreateInput, { store, place }: Call): string => {
  const existing = [...store.recipes.values()].filter(
    ({ recipe }) => parseArn(recipe.arn).name === slug(name),
  );
  return arnOf(
    place,
    'image-recipe',
    slug(name),
    nextVersion(
      semanticVersion,
      existing.map(({ recipe }) => recipe.version),
    ),
  );
};

function checkComponents(input: CreateInput, platform: string, { store, settings }: Call): void {
  const components = input.components ?? [];
  if (components.length > settings.quotas.componentsPerRecipe) {
    throw quotaExceeded('components per recipe', settings.quotas.componentsPerRecipe);
  }
  const seen = new Set<string>();
  components.forEach(({ componentArn, parameters = [] }, at) => {
    const component = findComponent(store, componentArn)?.component ?? managedComponent(componentArn);
    if (component === undefined) throw notFound(componentArn);
    const { arn = '' } = component;
    if (seen.has(arn))
      throw invalidValue(
        `components[${at}].componentArn`,
        'You can specify each component only one time in a recipe.',
      );
    seen.add(arn);
    if (component.platform !== platform) {
      throw invalidCombination(
        `components[${at}].componentArn`,
        `The platform '${component.platform ?? ''}' of the component does not match the platform '${platform}' of the parent image.`,
      );
    }
    const defined = new Set((component.parameters ?? []).map(({ name }) => name));
    const unknown = parameters.map(({ name }) => name).filter((name) => !defined.has(name));
    if (unknown.length > 0) {
      throw invalidCombination(
        `components[${at}].parameters`,
        `The following parameters are not defined in the provided component: ${unknown.join(', ')}`,
      );
    }
  });
}

const parentChecks = (parent: string, call: Call): readonly ReturnType<typeof other>[] => {
  if (parent.startsWith('ami-')) return [other('ec2:DescribeImages')];
  if (parent.startsWith('ssm:')) {
    const { region, account } = call.place;
    const name = parent.slice('ssm:'.length);
    const arn = name.startsWith('arn:')
      ? name
      : `arn:aws:ssm:${region}:${name.startsWith('/aws/') ? '' : account}:parameter/${name.replace(/^\//, '')}`;
    return [other('ssm:GetParameter', arn), other('ec2:DescribeImages')];
  }
  return [onResource('GetImage', parent)];
};

export const createImageRecipe = operation({
  name: 'CreateImageRecipe',
  method: 'PUT',
  path: '/CreateImageRecipe',
  input: createInput,
  iam: (input, call) => [
    ...creating('CreateImageRecipe', newArn(input, call), input.tags),
    ...(input.components ?? []).map(({ componentArn }) =>
      onResource('GetComponent', componentArn, findComponent(call.store, componentArn)?.component.tags),
    ),
    ...parentChecks(input.parentImage, call),
  ],
  async run(input, call) {
    const { store, place, settings } = call;
    const parent = await resolveParentImage(input.parentImage, call);
    checkComponents(input, parent.platform, call);
    const arn = newArn(input, call);
    if (store.recipes.has(arn)) throw alreadyExists('ImageRecipe', arn);
    if (store.recipes.size >= settings.quotas.imageRecipes)
      throw quotaExceeded('image recipes', settings.quotas.imageRecipes);
    endDryRun(input.dryRun);
    const { name, version = '' } = parseArn(arn);
    store.recipes.set(arn, {
      sequence: store.nextSequence(),
      recipe: {
        arn,
        type: 'AMI',
        name: input.name,
        description: input.description,
        platform: parent.platform,
        owner: place.account,
        version,
        components: input.components ?? [],
        parentImage: input.parentImage,
        blockDeviceMappings: input.blockDeviceMappings,
        dateCreated: new Date(call.now()).toISOString(),
        tags: input.tags ?? {},
        workingDirectory: input.workingDirectory,
        additionalInstanceConfiguration: input.additionalInstanceConfiguration,
        amiTags: input.amiTags,
      },
    });
    return {
      imageRecipeArn: arn,
      latestVersionReferences: latestVersionReferences(place, 'image-recipe', name, version),
    };
  },
});

export const getImageRecipe = operation({
  name: 'GetImageRecipe',
  method: 'GET',
  path: '/GetImageRecipe',
  input: z.object({ imageRecipeArn: shape.imageRecipeArn }),
  iam: ({ imageRecipeArn: arn }, { store }) => [
    onResource('GetImageRecipe', arn, findRecipe(store, arn)?.recipe.tags),
  ],
  run({ imageRecipeArn: arn }, { store, place }) {
    const found = findRecipe(store, arn);
    if (found === undefined) throw notFound(arn);
    const { name, version = '' } = parseArn(found.recipe.arn);
    return {
      imageRecipe: found.recipe,
      latestVersionReferences: latestVersionReferences(place, 'image-recipe', name, version),
    };
  },
});

export const listImageRecipes = operation({
  name: 'ListImageRecipes',
  method: 'POST',
  path: '/ListImageRecipes',
  input: z.object({ owner: shape.owner, filters: shape.filters, ...shape.page }),
  iam: (_input, { place }) => [listing('ListImageRecipes', 'image-recipe', place)],
  run({ owner, filters, ...page }, { store }) {
    const own = owner === undefined || owner === 'Self' ? [...store.recipes.values()] : [];
    const fitting = filtered(own, filters, {
      name: ({ recipe }) => recipe.name,
      parentImage: ({ recipe }) => recipe.parentImage,
      platform: ({ recipe }) => recipe.platform,
    });
    const { items, ...rest } = pageOf(fitting, ({ sequence }) => sequence, page, [
      'ListImageRecipes',
      owner,
      filters,
    ]);
    const summaries = items.map(
      ({ recipe: { arn, name, platform, owner: account, parentImage, dateCreated, tags } }) => ({
        ...{ arn, name, platform, owner: account, parentImage, dateCreated, tags },
      }),
    );
    return { imageRecipeSummaryList: summaries, ...rest };
  },
});

export const deleteImageRecipe = operation({
  name: 'DeleteImageRecipe',
  method: 'DELETE',
  path: '/DeleteImageRecipe',
  input: z.object({ imageRecipeArn: shape.imageRecipeArn }),
  iam: ({ imageRecipeArn: arn }, { store }) => [
    onResource('DeleteImageRecipe', arn, store.recipes.get(arn)?.recipe.tags),
  ],
  run({ imageRecipeArn: arn }, { store }) {
    // Only pipelines keep a recipe alive, and there are none here: images carry a copy of theirs.
    if (!store.recipes.delete(arn)) throw notFound(arn);
    return { imageRecipeArn: arn };
  },
});
