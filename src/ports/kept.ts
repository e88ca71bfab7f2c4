import type { Announcement } from '../core/announcements/announcement.ts';
import type { BaseImagePointer, BaseImageUpdate, Observation } from '../core/base-images/pointer.ts';
import type { RegionBuild } from '../core/builds/regionBuild.ts';
import type { Ami, TargetState } from '../core/builds/target.ts';
import type { UpdateRecord } from '../core/changes.ts';
import type { Inventory } from '../core/evidence/inventory.ts';
import type { PackageCheck } from '../core/packages/packageCheck.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Launch, LaunchDay } from '../core/launches.ts';
import type { PotBalance } from '../core/money/pot.ts';
import type { Template } from '../core/template/template.ts';
import type { ActivityKind, ExplanationLine, Instant, Target } from '../core/words.ts';
import type { Attempt, CommitResult, Write } from '../core/writes.ts';

/** What is kept in the one table: desired state, queue, pots, and what was seen. */

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
  /** Updates with steps that nobody has compared yet, oldest first. */
  unassessed(): Promise<{ base: string; release: string; since: Instant }[]>;
  /** Updates that are to be assessed again by now, those that are due longest first, at most so many. */
  dueAgain(now: Instant, limit: number): Promise<UpdateRecord[]>;
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
  /** Those of these that exist, in no order: a hundred are one read. */
  among(ids: readonly string[]): Promise<RegionBuild[]>;
  attempts(id: string): Promise<Attempt[]>;
  /** Ended attempts whose image and configurations nobody has tidied yet. */
  untidy(): Promise<Attempt[]>;
  /** Ended attempts whose image became no AMI of ours and lies in Image Builder still, oldest first. */
  leftovers(): Promise<Attempt[]>;
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
  /** On their way out, and EC2 must still be told of their last step, oldest first. */
  retiring(): Promise<Ami[]>;
}

/** What tells an AMI's package list: which AMI it is of, and what that was built on. */
export type ListedAmi = Pick<Ami, 'amiId' | 'architecture' | 'baseImageName' | 'createdAt'>;

/**
 * What is installed in our AMIs, copied from Image Builder when an AMI is recorded. Kept for some months: a list that
 * is gone, or could not be read then, is asked for again by the daily check as long as its AMI is active.
 */
export interface PackageLists {
  of(ami: ListedAmi): Promise<Inventory | undefined>;
  /** That of our newest build on a base image, whatever its template and region: one name, one content. */
  newestOn(image: Pick<ListedAmi, 'architecture' | 'baseImageName'>): Promise<Inventory | undefined>;
  /** In place of the one that is there. */
  keep(ami: ListedAmi, packages: Inventory): Promise<void>;
}

/** What the daily check found open in the packages of the AMIs that targets stand on. */
export interface PackageChecks {
  get(target: Target): Promise<PackageCheck | undefined>;
  /** Of every place of a template. */
  of(template: string): Promise<PackageCheck[]>;
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

/** What people were told once (see `Announcement`); a `commit` announces. */
export interface Announcements {
  /** Those among these keys that were announced, in their order. */
  told(keys: readonly string[]): Promise<Announcement[]>;
}

/** How often templates are launched: what popularity is counted from. */
export interface Launches {
  /** The same launch twice counts once. */
  note(launch: Launch): Promise<void>;
  /** From the day of that moment on, oldest first. */
  since(from: Instant): Promise<LaunchDay[]>;
  /** The last day on which anything was launched; undefined: nobody ever told of a launch. */
  last(): Promise<Instant | undefined>;
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
