import type { OpenAdvisory } from '../evidence/openAdvisories.ts';
import type { Instant, SecurityLevel, Target } from '../words.ts';

/** An advisory for which a target's package epoch was raised: it is a reason once, and again if it gets worse. */
export interface AskedAdvisory {
  readonly id: string;
  readonly level: SecurityLevel;
  /** The AMI it was open in. In a later one it has outlived a rebuild: building again closes it no more. */
  readonly amiId: string;
  readonly at: Instant;
}

/** What the last daily check found in the packages of the AMI a target stands on. */
export interface PackageCheck extends Target {
  /** Rises by one with every check. */
  readonly revision: number;
  readonly amiId: string;
  readonly checkedAt: Instant;
  /** Most urgent first, as many as a record holds, each with as many CVEs as it holds. */
  readonly open: readonly OpenAdvisory[];
  /** How many more there are. */
  readonly more: number;
  readonly asked: readonly AskedAdvisory[];
  /**
   * Names of packages that a build here brings to their newest version, in order: all that were a reason so far. Never
   * fewer, since the next image on the same base would have their holes again. Absent: none.
   */
  readonly upgrade?: readonly string[];
}
