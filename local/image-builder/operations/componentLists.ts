import type { Component } from '@aws-sdk/client-imagebuilder';
import { z } from 'zod';
import { componentsAt, latestBuilds } from '../resources/components.ts';
import { managedComponents } from '../resources/managedComponents.ts';
import { filtered } from '../wire/filtering.ts';
import { pageOf } from '../wire/paging.ts';
import { invalidCombination } from '../wire/serviceError.ts';
import { listing, onResource } from './iamChecks.ts';
import { operation } from './operation.ts';
import type { Call } from './operation.ts';
import * as shape from './shapes.ts';

/** The version's view: the ARN without its build. */
const summaryOf = ({
  arn = '',
  name,
  version,
  description,
  platform,
  supportedOsVersions,
  type,
  owner,
  dateCreated,
}: Component): object => ({
  arn: arn.slice(0, arn.lastIndexOf('/')),
  ...{ name, version, description, platform, supportedOsVersions, type, owner, dateCreated },
  status: 'ACTIVE',
});

interface Listed {
  readonly sequence: string;
  readonly component: Component;
}

/** The name's view: the newest version of each name stands for all. */
const newestPerName = (components: readonly Listed[]): readonly Listed[] => [
  ...new Map(components.map((each) => [each.component.name, each])).values(),
];

const ownedBy = (owner: string | undefined, { store, place }: Call): readonly Listed[] => {
  if (owner === undefined || owner === 'Self') return latestBuilds(store);
  if (owner !== 'Amazon') return [];
  return managedComponents(place.region).map((component) => ({ sequence: component.arn ?? '', component }));
};

export const listComponents = operation({
  name: 'ListComponents',
  method: 'POST',
  path: '/ListComponents',
  input: z.object({
    owner: shape.owner,
    filters: shape.filters,
    byName: z.boolean().optional(),
    ...shape.page,
  }),
  iam: (_input, { place }) => [listing('ListComponents', 'component', place)],
  run({ owner, filters, byName, ...page }, call) {
    if (byName === true && filters?.some(({ name }) => name === 'version') === true) {
      throw invalidCombination('byName', 'You cannot combine byName with the version filter.');
    }
    const fitting = filtered(ownedBy(owner, call), filters, {
      name: ({ component }) => component.name,
      version: ({ component }) => component.version,
      description: ({ component }) => component.description,
      platform: ({ component }) => component.platform,
      type: ({ component }) => component.type,
      status: () => 'ACTIVE',
      supportedOsVersion: ({ component }) => component.supportedOsVersions,
      productCodes: () => undefined,
    });
    const shown = byName === true ? newestPerName(fitting) : fitting;
    const { items, ...rest } = pageOf(shown, ({ sequence }) => sequence, page, [
      'ListComponents',
      owner,
      filters,
      byName,
    ]);
    return { componentVersionList: items.map(({ component }) => summaryOf(component)), ...rest };
  },
});

/** The build's view: everything but the document and how it is kept. */
const buildSummary = (component: Component): object => {
  const { arn, name, version, platform, supportedOsVersions, state, type } = component;
  const { owner, description, changeDescription, dateCreated, tags } = component;
  return {
    ...{ arn, name, version, platform, supportedOsVersions, state, type },
    ...{ owner, description, changeDescription, dateCreated, tags },
  };
};

export const listComponentBuildVersions = operation({
  name: 'ListComponentBuildVersions',
  method: 'POST',
  path: '/ListComponentBuildVersions',
  input: z.object({ componentVersionArn: shape.componentVersionArn.optional(), ...shape.page }),
  iam: ({ componentVersionArn: arn }, { place }) => [
    arn === undefined
      ? listing('ListComponentBuildVersions', 'component', place)
      : onResource('ListComponentBuildVersions', `${arn}/*`),
  ],
  run({ componentVersionArn: arn, ...page }, { store }) {
    const builds = arn === undefined ? [...store.components.values()] : componentsAt(store, arn);
    const { items, ...rest } = pageOf(builds, ({ sequence }) => sequence, page, [
      'ListComponentBuildVersions',
      arn,
    ]);
    return { componentSummaryList: items.map(({ component }) => buildSummary(component)), ...rest };
  },
});
