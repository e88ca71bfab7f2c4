import type { OperatingSystem } from '../money/pricedInstance.ts';
import type { Architecture } from '../words.ts';

/**
 * A tracked base image: an upstream OS image that templates are built on, and where its newest image id is found.
 * Every upstream is one row of a table of these (`catalogue.ts`); users add rows of their own through the policy.
 */

/** The upstreams whose images are named alike: decides how a release is read from a name and where its changelog is. */
export const BASE_FAMILIES = [
  'amazon-linux-2023',
  'amazon-linux-2',
  'ecs-optimized',
  'eks-optimized',
  'ubuntu',
  'debian',
  'rocky',
  'alma',
  'rhel',
  'sles',
  'centos-stream',
  'fedora',
  'deep-learning',
  'windows',
  'custom',
] as const;
export type BaseFamily = (typeof BASE_FAMILIES)[number];

export const PACKAGE_MANAGERS = ['dnf', 'yum', 'apt', 'zypper', 'none'] as const;
export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

/**
 * The evidence that can say what a new image of a base changes, best first in a row's list.
 * - `amazon-linux-2023`, `amazon-linux-2`: the release notes' image updates joined with the distribution's updateinfo;
 *   exact for Amazon's own images, inferred from our last build's package list for those made from them (ECS, EKS).
 * - `ubuntu`: the manifests of two serials joined with Canonical's notices; exact.
 * - `osv`: our last build's package list joined with OSV.dev's advisories of the ecosystem; inferred.
 */
export const EVIDENCE_KINDS = ['amazon-linux-2023', 'amazon-linux-2', 'ubuntu', 'osv'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** One value for each architecture the upstream publishes; an absent one is not published. */
export type PerArchitecture<T> = Readonly<Partial<Record<Architecture, T>>>;

/** A public parameter (`/aws/service/…`, its ARN has no account) whose value is the newest image id of its region. */
export interface ParameterSource {
  readonly kind: 'parameter';
  readonly names: PerArchitecture<string>;
}

/**
 * A parameter of the account itself that holds an image id, such as a golden image's.
 * Unlike a public one it raises `Parameter Store Change`.
 */
export interface OwnParameterSource {
  readonly kind: 'own-parameter';
  readonly names: PerArchitecture<string>;
}

/**
 * DescribeImages by owner and name. The owner is always pinned: the same names exist as copies of others.
 * `owner` is a 12-digit account id, or `self` for images of the account itself.
 * `patterns` are DescribeImages `name` filters: `*` any text, `?` one character.
 */
export interface FilterSource {
  readonly kind: 'filter';
  readonly owner: string;
  readonly patterns: PerArchitecture<string>;
}

export type BaseImageSource = ParameterSource | OwnParameterSource | FilterSource;

/** Where a base exists. Absent members do not restrict; `only` and `except` are region names such as `eu-west-1`. */
export interface RegionRule {
  readonly partitions?: readonly ('aws' | 'aws-cn' | 'aws-us-gov')[];
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

export interface TrackedBaseImage {
  /** What templates name as their `base`, such as `ubuntu-22.04`. */
  readonly name: string;
  /** For people, such as `Ubuntu Server 22.04 LTS`. */
  readonly title: string;
  readonly family: BaseFamily;
  /**
   * From the policy: its images may be the upstream's, or made from them under names of their owner's. What an upstream
   * says of its images holds for those that bear its names.
   */
  readonly own?: boolean;
  readonly source: BaseImageSource;
  readonly regions?: RegionRule;
  readonly packageManager: PackageManager;
  /** Best first; empty: nothing can say what changed, and every update of it is `unknown`. */
  readonly evidence: readonly EvidenceKind[];
  /** OSV.dev's names of the distribution, such as `Rocky Linux:9`; needed by the evidence `osv`. */
  readonly ecosystems?: readonly string[];
  /** What AWS bills instances of it as, and of all that is made from it. Absent: `linux`. */
  readonly operatingSystem?: OperatingSystem;
  /** `YYYY-MM-DD` (UTC), the last day with security updates at no extra charge. Absent: none announced, or not known. */
  readonly endOfLife?: string;
}

/** The architectures a base is published for, in the order of `ARCHITECTURES`. */
export function architecturesOf(base: TrackedBaseImage): Architecture[] {
  const values = base.source.kind === 'filter' ? base.source.patterns : base.source.names;
  return (['x86_64', 'arm64'] as const).filter((architecture) => values[architecture] !== undefined);
}
