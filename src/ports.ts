import type { Instant } from './core/words.ts';
import type { ImageLookup } from './ports/imageLookup.ts';
import type { DeploymentSettings } from './settings.ts';
import type {
  Commits,
  BaseImages,
  RegionBuilds,
  Targets,
  Amis,
  PackageChecks,
  PackageLists,
  Templates,
  Policies,
  Pots,
  Slots,
  Announcements,
  Launches,
  ScanReports,
  Once,
  Activity,
} from './ports/kept.ts';
import type {
  BaseImageSource,
  ImageBuilder,
  AmiParameters,
  AmiLifecycle,
  Executions,
  Events,
  Notices,
  Prices,
  Evidence,
  PackageAdvisories,
  ParentImages,
  Instances,
  Scans,
  FirstPolicy,
} from './ports/outside.ts';

export type * from './ports/imageLookup.ts';
export type * from './ports/kept.ts';
export type * from './ports/outside.ts';

/**
 * What the use cases need from the world, in our words. Each has an adapter in `aws` and one in `memory`, and
 * one suite of tests that both must pass. Reads that decide about turns, slots and money are consistent.
 */

export type Clock = () => Instant;

/** A number in [0, 1): jitter. */
export type Chance = () => number;

/** Hex SHA-256. */
export type Sha256 = (text: string) => string;

/** Structured log: messages are constant, values are fields. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Everything there is; a use case takes what it needs of it by `Pick`. */
export interface Services {
  readonly now: Clock;
  readonly chance: Chance;
  readonly sha256: Sha256;
  readonly log: Log;
  readonly settings: DeploymentSettings;
  readonly commits: Commits;
  readonly baseImages: BaseImages;
  readonly regionBuilds: RegionBuilds;
  readonly targets: Targets;
  readonly amis: Amis;
  readonly packageLists: PackageLists;
  readonly packageChecks: PackageChecks;
  readonly templates: Templates;
  readonly policies: Policies;
  readonly pots: Pots;
  readonly slots: Slots;
  readonly announcements: Announcements;
  readonly launches: Launches;
  readonly scanReports: ScanReports;
  readonly once: Once;
  readonly activity: Activity;
  readonly baseImageSource: BaseImageSource;
  readonly evidence: Evidence;
  readonly packageAdvisories: PackageAdvisories;
  readonly imageBuilder: ImageBuilder;
  readonly parentImages: ParentImages;
  readonly imageLookup: ImageLookup;
  readonly instances: Instances;
  readonly amiParameters: AmiParameters;
  readonly amiLifecycle: AmiLifecycle;
  readonly executions: Executions;
  readonly events: Events;
  readonly notices: Notices;
  readonly prices: Prices;
  readonly scans: Scans;
  readonly firstPolicy: FirstPolicy;
}

/** The services that stand on the one table. */
export type TablePorts = Pick<
  Services,
  | 'commits'
  | 'baseImages'
  | 'regionBuilds'
  | 'targets'
  | 'amis'
  | 'packageLists'
  | 'packageChecks'
  | 'templates'
  | 'policies'
  | 'pots'
  | 'slots'
  | 'announcements'
  | 'launches'
  | 'scanReports'
  | 'once'
  | 'activity'
>;
