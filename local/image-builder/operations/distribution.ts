import { z } from 'zod';
import { distributions } from './distributionShape.ts';
import type { DistributionInput } from './distributionShape.ts';
import { filtered } from '../wire/filtering.ts';
import { creating, listing, onResource, other, passRole, roleArnOf } from './iamChecks.ts';
import { isRunning } from '../resources/images.ts';
import { arnOf, slug } from '../resources/names.ts';
import { endDryRun, operation } from './operation.ts';
import type { Call } from './operation.ts';
import { pageOf } from '../wire/paging.ts';
import { alreadyExists, hasDependents, invalidValue, notFound, quotaExceeded } from '../wire/serviceError.ts';
import * as shape from './shapes.ts';
import type { IamCheck } from '../sides.ts';

const settable = { description: shape.nonEmpty.optional(), distributions, clientToken: shape.clientToken };
const createInput = z.object({
  name: shape.resourceName,
  ...settable,
  tags: shape.tags.optional(),
  dryRun: z.boolean().optional(),
});
const updateInput = z.object({
  distributionConfigurationArn: shape.distributionConfigurationArn,
  ...settable,
});

const LAUNCH_TEMPLATE_ACTIONS = [
  'ec2:CreateLaunchTemplateVersion',
  'ec2:DescribeLaunchTemplates',
  'ec2:ModifyLaunchTemplate',
] as const;

/** What AWS looks up or will do with the caller's permissions, by what the distributions name. */
const dependentChecks = (wanted: readonly DistributionInput[], { place }: Call): readonly IamCheck[] =>
  wanted.flatMap(
    ({ region, launchTemplateConfigurations, s3ExportConfiguration, ssmParameterConfigurations }) => [
      ...(launchTemplateConfigurations ?? []).flatMap(({ launchTemplateId }) =>
        LAUNCH_TEMPLATE_ACTIONS.map((action) =>
          action === 'ec2:DescribeLaunchTemplates'
            ? other(action)
            : other(action, `arn:aws:ec2:${region}:${place.account}:launch-template/${launchTemplateId}`),
        ),
      ),
      ...(s3ExportConfiguration === undefined
        ? []
        : [
            other('s3:ListBucket', `arn:aws:s3:::${s3ExportConfiguration.s3Bucket}`),
            passRole(roleArnOf(s3ExportConfiguration.roleName, place), 'vmie.amazonaws.com'),
          ]),
      ...(ssmParameterConfigurations ?? []).map(({ parameterName }) =>
        other(
          'ssm:GetParameter',
          `arn:aws:ssm:${region}:${place.account}:parameter/${parameterName.replace(/^\//, '')}`,
        ),
      ),
    ],
  );

function checkDistributions(wanted: readonly DistributionInput[], { settings }: Call): void {
  const regions = new Set<string>();
  wanted.forEach((each, at) => {
    const { region, ...outputs } = each;
    if (regions.has(region))
      throw invalidValue(`distributions[${at}].region`, `The Region '${region}' is given more than once.`);
    regions.add(region);
    if (Object.values(outputs).every((output) => output === undefined)) {
      throw invalidValue(
        `distributions[${at}]`,
        'One or more outputs should be provided for each region in a distribution configuration.',
      );
    }
    const { ssmParametersPerRegion: most } = settings.quotas;
    if ((each.ssmParameterConfigurations ?? []).length > most)
      throw quotaExceeded('SSM parameters per Region of a distribution configuration', most);
  });
}

export const createDistributionConfiguration = operation({
  name: 'CreateDistributionConfiguration',
  method: 'PUT',
  path: '/CreateDistributionConfiguration',
  input: createInput,
  iam: (input, call) => [
    ...creating(
      'CreateDistributionConfiguration',
      arnOf(call.place, 'distribution-configuration', slug(input.name)),
      input.tags,
    ),
    ...dependentChecks(input.distributions, call),
  ],
  run({ name, description, distributions: wanted, tags, dryRun }, call) {
    const { store, place, settings } = call;
    checkDistributions(wanted, call);
    const arn = arnOf(place, 'distribution-configuration', slug(name));
    if (store.distributions.has(arn)) throw alreadyExists('DistributionConfiguration', arn);
    const { distributionConfigurations: quota } = settings.quotas;
    if (store.distributions.size >= quota) throw quotaExceeded('distribution configurations', quota);
    endDryRun(dryRun);
    store.distributions.set(arn, {
      sequence: store.nextSequence(),
      configuration: {
        ...{ arn, name, description, distributions: wanted },
        timeoutMinutes: 720,
        dateCreated: new Date(call.now()).toISOString(),
        tags: tags ?? {},
      },
    });
    return { distributionConfigurationArn: arn };
  },
});

const byArn = z.object({ distributionConfigurationArn: shape.distributionConfigurationArn });

export const getDistributionConfiguration = operation({
  name: 'GetDistributionConfiguration',
  method: 'GET',
  path: '/GetDistributionConfiguration',
  input: byArn,
  iam: ({ distributionConfigurationArn: arn }, { store }) => [
    onResource('GetDistributionConfiguration', arn, store.distributions.get(arn)?.configuration.tags),
  ],
  run({ distributionConfigurationArn: arn }, { store }) {
    const found = store.distributions.get(arn);
    if (found === undefined) throw notFound(arn);
    return { distributionConfiguration: found.configuration };
  },
});

export const listDistributionConfigurations = operation({
  name: 'ListDistributionConfigurations',
  method: 'POST',
  path: '/ListDistributionConfigurations',
  input: z.object({ filters: shape.filters, ...shape.page }),
  iam: (_input, { place }) => [
    listing('ListDistributionConfigurations', 'distribution-configuration', place),
  ],
  run({ filters, ...page }, { store }) {
    const fitting = filtered([...store.distributions.values()], filters, {
      name: ({ configuration }) => configuration.name,
    });
    const { items, ...rest } = pageOf(fitting, ({ sequence }) => sequence, page, [
      'ListDistributionConfigurations',
      filters,
    ]);
    const summaries = items.map(
      ({
        configuration: { arn, name, description, dateCreated, dateUpdated, tags, distributions: wanted },
      }) => ({
        ...{ arn, name, description, dateCreated, dateUpdated, tags },
        regions: wanted.map(({ region }) => region),
      }),
    );
    return { distributionConfigurationSummaryList: summaries, ...rest };
  },
});

export const updateDistributionConfiguration = operation({
  name: 'UpdateDistributionConfiguration',
  method: 'PUT',
  path: '/UpdateDistributionConfiguration',
  input: updateInput,
  iam: (input, call) => [
    onResource(
      'UpdateDistributionConfiguration',
      input.distributionConfigurationArn,
      call.store.distributions.get(input.distributionConfigurationArn)?.configuration.tags,
    ),
    ...dependentChecks(input.distributions, call),
  ],
  run({ distributionConfigurationArn: arn, description, distributions: wanted }, call) {
    checkDistributions(wanted, call);
    const found = call.store.distributions.get(arn);
    if (found === undefined) throw notFound(arn);
    call.store.distributions.set(arn, {
      ...found,
      configuration: {
        ...found.configuration,
        description,
        distributions: wanted,
        dateUpdated: new Date(call.now()).toISOString(),
      },
    });
    return { distributionConfigurationArn: arn };
  },
});

export const deleteDistributionConfiguration = operation({
  name: 'DeleteDistributionConfiguration',
  method: 'DELETE',
  path: '/DeleteDistributionConfiguration',
  input: byArn,
  iam: ({ distributionConfigurationArn: arn }, { store }) => [
    onResource('DeleteDistributionConfiguration', arn, store.distributions.get(arn)?.configuration.tags),
  ],
  run({ distributionConfigurationArn: arn }, { store }) {
    if (!store.distributions.has(arn)) throw notFound(arn);
    const used = [...store.images.values()].some(
      (each) => isRunning(each) && each.image.distributionConfiguration?.arn === arn,
    );
    if (used) throw hasDependents(arn);
    store.distributions.delete(arn);
    return { distributionConfigurationArn: arn };
  },
});
