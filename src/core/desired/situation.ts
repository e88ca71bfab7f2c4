import type { BaseImagePointer, BaseImageUpdate } from '../base-images/pointer.ts';
import type { TrackedBaseImage } from '../base-images/trackedBaseImage.ts';
import type { Reason, RegionBuild } from '../builds/regionBuild.ts';
import type { TargetState } from '../builds/target.ts';
import type { LaunchDay } from '../launches.ts';
import type { Policy } from '../policy/policy.ts';
import type { Sha256 } from '../template/contentVersion.ts';
import type { Resolution } from '../template/resolveInheritance.ts';
import type { Instant, Target } from '../words.ts';

interface Said {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
}

/** What people, popularity or seasons said about a template. */
export interface WantedTemplate {
  readonly slug: string;
  readonly revision: number;
  readonly changedAt: Instant;
  readonly changedBy: string;
  readonly kept?: { readonly since: Instant; readonly because: string };
  readonly disabled?: Said;
  readonly paused?: Said;
}

/** Everything that decides which images there should be, and which there are. */
export interface Situation {
  readonly now: Instant;
  readonly policy: Policy;
  readonly policyVersion: number;
  readonly sha256: Sha256;
  /** Regions of the deployment, in its order. */
  readonly regions: readonly string[];
  /** By slug. */
  readonly templates: ReadonlyMap<string, WantedTemplate>;
  readonly resolution: Resolution;
  /** Slug of the template on whose AMI each is built. */
  readonly builtOn: ReadonlyMap<string, string>;
  /** The tracked base image that each template rests on at last, by slug. */
  readonly rootBases: ReadonlyMap<string, TrackedBaseImage>;
  /** By target key. */
  readonly targets: ReadonlyMap<string, TargetState>;
  /** Open region builds by target key: at most one that is queued, and one that is granted or running. */
  readonly open: ReadonlyMap<string, readonly RegionBuild[]>;
  /** By pointer key. */
  readonly pointers: ReadonlyMap<string, BaseImagePointer>;
  /** As far back as the policy counts them. */
  readonly launches: readonly LaunchDay[];
}

/** What needs to be known besides, where something is behind. */
export interface History {
  /** By base image, newest first. */
  readonly updates: ReadonlyMap<string, readonly BaseImageUpdate[]>;
  /** By id: the last region build of each place that is behind, and those that made the AMIs others are built on. */
  readonly regionBuilds: ReadonlyMap<string, RegionBuild>;
}

/** Why nothing is asked for, where one might expect it. */
export interface Passed {
  /** A template or, with region and architecture, one place of it: `python-ml/us-east-1/x86_64`. */
  readonly subject: string;
  readonly rule: string;
  readonly because: string;
  /** A build that the reasons would have asked for: what it would cost is saved. */
  readonly spares?: Target;
}

/** Why a place is to have another image. */
export interface Reasons {
  readonly reasons: readonly Reason[];
  /** The same text wherever the same thing makes builds necessary: they are one build then. */
  readonly cause: string;
  /** By when it is wanted, whatever the levels say. */
  readonly deadline?: Instant;
}
