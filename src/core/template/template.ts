/**
 * What a template is (design §7): the recipe of a machine image, in the CloudWorkstation format.
 * `Template` is one parsed file; `ResolvedTemplate` is that file with its parents merged and every default filled in.
 * Only resolved templates are compiled, fingerprinted and built.
 */
import type { Architecture } from '../words.ts';

/** Any value a YAML file can hold: keys that do not concern image building are kept as they stand. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * How a template's packages are installed. `ami`: everything is in the base already, so packages are not installed;
 * `auto`: conda where conda packages are listed, else pip where pip packages are, else the manager of the base OS.
 */
export const PACKAGE_MANAGERS = ['apt', 'dnf', 'conda', 'pip', 'ami', 'auto'] as const;
export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

/** The lists below `packages:`. `system` goes to the base OS's manager; `apt` and `dnf` only to that one. */
export const PACKAGE_LISTS = ['system', 'apt', 'dnf', 'conda', 'pip'] as const;
export type PackageList = (typeof PACKAGE_LISTS)[number];
export type Packages = Readonly<Record<PackageList, readonly string[]>>;

/** Package managers of operating systems: what a base image comes with. */
export const BASE_OS = ['apt', 'dnf'] as const;
export type BaseOs = (typeof BASE_OS)[number];

/** How a template reaches several regions: built in each, built once and copied, or the cheaper of the two. */
export const STRATEGIES = ['build', 'copy', 'auto'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** A systemd service to configure and enable. */
export interface Service {
  readonly name: string;
  readonly port?: number;
  /** Lines appended to the service's configuration file, `/etc/<name>/<name>.conf`. */
  readonly config: readonly string[];
  /** Absent means enabled. */
  readonly enable?: boolean;
  /** With a command a unit is written for it; without, some package or script must bring the unit. */
  readonly command?: string;
  /** The user the command runs as; the first user of the template when absent, else root. */
  readonly user?: string;
}

export interface User {
  readonly name: string;
  readonly groups: readonly string[];
  /** Absent means `/bin/bash`. */
  readonly shell?: string;
}

/** A script of the template's author, run by bash as root while the image is built. */
export interface Script {
  readonly name: string;
  readonly script: string;
  readonly timeoutSeconds?: number;
}

/** A command run on a fresh instance of the new image; the image is only good when all of them come out as expected. */
export interface TemplateTest {
  readonly name: string;
  readonly command: string;
  readonly expect: Expectation;
}

export type Expectation =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure' }
  | { readonly kind: 'exitCode'; readonly exitCode: number }
  | { readonly kind: 'equals'; readonly text: string }
  | { readonly kind: 'contains'; readonly text: string };

/** How instances are launched; only `rootVolumeGb` concerns the image. */
export interface InstanceDefaults {
  readonly type?: string;
  readonly ports: readonly number[];
  readonly rootVolumeGb?: number;
}

/** Ready-made images a template of package manager `ami` names, by region and architecture. */
export interface AmiConfig {
  readonly amis: Readonly<Record<string, Readonly<Partial<Record<Architecture, string>>>>>;
  readonly sshUser?: string;
  /** Run by the launcher, never while building. */
  readonly userDataScript?: string;
}

/** The `auto_ami:` block: how this template's image is built. */
export interface BuildSettings {
  readonly strategy?: Strategy;
  /** Build instance types in order of preference; absent means the region's. */
  readonly instanceTypes: Readonly<Partial<Record<Architecture, readonly string[]>>>;
  /** Root volume of the image in GiB; absent means the template's `root_volume_gb`. */
  readonly volumeGb?: number;
  /** Longest a build may take, where that is less than the policy's `max_build_duration`; absent means that one. */
  readonly maxMinutes?: number;
}

/** One parsed template file. What is absent is inherited, else defaulted by the resolution. */
export interface Template {
  /** Unique; `^[a-z0-9][a-z0-9-]{0,39}$`. Names Image Builder resources, parameters and AMIs. */
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly version?: string;
  /** A tracked base image such as `ubuntu-22.04`, or the slug of the template whose AMI this one is built on. */
  readonly base?: string;
  /** Slugs or names of the templates whose definitions are merged into this one, in order. */
  readonly inherits: readonly string[];
  readonly architectures?: readonly Architecture[];
  readonly packageManager?: PackageManager;
  readonly packages: Packages;
  readonly services: readonly Service[];
  readonly users: readonly User[];
  readonly postInstall: readonly Script[];
  /** Run by the launcher when an instance starts, never while building. */
  readonly userData?: string;
  /** ARNs of Image Builder components that exist already; they run before the template's own steps. */
  readonly components: readonly string[];
  readonly tests: readonly TemplateTest[];
  readonly instanceDefaults: InstanceDefaults;
  readonly amiConfig?: AmiConfig;
  readonly build: BuildSettings;
  readonly tags: Readonly<Record<string, string>>;
  /** Keys that do not concern image building, as they stand in the file. */
  readonly extra: Readonly<Record<string, Json>>;
}

/** A template with its parents merged and defaults filled in: what is compiled and fingerprinted. */
export interface ResolvedTemplate extends Template {
  readonly base: string;
  readonly architectures: readonly Architecture[];
  readonly packageManager: PackageManager;
  readonly build: BuildSettings & { readonly strategy: Strategy };
  /** Slugs of every template merged into this one, nearest last, itself not included. */
  readonly ancestors: readonly string[];
}

/** CloudWorkstation launches x86_64 unless told otherwise, and every further architecture doubles the cost. */
export const DEFAULT_ARCHITECTURES: readonly Architecture[] = ['x86_64'];

export const DEFAULT_STRATEGY: Strategy = 'build';

/** `base` of templates that name ready-made AMIs in `ami_config` instead of a base image. */
export const FIXED_AMI_BASE = 'ami-based';

export const NO_PACKAGES: Packages = { system: [], apt: [], dnf: [], conda: [], pip: [] };
