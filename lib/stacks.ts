import {
  CliCredentialsStackSynthesizer,
  type App,
  type IStackSynthesizer,
  type StackProps,
} from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { LoadedConfiguration } from './configuration/loadConfiguration.ts';
import { HubStack } from './hubStack.ts';
import { SpokeStack } from './spokeStack.ts';

export interface Stacks {
  readonly hub: HubStack;
  readonly spokes: readonly SpokeStack[];
}

/** The hub in the home region, and a spoke in each further region. */
export function stacks(app: App, { configuration, policyText }: LoadedConfiguration, code: Code): Stacks {
  const { name, account, homeRegion, regions, mandatoryTags, local } = configuration;
  const placed = (region: string): StackProps => ({
    env: { region, ...(account === undefined ? {} : { account }) },
    tags: { ...mandatoryTags },
    // The local AWS, with permissions enforced, refuses the roles that a bootstrapped account publishes assets with.
    ...(local ? { synthesizer: new CliCredentialsStackSynthesizer() as IStackSynthesizer } : {}),
  });
  const hub = new HubStack(app, `${name}Hub`, {
    ...placed(homeRegion),
    configuration,
    code,
    firstPolicy: policyText,
  });
  const spokes = regions
    .filter((region) => region.name !== homeRegion)
    .map(
      (region) =>
        new SpokeStack(app, `${name}Spoke-${region.name}`, { ...placed(region.name), configuration }),
    );
  return { hub, spokes };
}
