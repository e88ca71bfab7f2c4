import type { DeploymentSettings } from '../src/settings.ts';
import type { Configuration } from './configuration/configuration.ts';

/** Lambda takes 4 KB of environment in all; the rest of it is names and ARNs. */
const MAXIMUM_SETTINGS_CHARACTERS = 2_800;

/** What is only known in the stack: names that CloudFormation makes. */
export type MadeNames = Pick<DeploymentSettings, 'instanceProfileName' | 'firstPolicyParameter'>;

/** The part of the configuration that the functions need. */
export function deploymentSettings(configuration: Configuration, made: MadeNames): DeploymentSettings {
  const { homeRegion, regions, amiParameter, baseImageParameters } = configuration;
  const { shareWith, enhancedImageMetadata, scanIntervalMinutes } = configuration;
  return {
    homeRegion,
    regions: [...regions],
    amiParameter,
    baseImageParameters: [...baseImageParameters],
    ...(shareWith === undefined ? {} : { shareWith }),
    enhancedImageMetadata,
    scanIntervalMinutes,
    ...made,
  };
}

/** What is wrong with the settings as an environment variable, in a sentence, if anything is. */
export function settingsProblem(configuration: Configuration): string | undefined {
  const { length } = JSON.stringify(deploymentSettings(configuration, { instanceProfileName: '' }));
  return length <= MAXIMUM_SETTINGS_CHARACTERS
    ? undefined
    : `regions: their settings take ${length} characters, and the functions' environment has room for ${MAXIMUM_SETTINGS_CHARACTERS}: name fewer regions, tags or instance types`;
}
