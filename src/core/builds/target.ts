import type { Instant, Milliseconds, SecurityLevel, Target } from '../words.ts';

/** The AMI a target stands on. */
export interface ActiveAmi {
  readonly amiId: string;
  readonly fingerprint: string;
  readonly baseImageId: string;
  readonly baseRelease: string;
  readonly regionBuild: string;
  readonly at: Instant;
  /** The epoch it was made in; absent: 0. */
  readonly packageEpoch?: number;
}

/** Why a package epoch was raised: what is open in the image's packages and has a fix. */
export interface EpochRaise {
  readonly at: Instant;
  readonly level: SecurityLevel;
  /** In a sentence with advisories, packages and CVEs; the same wherever the same is open. */
  readonly because: string;
}

/** An AMI that gave way to the one before it, by hand. */
export interface RolledBack {
  readonly amiId: string;
  readonly fingerprint: string;
  readonly at: Instant;
  /** By whom, and why. */
  readonly because: string;
}

/** What is true of one template in one place: the "actual state" the loop compares with the desired one. */
export interface TargetState extends Target {
  /** Number of the newest region build; rises with each one, conditionally, so that two requests cannot both make one. */
  readonly sequence: number;
  /** Rises by one with every write. */
  readonly revision: number;
  readonly active?: ActiveAmi;
  readonly previous?: ActiveAmi;
  /** The image that a person took out of use last: the loop does not make it again (design §5). */
  readonly rolledBack?: RolledBack;
  /** Raised when an advisory matches the last image's own packages, or its age passes the maximum. */
  readonly packageEpoch: number;
  /** Why it was raised last; absent: it never was. */
  readonly epochRaised?: EpochRaise;
  /** Failures since the last success; after the policy's number of them the template is paused. */
  readonly failuresInARow: number;
  /** The last failure, so that the same image is not asked for again at every tick. */
  readonly lastFailure?: { readonly fingerprint: string; readonly at: Instant; readonly reason: string };
  /** Durations of the last successful builds here, newest last, at most twenty: what estimates learn from. */
  readonly durations: readonly Milliseconds[];
}

export function newTargetState(target: Target): TargetState {
  return {
    template: target.template,
    region: target.region,
    architecture: target.architecture,
    sequence: 0,
    revision: 0,
    packageEpoch: 0,
    failuresInARow: 0,
    durations: [],
  };
}

export const AMI_STATES = [
  'building',
  'testing',
  'candidate',
  'active',
  'superseded',
  'deprecated',
  'disabled',
  'deregistered',
  'failed',
] as const;
export type AmiState = (typeof AMI_STATES)[number];

/** One AMI we made. The last good one of a target is never removed. */
export interface Ami extends Target {
  readonly amiId: string;
  readonly state: AmiState;
  readonly fingerprint: string;
  readonly baseImageId: string;
  readonly baseImageName: string;
  readonly baseRelease: string;
  readonly regionBuild: string;
  readonly build: string;
  readonly imageArn: string;
  readonly createdAt: Instant;
  /** By when it was to be the active one; absent: nothing binds it. */
  readonly deadline?: Instant;
  /** The epoch it was made in; absent: 0. */
  readonly packageEpoch?: number;
  readonly promotedAt?: Instant;
  /** When the SSM parameter was read back with this id. */
  readonly publishedAt?: Instant;
  /**
   * The AMI that was active when promotion was decided. Promotion is conditioned on it, one way, so that a
   * replay after a rollback does nothing (design §5).
   */
  readonly replaces: string | null;
  /**
   * When another AMI took over, or this one came to nothing: ages on its way out count from it. Absent: it has not given
   * way, or did so before this was recorded.
   */
  readonly supersededAt?: Instant;
  /** When people took it out of use by a rollback; not once they use it again. */
  readonly rolledBackAt?: Instant;
  /** When it was decided; EC2 is told after it. Kept by one that became active again: its deprecation is to be undone. */
  readonly deprecatedAt?: Instant;
  readonly disabledAt?: Instant;
  readonly deregisteredAt?: Instant;
  /** Why the last look at its users left it as it was, and since when that is so. */
  readonly heldBack?: { readonly at: Instant; readonly because: string };
}
