import type { TrackedBaseImage } from '../base-images/trackedBaseImage.ts';
import type { ImageRelease } from '../base-images/imageRelease.ts';
import type { Architecture, Confidence, SecurityLevel, UpdateType } from '../words.ts';
import type { FixedAdvisory } from './fixed.ts';
import type { Inventory } from './inventory.ts';
import type { PackageChange } from './packageChange.ts';

/**
 * How asking a feed ended. `answered`: all that was asked. `not-yet`: it does not have it yet. `cached`: it is down and
 * an older answer was used. The others: nothing of use came, for the reason named.
 */
export const SOURCE_STATES = [
  'answered',
  'not-yet',
  'cached',
  'down',
  'malformed',
  'truncated',
  'too-large',
  'timeout',
] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

/** A feed that was asked, and its answer in a sentence. */
export interface SourceAnswer {
  readonly name: string;
  readonly state: SourceState;
  readonly detail: string;
}

/** An advisory of an assessment: fixed, with its level after known exploitation. */
export interface AssessedAdvisory extends FixedAdvisory {
  readonly exploited: readonly string[];
}

/** What comparing two images came to, and how. */
export interface Verdict {
  readonly type: UpdateType;
  /** With confidence `unknown` a lower bound: the policy's rule for unknown applies beside it. */
  readonly level: SecurityLevel;
  readonly confidence: Confidence;
  readonly sources: readonly SourceAnswer[];
  /** Why it is as it is, a sentence each: what decided, what is missing. */
  readonly because: readonly string[];
  /** A feed that was needed did not answer in full: worth asking again soon, not only tomorrow. */
  readonly incomplete: boolean;
}

/** What a base image update changes, and how sure that is. */
export interface Assessment extends Verdict {
  readonly packages: readonly PackageChange[];
  readonly advisories: readonly AssessedAdvisory[];
  /** Ids of advisories that the newer image opens again by going back to an older package. */
  readonly reopened: readonly string[];
  readonly cves: readonly string[];
  /** The CVEs among them that are known to be exploited. */
  readonly exploited: readonly string[];
  readonly changelogUrl: string | null;
  /** Upstream recalled the newer release. */
  readonly recalled: boolean;
}

/** Two images of a base that are to be compared. */
export interface Comparison {
  readonly base: TrackedBaseImage;
  readonly architecture: Architecture;
  readonly from: ImageRelease;
  readonly to: ImageRelease;
  /** Package list of our last build on the older image, if there is one. */
  readonly known?: Inventory;
}
