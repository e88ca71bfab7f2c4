import type { BaseImagePointer, BaseImageSighting } from '../core/base-images/pointer.ts';
import type { TrackedBaseImage } from '../core/base-images/trackedBaseImage.ts';
import type { DomainEvent } from '../core/events.ts';
import type { Instance } from '../core/instances/instance.ts';
import type { Notice } from '../core/notices/notice.ts';
import type { Advisory } from '../core/evidence/advisory.ts';
import type { Assessment, Comparison, SourceAnswer } from '../core/evidence/assessment.ts';
import type { Inventory } from '../core/evidence/inventory.ts';
import type { AmiUse } from '../core/images/amiUse.ts';
import type { UnitPrices } from '../core/money/estimate.ts';
import type { PricedInstance } from '../core/money/pricedInstance.ts';
import type { ParentImage } from '../core/template/imageRequest.ts';
import type { ImageSpec } from '../core/template/imageSpecTypes.ts';
import type { Architecture, Audience, Instant } from '../core/words.ts';

export type { AmiUse };

/** What lies outside: upstreams, feeds, and the services of AWS that builds are made with. */

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
  /** What is installed in a finished image; empty if Image Builder took no inventory of it. */
  packages(region: string, imageArn: string): Promise<Inventory>;
  /** Stops a running image; one that has ended stays as it is. */
  cancel(region: string, imageArn: string): Promise<void>;
  /** Removes the configurations that served this attempt alone; refused while its image has not ended. */
  tidy(region: string, names: { infrastructure: string; distribution: string }): Promise<void>;
  /**
   * Removes an image that has ended, and what then serves no other of ours: its recipe and its components. The AMI
   * stays (see `AmiLifecycle`). What is not named as ours is refused; refused while the image has not ended.
   */
  remove(region: string, imageArn: string): Promise<void>;
}

/** Where the id of the active AMI is published. */
export interface AmiParameters {
  /**
   * Answers what the parameter reads a moment later: AWS checks the value after it has answered, and drops one that is
   * no image of the region.
   */
  put(region: string, name: string, amiId: string): Promise<string | undefined>;
  get(region: string, name: string): Promise<string | undefined>;
  /** The values of many by their names, ten a call; a name without a parameter is absent. */
  several(region: string, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
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
 * Prices of a region: the price list's, not older than a day, else the table shipped with us. Undefined where neither
 * knows the instance type, or what its operating system adds: then nobody may promise what a build costs.
 */
export interface Prices {
  unit(instance: PricedInstance): Promise<UnitPrices | undefined>;
}

/** What an update fixes, from the sources of evidence that serve its base. A feed that is down is part of the answer. */
export interface Evidence {
  assess(comparison: Comparison): Promise<Assessment>;
}

/** All images of ours that rest on one base: which advisories are there about what is installed in them? */
export interface PackageQuestion {
  readonly base: TrackedBaseImage;
  /** What is installed in any of them, each version once. */
  readonly installed: Inventory;
  /** Advisories published before this are of no use to them. */
  readonly since: Instant;
}

export interface PackageAnswer {
  /** Those that may concern such images, and others; null: no source that could tell has answered. */
  readonly advisories: readonly Advisory[] | null;
  /** What is not known because a source did not answer, a sentence each. */
  readonly gaps: readonly string[];
  /** None: the base has no source, or the policy asks none of them. */
  readonly sources: readonly SourceAnswer[];
}

/** Advisories about what is installed in images of ours, from the same feeds that say what an update fixes. */
export interface PackageAdvisories {
  /**
   * Answers in the order of the questions; each feed is read once for all of them.
   * @param pip names of Python packages, whose versions nobody knows
   */
  ask(
    questions: readonly PackageQuestion[],
    pip: { readonly names: readonly string[]; readonly since: Instant },
  ): Promise<{
    readonly answers: readonly PackageAnswer[];
    readonly pip: PackageAnswer;
    /** CVEs known to be exploited; null: their catalogue did not answer. */
    readonly exploited: ReadonlySet<string> | null;
  }>;
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

/**
 * The way out of AMIs that gave way to others (design §5), in EC2 of one region. Every call may be repeated; on an AMI
 * that is gone it does nothing. Changes of AMIs without our tag are refused (`NotOurAmi`).
 */
export interface AmiLifecycle {
  /**
   * By AMI id; one that EC2 does not know (any more) is absent. The parameter that publishes the active AMI is a user
   * like any other. Of one without our tag nothing is known, and what goes wrong with one AMI is its own answer.
   */
  uses(region: string, amiIds: readonly string[]): Promise<ReadonlyMap<string, AmiUse>>;
  /** Whether it is there and available: a disabled one is not, a deprecated one is. */
  isLaunchable(region: string, amiId: string): Promise<boolean>;
  /** Still launched by those who name it, but no longer offered. */
  deprecate(region: string, amiId: string): Promise<void>;
  /** Takes a deprecation back: a rollback made it the active one again. */
  undeprecate(region: string, amiId: string): Promise<void>;
  /** Not launched by anybody any more, nor shared with anybody; EC2 can take the first back. */
  disable(region: string, amiId: string): Promise<void>;
  /** Gone, with its snapshots, but for those that another AMI shares. @throws SnapshotsLeft if more of them are left */
  deregister(region: string, amiId: string): Promise<void>;
}

/** Instances of the account. They are named to people, and never touched (design §5). */
export interface Instances {
  /** Those that exist, stopped ones too, and were launched from any of these AMIs, in no order; AMIs may be gone. */
  launchedFrom(region: string, amiIds: readonly string[]): Promise<Instance[]>;
}

/** Starts `check-base-images` at once, besides its clock. */
export interface Scans {
  start(): Promise<void>;
}

/** Text of the policy a new deployment starts with (docs/adr/0004); undefined if none was configured. */
export interface FirstPolicy {
  read(): Promise<string | undefined>;
}
