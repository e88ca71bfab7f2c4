import { z } from 'zod';
import { filtered } from '../wire/filtering.ts';
import { creating, listing, onResource, other, passRole } from './iamChecks.ts';
import { arnOf, slug } from '../resources/names.ts';
import { endDryRun, operation } from './operation.ts';
import type { Call } from './operation.ts';
import { pageOf } from '../wire/paging.ts';
import { alreadyExists, hasDependents, invalidValue, notFound, quotaExceeded } from '../wire/serviceError.ts';
import { infrastructureSettings } from './infrastructureShape.ts';
import type { InfrastructureSettings } from './infrastructureShape.ts';
import * as shape from './shapes.ts';
import type { IamCheck } from '../sides.ts';
import { isRunning } from '../resources/images.ts';

const createInput = infrastructureSettings.extend({
  name: shape.resourceName,
  tags: shape.tags.optional(),
  clientToken: shape.clientToken,
  dryRun: z.boolean().optional(),
});
const updateInput = infrastructureSettings.extend({
  infrastructureConfigurationArn: shape.infrastructureConfigurationArn,
  clientToken: shape.clientToken,
});

/** Condition keys about what the configuration will make. */
const ownContext = ({
  resourceTags,
  instanceMetadataOptions,
  snsTopicArn,
}: InfrastructureSettings): Record<string, string | string[]> => ({
  ...Object.fromEntries(
    Object.entries(resourceTags ?? {}).map(([key, value]) => [
      `imagebuilder:CreatedResourceTag/${key}`,
      value,
    ]),
  ),
  ...(resourceTags === undefined ? {} : { 'imagebuilder:CreatedResourceTagKeys': Object.keys(resourceTags) }),
  ...(instanceMetadataOptions?.httpTokens === undefined
    ? {}
    : { 'imagebuilder:Ec2MetadataHttpTokens': instanceMetadataOptions.httpTokens }),
  ...(snsTopicArn === undefined ? {} : { 'imagebuilder:StatusTopicArn': snsTopicArn }),
});

async function dependentChecks(
  input: InfrastructureSettings,
  { sides, place }: Call,
): Promise<readonly IamCheck[]> {
  const profile = await sides.iam.instanceProfile(place, input.instanceProfileName);
  const profileArn =
    profile?.arn ?? `arn:aws:iam::${place.account}:instance-profile/${input.instanceProfileName}`;
  const { availabilityZone, hostId, hostResourceGroupArn } = input.placement ?? {};
  return [
    other('iam:GetInstanceProfile', profileArn),
    ...(profile?.roleArns ?? []).map((role) => passRole(role, 'ec2.amazonaws.com')),
    ...(input.snsTopicArn === undefined ? [] : [other('sns:Publish', input.snsTopicArn)]),
    ...(availabilityZone === undefined ? [] : [other('ec2:DescribeAvailabilityZones')]),
    ...(hostId === undefined ? [] : [other('ec2:DescribeHosts')]),
    ...(hostResourceGroupArn === undefined ? [] : [other('resource-groups:GetGroup', hostResourceGroupArn)]),
  ];
}

async function checkProfile(
  { instanceProfileName }: InfrastructureSettings,
  { sides, place }: Call,
): Promise<void> {
  if ((await sides.iam.instanceProfile(place, instanceProfileName)) === undefined) {
    throw invalidValue(
      'instanceProfileName',
      'The provided instance profile does not exist. Please specify a different instance profile and try again.',
    );
  }
}

/** What is kept of a request: an update replaces all of it, members left out are cleared. */
const configured = (input: InfrastructureSettings): InfrastructureSettings => ({
  ...infrastructureSettings.parse(input),
  terminateInstanceOnFailure: input.terminateInstanceOnFailure ?? true,
});

export const createInfrastructureConfiguration = operation({
  name: 'CreateInfrastructureConfiguration',
  method: 'PUT',
  path: '/CreateInfrastructureConfiguration',
  input: createInput,
  async iam(input, call) {
    const arn = arnOf(call.place, 'infrastructure-configuration', slug(input.name));
    return [
      ...creating('CreateInfrastructureConfiguration', arn, input.tags, ownContext(input)),
      ...(await dependentChecks(input, call)),
    ];
  },
  async run({ name, tags, dryRun, ...input }, call) {
    const { store, place, settings } = call;
    await checkProfile(input, call);
    const arn = arnOf(place, 'infrastructure-configuration', slug(name));
    if (store.infrastructures.has(arn)) throw alreadyExists('InfrastructureConfiguration', arn);
    const { infrastructureConfigurations: quota } = settings.quotas;
    if (store.infrastructures.size >= quota) throw quotaExceeded('infrastructure configurations', quota);
    endDryRun(dryRun);
    store.infrastructures.set(arn, {
      sequence: store.nextSequence(),
      configuration: {
        arn,
        name,
        ...configured(input),
        dateCreated: new Date(call.now()).toISOString(),
        tags: tags ?? {},
      },
    });
    return { infrastructureConfigurationArn: arn };
  },
});

const byArn = z.object({ infrastructureConfigurationArn: shape.infrastructureConfigurationArn });

export const getInfrastructureConfiguration = operation({
  name: 'GetInfrastructureConfiguration',
  method: 'GET',
  path: '/GetInfrastructureConfiguration',
  input: byArn,
  iam: ({ infrastructureConfigurationArn: arn }, { store }) => [
    onResource('GetInfrastructureConfiguration', arn, store.infrastructures.get(arn)?.configuration.tags),
  ],
  run({ infrastructureConfigurationArn: arn }, { store }) {
    const found = store.infrastructures.get(arn);
    if (found === undefined) throw notFound(arn);
    return { infrastructureConfiguration: found.configuration };
  },
});

export const listInfrastructureConfigurations = operation({
  name: 'ListInfrastructureConfigurations',
  method: 'POST',
  path: '/ListInfrastructureConfigurations',
  input: z.object({ filters: shape.filters, ...shape.page }),
  iam: (_input, { place }) => [
    listing('ListInfrastructureConfigurations', 'infrastructure-configuration', place),
  ],
  run({ filters, ...page }, { store }) {
    const fitting = filtered([...store.infrastructures.values()], filters, {
      name: ({ configuration }) => configuration.name,
    });
    const { items, ...rest } = pageOf(fitting, ({ sequence }) => sequence, page, [
      'ListInfrastructureConfigurations',
      filters,
    ]);
    const summaries = items.map(({ configuration }) => {
      const { arn, name, description, dateCreated, dateUpdated, resourceTags, tags, instanceTypes } =
        configuration;
      const { instanceProfileName, placement } = configuration;
      return {
        arn,
        name,
        description,
        dateCreated,
        dateUpdated,
        resourceTags,
        tags,
        instanceTypes,
        instanceProfileName,
        placement,
      };
    });
    return { infrastructureConfigurationSummaryList: summaries, ...rest };
  },
});

export const updateInfrastructureConfiguration = operation({
  name: 'UpdateInfrastructureConfiguration',
  method: 'PUT',
  path: '/UpdateInfrastructureConfiguration',
  input: updateInput,
  iam: async (input, call) => [
    onResource(
      'UpdateInfrastructureConfiguration',
      input.infrastructureConfigurationArn,
      call.store.infrastructures.get(input.infrastructureConfigurationArn)?.configuration.tags,
      ownContext(input),
    ),
    ...(await dependentChecks(input, call)),
  ],
  async run({ infrastructureConfigurationArn: arn, ...input }, call) {
    await checkProfile(input, call);
    const found = call.store.infrastructures.get(arn);
    if (found === undefined) throw notFound(arn);
    const { name, dateCreated, tags } = found.configuration;
    call.store.infrastructures.set(arn, {
      ...found,
      configuration: {
        arn,
        name,
        dateCreated,
        tags,
        ...configured(input),
        dateUpdated: new Date(call.now()).toISOString(),
      },
    });
    return { infrastructureConfigurationArn: arn };
  },
});

export const deleteInfrastructureConfiguration = operation({
  name: 'DeleteInfrastructureConfiguration',
  method: 'DELETE',
  path: '/DeleteInfrastructureConfiguration',
  input: byArn,
  iam: ({ infrastructureConfigurationArn: arn }, { store }) => [
    onResource('DeleteInfrastructureConfiguration', arn, store.infrastructures.get(arn)?.configuration.tags),
  ],
  run({ infrastructureConfigurationArn: arn }, { store }) {
    if (!store.infrastructures.has(arn)) throw notFound(arn);
    const used = [...store.images.values()].some(
      (each) => isRunning(each) && each.image.infrastructureConfiguration.arn === arn,
    );
    if (used) throw hasDependents(arn);
    store.infrastructures.delete(arn);
    return { infrastructureConfigurationArn: arn };
  },
});
