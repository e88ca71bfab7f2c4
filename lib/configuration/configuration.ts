import type { Audience } from '../../src/core/words.ts';
import type { DeploymentSettings, RegionSettings } from '../../src/settings.ts';
import type { Recipient } from './schema.ts';

/** A deployment as the stacks understand it: complete, checked, every default filled in. */
export interface Configuration {
  /** Prefix of the stacks' names. */
  readonly name: string;
  /** Twelve digits; absent: the account of the deployer's credentials. */
  readonly account?: string;
  readonly homeRegion: string;
  readonly regions: readonly RegionSettings[];
  /** The organisation's own tags, on the stacks as on everything built. */
  readonly mandatoryTags: Readonly<Record<string, string>>;
  readonly recipients: Readonly<Partial<Record<Audience, readonly Recipient[]>>>;
  /** The policy file's name, as written; its text is read beside it. */
  readonly policy?: string;
  readonly scanIntervalMinutes: number;
  readonly announcementTopics: readonly string[];
  readonly baseImageParameters: readonly string[];
  readonly amiParameter: string;
  /** Who else may launch the AMIs. */
  readonly shareWith?: DeploymentSettings['shareWith'];
  /** Whether Image Builder collects the package list of each image. */
  readonly enhancedImageMetadata: boolean;
  readonly logRetentionDays: number;
  readonly local: boolean;
}

/** One thing wrong with a configuration, with its place in the file where it has one. */
export interface ConfigurationProblem {
  /** From the top key down: `['regions', 'us-west-2', 'subnetId']`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Everything that is wrong, in one error: nothing is synthesized. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    super(`The configuration has ${count}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}
