import type { Held } from '../money/pot.ts';
import type {
  Instant,
  MicroDollars,
  Milliseconds,
  Pot,
  SecurityLevel,
  Target,
  Trigger,
  Urgency,
} from '../words.ts';

export const OPEN_STATUSES = ['queued', 'granted', 'running'] as const;
export const CLOSED_STATUSES = ['succeeded', 'failed', 'cancelled', 'refused'] as const;
export type OpenStatus = (typeof OPEN_STATUSES)[number];
export type ClosedStatus = (typeof CLOSED_STATUSES)[number];
export type RegionBuildStatus = OpenStatus | ClosedStatus;

export function isOpen(status: RegionBuildStatus): status is OpenStatus {
  return (OPEN_STATUSES as readonly string[]).includes(status);
}

/** One cause that asked for a region build; later ones merge into it while it is queued. */
export interface Reason {
  readonly trigger: Trigger;
  readonly at: Instant;
  readonly level: SecurityLevel;
  /** The cause in a sentence, such as `amazon-linux-2023 moved to 2023.12.20260727 (high)`. */
  readonly because: string;
  /** The update behind it, where there is one. */
  readonly update?: { readonly base: string; readonly release: string };
  /** Who asked, for a manual one. */
  readonly actor?: string;
  /** Somebody asked for the build itself, not for a change that leads to one. */
  readonly byHand?: true;
  /** Asked for with `--urgent`. */
  readonly urgent?: true;
  /** The start of the term it is for: it binds, whatever the level says. */
  readonly deadline?: Instant;
  /** Launches of the template, as counted when it was asked for; absent: 0. */
  readonly launches?: number;
}

/** Whose deadline binds: that of a level, of `--urgent`, or the start of a term. */
export type DeadlineOf = Exclude<SecurityLevel, 'none'> | 'urgent' | 'term';

/** Whether a person must agree before the build may be granted. */
export type Approval = 'not-needed' | 'wanted' | 'given';

/** The wait for a turn: the token that the state machine's own state stored. */
export interface Turn {
  readonly token: string;
  /** ARN of the execution that waits. */
  readonly execution: string;
  readonly storedAt: Instant;
}

/** What the grant froze: from here on the build means exactly this image. */
export interface Grant {
  readonly attempt: number;
  readonly at: Instant;
  readonly slot: number;
  readonly baseImageId: string;
  readonly baseImageName: string;
  readonly baseRelease: string;
  readonly fingerprint: string;
  /** The package epoch that is part of the fingerprint; absent: 0. */
  readonly packageEpoch?: number;
  /** The first of those Image Builder is offered: it takes whichever is available. */
  readonly instanceType: string;
  /** Longest time the image may take before it is cancelled, in milliseconds; the reservation pays for it. */
  readonly maximumDuration: Milliseconds;
  /** What an hour of it costs at most (dearest instance and volumes): settling needs no price of another day. */
  readonly hourlyCost: MicroDollars;
  readonly reservation: Reservation;
  /** The start of its image ended without an answer once, and was asked for again: not a third time. */
  readonly askedAgain?: boolean;
}

/** Money held for one attempt: a ceiling, given back or settled in the pots named here, whatever day it is then. */
export interface Reservation {
  readonly amount: MicroDollars;
  /** What each pot holds of it: the budget's pots the whole, a grant its share. */
  readonly holdings: readonly Held[];
  /** Who pays for it all, for reports: the pot chosen at the request. */
  readonly pot: Pot;
}

/** The Image Builder image of the current attempt, and the wait for it. */
export interface AwaitedImage {
  readonly arn: string;
  readonly attempt: number;
  readonly startedAt: Instant;
  /** Image Builder's own status as last seen. */
  readonly status: string;
  /** When it was first seen to have ended: until then it is paid. */
  readonly endedAt?: Instant;
  readonly token?: string;
  readonly execution?: string;
}

/** Why an attempt or the whole build ended badly. */
export interface BuildFailure {
  readonly at: Instant;
  readonly attempt: number;
  /** Machine name, such as `ImageFailed`, `ServiceQuotaExceededException`. */
  readonly error: string;
  /** Image Builder's or AWS's own sentence. */
  readonly reason: string;
  /** Where its log lies, as a CloudWatch Logs or S3 address, where known. */
  readonly log?: string;
  readonly transient: boolean;
}

/**
 * One template in one region for one architecture: the unit that waits, takes a slot, is paid, built,
 * retried and published (design §2).
 */
export interface RegionBuild extends Target {
  /** `<template>-<region>-<architecture>-<sequence>`, also the stem of its execution names. */
  readonly id: string;
  readonly sequence: number;
  /** The build (what people see and wait for) it was first asked for under. */
  readonly build: string;
  readonly status: RegionBuildStatus;
  /** Rises by one with every write. */
  readonly revision: number;

  readonly requestedAt: Instant;
  readonly triggers: readonly Trigger[];
  readonly reasons: readonly Reason[];
  /** Worst level among the reasons. */
  readonly level: SecurityLevel;
  readonly urgency: Urgency;
  /** Higher goes first within one urgency and latest start; popularity adds to it. */
  readonly priority: number;
  /** A person gave it that priority: no rule changes it. */
  readonly prioritized?: true;
  /**
   * Version of the policy it was weighed by last or, in the end, refused by. Absent: nobody kept it, and what is queued
   * stays as it was asked for.
   */
  readonly policyVersion?: number;
  /** Fixed at the request by level or `--urgent`; neither a near deadline nor another policy changes it. */
  readonly pot: Pot;
  readonly deadline?: Instant;
  /** False for deadlines that only rank (popular and dependency builds). */
  readonly deadlineBinds: boolean;
  /** Whose it is, if it binds; absent: it only ranks, or is older than this field and the worst level's. */
  readonly deadlineOf?: DeadlineOf;
  /** Start at detection: in or out of any window (an `immediate` window, or `--urgent`). */
  readonly immediate: boolean;
  readonly maxCost?: MicroDollars;
  /** Build although an image of the same fingerprint exists. */
  readonly forced: boolean;
  readonly approval: Approval;
  /** Not before this instant: the backoff of a new attempt. */
  readonly notBefore?: Instant;

  /** Attempts granted so far. */
  readonly attempts: number;
  /** Number of the execution that owns it; rises only when the earlier one is seen closed or absent. */
  readonly executionNumber: number;
  readonly turn?: Turn;
  readonly grant?: Grant;
  readonly image?: AwaitedImage;
  readonly amiId?: string;
  readonly failure?: BuildFailure;
  /** Fingerprint of the image that was not to be made when its turn came: for another one it can be asked for anew. */
  readonly passedOver?: string;
  /** What it truly cost, over all attempts. */
  readonly cost: MicroDollars;
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
}

export function regionBuildId({ template, region, architecture }: Target, sequence: number): string {
  return `${template}-${region}-${architecture}-${sequence}`;
}

/** Step Functions takes names of at most 80 characters; they stay taken for 90 days. */
export function executionName(regionBuild: Pick<RegionBuild, 'id' | 'executionNumber'>): string {
  return `${regionBuild.id}-${regionBuild.executionNumber}`;
}

/** Whether this execution (an ARN) is the one that owns the region build; an earlier one has nothing to say any more. */
export function isOwnedBy(
  regionBuild: Pick<RegionBuild, 'id' | 'executionNumber'>,
  execution: string,
): boolean {
  return execution.slice(execution.lastIndexOf(':') + 1) === executionName(regionBuild);
}
