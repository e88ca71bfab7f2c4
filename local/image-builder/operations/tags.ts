import { z } from 'zod';
import { onResource, tagging } from './iamChecks.ts';
import { operation } from './operation.ts';
import type { InputErrors } from '../wire/readInput.ts';
import { notFound, notValid, ServiceError } from '../wire/serviceError.ts';
import * as shape from './shapes.ts';
import type { Tags } from '../sides.ts';
import type { RegionStore } from '../resources/store.ts';

/** These operations know only this code for bad input. */
const inputErrors: InputErrors = { missing: 'InvalidParameterException', value: 'InvalidParameterException' };

const MOST_TAGS = 50;

/** Reads and replaces the tags of whatever has this ARN. */
interface Tagged {
  readonly tags: Tags;
  set(tags: Record<string, string>): void;
}

function taggedResource(store: RegionStore, arn: string): Tagged | undefined {
  const component = store.components.get(arn);
  if (component !== undefined) {
    const { tags } = component.component;
    return {
      tags,
      set: (next) =>
        store.components.set(arn, { ...component, component: { ...component.component, tags: next } }),
    };
  }
  const recipe = store.recipes.get(arn);
  if (recipe !== undefined) {
    const { tags } = recipe.recipe;
    return {
      tags,
      set: (next) => store.recipes.set(arn, { ...recipe, recipe: { ...recipe.recipe, tags: next } }),
    };
  }
  const image = store.images.get(arn);
  if (image !== undefined) {
    const { tags } = image.image;
    return {
      tags,
      set: (next) => store.images.set(arn, { ...image, image: { ...image.image, tags: next } }),
    };
  }
  const infrastructure = store.infrastructures.get(arn);
  if (infrastructure !== undefined) {
    const { configuration } = infrastructure;
    return {
      tags: configuration.tags,
      set: (next) =>
        store.infrastructures.set(arn, {
          ...infrastructure,
          configuration: { ...configuration, tags: next },
        }),
    };
  }
  const distribution = store.distributions.get(arn);
  if (distribution === undefined) return undefined;
  const { configuration } = distribution;
  return {
    tags: configuration.tags,
    set: (next) =>
      store.distributions.set(arn, { ...distribution, configuration: { ...configuration, tags: next } }),
  };
}

const existing = (store: RegionStore, arn: string): Tagged => {
  const found = taggedResource(store, arn);
  if (found === undefined) throw notFound(arn);
  return found;
};

const tagsOf = (store: RegionStore, arn: string): Tags => taggedResource(store, arn)?.tags ?? {};

export const tagResource = operation({
  name: 'TagResource',
  method: 'POST',
  path: '/tags/{resourceArn}',
  input: z.object({ resourceArn: shape.imageBuilderArn, tags: shape.tags }),
  inputErrors,
  answersRequestId: false,
  iam: ({ resourceArn: arn, tags }, { store }) => [
    tagging('TagResource', arn, tagsOf(store, arn), Object.keys(tags), tags),
  ],
  run({ resourceArn: arn, tags }, { store }) {
    const found = existing(store, arn);
    const next = { ...found.tags, ...tags };
    if (Object.keys(next).length > MOST_TAGS) {
      throw new ServiceError(
        'InvalidParameterException',
        notValid('tags', `A resource can have at most ${MOST_TAGS} tags.`),
      );
    }
    found.set(next);
    return {};
  },
});

export const untagResource = operation({
  name: 'UntagResource',
  method: 'DELETE',
  path: '/tags/{resourceArn}',
  queryLists: ['tagKeys'],
  input: z.object({ resourceArn: shape.imageBuilderArn, tagKeys: shape.tagKeys }),
  inputErrors,
  answersRequestId: false,
  iam: ({ resourceArn: arn, tagKeys }, { store }) => [
    tagging('UntagResource', arn, tagsOf(store, arn), tagKeys),
  ],
  run({ resourceArn: arn, tagKeys }, { store }) {
    const found = existing(store, arn);
    found.set(Object.fromEntries(Object.entries(found.tags).filter(([key]) => !tagKeys.includes(key))));
    return {};
  },
});

export const listTagsForResource = operation({
  name: 'ListTagsForResource',
  method: 'GET',
  path: '/tags/{resourceArn}',
  input: z.object({ resourceArn: shape.imageBuilderArn }),
  inputErrors,
  answersRequestId: false,
  iam: ({ resourceArn: arn }, { store }) => [onResource('ListTagsForResource', arn, tagsOf(store, arn))],
  run: ({ resourceArn: arn }, { store }) => ({ tags: existing(store, arn).tags }),
});
