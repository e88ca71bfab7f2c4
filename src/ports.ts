import type {
  BaseImagePointer,
  BaseImageSighting,
  BaseImageUpdate,
  Observation,
} from './core/base-images/pointer.ts';
import type { TrackedBaseImage } from './core/base-images/trackedBaseImage.ts';
import type { RegionBuild } from './core/builds/regionBuild.ts';
import type { Ami, TargetState } from './core/builds/target.ts';
import type { DomainEvent } from './core/events.ts';
import type { Notice } from './core/notices/notice.ts';
import type { Policy } from './core/policy/policy.ts';
import type { Assessment, Comparison } from './core/evidence/assessment.ts';
import type { UnitPrices } from './core/money/estimate.ts';
import type { PotBalance } from './core/money/pot.ts';
import type { ParentImage } from './core/template/imageRequest.ts';
import type { ImageSpec } from './core/template/imageSpecTypes.ts';
import type { Template } from './core/template/template.ts';
import type { ActivityKind, Architecture, Audience, ExplanationLine, Instant } from './core/words.ts';
import type { Attempt, CommitResult, Write } from './core/writes.ts';
import type { DeploymentSettings } from './settings.ts';

/**
 * What the use cases need from the world, in our words. Each has an adapter in `aws` and one in `memory`, and
 * one suite of tests that both must pass. Reads that decide about turns, slots and money are consistent.
 */

export type Clock = () => Instant;

/** A number in [0, 1): jitter. */
export type Chance = () => number;

/** All writes of the loop: whole or not at all. Transaction conflicts are retried inside, with jitter. */
export interface Commits {
  commit(writes: readonly Write[]): Promise<CommitResult>;
}

export interface BaseImages {
  /** Every pointer, in one read. */
  pointers(): Promise<BaseImagePointer[]>;
  update(base: string, release: string): Promise<BaseImageUpdate | undefined>;
  /** Newest first. */
  updates(base: string): Promise<BaseImageUpdate[]>;
  /** Updates nobody has assessed yet, oldest first. */
  unassessed(): Promise<{ base: string; release: string; since: Instant }[]>;
  /** Observations nobody has requested builds for yet, oldest first. */
  unhandled(): Promise<Observation[]>;
}

/** What stands in the queue, and why. */
export interface OpenBuilds {
  readonly builds: readonly RegionBuild[];
  /** By region build id: the line that said last why it waits. */
  readonly waiting: ReadonlyMap<string, ExplanationLine>;
}

/** What people asked for and wait for. */
export interface Build {
  readonly id: string;
  readonly template: string;
  readonly because: string;
  readonly requestedAt: Instant;
  readonly regionBuilds: readonly string[];
}

export interface RegionBuilds {
  /** Queued, granted and running ones: consistent, from the table itself. */
  open(): Promise<OpenBuilds>;
  get(id: string): Promise<RegionBuild | undefined>;
  attempts(id: string): Promise<Attempt[]>;
  /** Ended attempts whose image and configurations nobody has tidied yet. */
  untidy(): Promise<Attempt[]>;
  /** The region build an Image Builder image belongs to. */
  ofImage(imageArn: string): Promise<string | undefined>;
  build(id: string): Promise<Build | undefined>;
  /** Builds of a template, newest first. */
  builds(template: string, limit: number): Promise<Build[]>;
  /** The story so far, oldest first. */
  explanation(id: string): Promise<ExplanationLine[]>;
}

export interface Targets {
  all(): Promise<TargetState[]>;
  of(template: string): Promise<TargetState[]>;
}

export interface Amis {
  of(template: string): Promise<Ami[]>;
  get(template: string, amiId: string): Promise<Ami | undefined>;
  /** Recorded but not yet read back from their SSM parameter. */
  unpublished(): Promise<Ami[]>;
}

/** A template as it is kept: its definition and what people said about it. */
export interface KeptTemplate {
  readonly slug: string;
  readonly revision: number;
  /** As parsed; parents are not merged in yet. */
  readonly definition: Template;
  readonly changedAt: Instant;
  readonly changedBy: string;
  /**
   * Only a kept template has a desired state: it was asked for by popularity, season, `build` or `enable`
   * (design §2). `apply` alone keeps none.
   */
  readonly kept?: { readonly since: Instant; readonly because: string };
  readonly disabled?: { readonly at: Instant; readonly by: string; readonly reason: string };
  /** Paused after failures in a row, or by hand, with its reason. */
  readonly paused?: { readonly at: Instant; readonly by: string; readonly reason: string };
}

export interface Templates {
  all(): Promise<KeptTemplate[]>;
  get(slug: string): Promise<KeptTemplate | undefined>;
  /** Holds if the stored revision is one less (0: none yet); false if somebody else was first. */
  save(template: KeptTemplate): Promise<boolean>;
}

/** A policy as deployed: its text, its meaning, and who changed it, when and why. */
export interface DeployedPolicy {
  readonly version: number;
  readonly text: string;
  readonly policy: Policy;
  readonly changedAt: Instant;
  readonly changedBy: string;
  readonly reason: string;
}

export interface Policies {
  current(): Promise<DeployedPolicy | undefined>;
  history(limit: number): Promise<DeployedPolicy[]>;
  /** Holds if the stored version is one less (1: none yet); false if somebody else was first. */
  save(policy: DeployedPolicy): Promise<boolean>;
}

export interface Pots {
  /** A pot that was never used is absent. */
  balances(keys: readonly string[]): Promise<PotBalance[]>;
}

/** Slots are owned items (design §3): who has which, also where the owner is dead. */
export interface Slots {
  taken(region: string): Promise<TakenSlot[]>;
}

export interface TakenSlot {
  readonly region: string;
  readonly slot: number;
  readonly regionBuild: string;
  readonly attempt: number;
}

/** The state of what runs by the clock: shown by `status`, watched by alarms. */
export interface ScanReport {
  readonly at: Instant;
  readonly succeeded: boolean;
  /** What failed, by base image and region: the others were still looked at. */
  readonly problems: readonly { readonly base: string; readonly region: string; readonly problem: string }[];
}

export interface ScanReports {
  last(): Promise<ScanReport | undefined>;
  save(report: ScanReport): Promise<void>;
}

/** The upstream's answer for many base images in one region: a source that fails does not stop the others. */
export interface BaseImageSource {
  /** @param known pointers as stored: what they say of an image's name and date need not be asked again */
  sightings(
    region: string,
    bases: readonly TrackedBaseImage[],
    known?: readonly BaseImagePointer[],
  ): Promise<SourceAnswers>;
}

export interface SourceAnswers {
  readonly sightings: readonly BaseImageSighting[];
  readonly problems: readonly {
    readonly base: string;
    readonly architecture?: Architecture;
    readonly problem: string;
  }[];
}

/** What Image Builder says of an image. */
export interface ImageReport {
  readonly arn: string;
  /** Image Builder's own status, such as `BUILDING`, `AVAILABLE`, `FAILED`. */
  readonly status: string;
  readonly reason?: string;
  readonly log?: string;
  readonly amiId?: string;
}

/** EC2 Image Builder in one region. Calls are idempotent: a lost answer is found again. */
export interface ImageBuilder {
  /** Makes what is missing (component, recipe, configurations) and starts the image; returns its ARN. */
  start(region: string, spec: ImageSpec): Promise<{ imageArn: string }>;
  /** Undefined if there is no such image (any more). */
  look(region: string, imageArn: string): Promise<ImageReport | undefined>;
  /** Stops a running image; one that has ended stays as it is. */
  cancel(region: string, imageArn: string): Promise<void>;
  /** Removes the configurations that served this attempt alone; refused while its image has not ended. */
  tidy(region: string, names: { infrastructure: string; distribution: string }): Promise<void>;
}

/** Where the id of the active AMI is published. */
export interface AmiParameters {
  put(region: string, name: string, amiId: string): Promise<void>;
  get(region: string, name: string): Promise<string | undefined>;
}

export type ExecutionState = 'running' | 'closed' | 'absent';

/** The executions of `compile-template`. */
export interface Executions {
  /** Starting the same name with the same input again changes nothing. */
  start(name: string, regionBuild: string): Promise<void>;
  state(name: string): Promise<{ state: ExecutionState; startedAt?: Instant }>;
  stop(name: string, reason: string): Promise<void>;
  /** `stale`: the task is gone or no longer waits for this token; read again. */
  succeed(token: string, output: unknown): Promise<'sent' | 'stale'>;
  fail(token: string, error: string, cause: string): Promise<'sent' | 'stale'>;
  /** When the definition was last changed: older waiting executions are started anew. */
  definedAt(): Promise<Instant>;
}

/** The default bus. */
export interface Events {
  /** Places in the list of those that were not taken; the others are published. */
  publish(events: readonly DomainEvent[]): Promise<{ readonly failed: readonly number[] }>;
}

export interface Notices {
  send(audience: Audience, notice: Notice): Promise<void>;
}

/**
 * What may be done once although it is asked for several times, such as sending a notice. `mine`: do it, then say
 * `done`. `busy`: somebody is at it, or died at it a moment ago: try again later. Kept for some days.
 */
export interface Once {
  begin(key: string): Promise<'mine' | 'done' | 'busy'>;
  done(key: string): Promise<void>;
}

/** What happened lately, for people: one sentence each, kept for some weeks. */
export interface ActivityEntry {
  readonly at: Instant;
  readonly kind: ActivityKind;
  readonly text: string;
}

export interface Activity {
  /** The same key twice keeps the first. */
  note(key: string, entry: ActivityEntry): Promise<void>;
  /** Newest first. */
  recent(limit: number): Promise<ActivityEntry[]>;
}

/**
 * Prices of a region: the price list's, not older than a day, else the table shipped with us. Undefined where neither
 * knows the instance type: then nobody may promise what a build costs.
 */
export interface Prices {
  unit(region: string, instanceType: string): Promise<UnitPrices | undefined>;
}

/** What an update fixes, from the sources of evidence that serve its base. A feed that is down is part of the answer. */
export interface Evidence {
  assess(comparison: Comparison): Promise<Assessment>;
}

/** What was read from a feed when it last answered, and by which marks the feed knows whether that is still so. */
export interface KeptFeed {
  readonly at: Instant;
  readonly etag?: string;
  readonly lastModified?: string;
  /** JSON. */
  readonly body: string;
}

/**
 * Answers of feeds, kept between invocations: so that what has not changed is not read again, and for a feed that is
 * down. By address. Only a saving: what is lost is asked for again, and what is too large is not kept.
 */
export interface FeedCache {
  get(url: string): Promise<KeptFeed | undefined>;
  put(url: string, feed: KeptFeed): Promise<void>;
}

/** What EC2 says of an image a build is to stand on; undefined if it is not there (any more). */
export interface ParentImages {
  describe(region: string, imageId: string): Promise<ParentImage | undefined>;
}

/** Starts `check-base-images` at once, besides its clock. */
export interface Scans {
  start(): Promise<void>;
}

/** Text of the policy a new deployment starts with (docs/adr/0004); undefined if none was configured. */
export interface FirstPolicy {
  read(): Promise<string | undefined>;
}

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
  readonly templates: Templates;
  readonly policies: Policies;
  readonly pots: Pots;
  readonly slots: Slots;
  readonly scanReports: ScanReports;
  readonly once: Once;
  readonly activity: Activity;
  readonly baseImageSource: BaseImageSource;
  readonly evidence: Evidence;
  readonly imageBuilder: ImageBuilder;
  readonly parentImages: ParentImages;
  readonly amiParameters: AmiParameters;
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
  | 'templates'
  | 'policies'
  | 'pots'
  | 'slots'
  | 'scanReports'
  | 'once'
  | 'activity'
>;
