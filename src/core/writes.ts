import type { Announcement } from './announcements/announcement.ts';
import type { BaseImagePointer, DatedAssessment, Observation } from './base-images/pointer.ts';
import type { RegionBuild, Reservation } from './builds/regionBuild.ts';
import type { Ami, TargetState } from './builds/target.ts';
import type { PackageCheck } from './packages/packageCheck.ts';
import type { ExplanationLine, Instant, MicroDollars, Target } from './words.ts';

/**
 * Everything the loop changes in its table, as plain values. A rule returns a list of these; the list is
 * committed whole or not at all, and each carries the condition that makes a replay harmless. So a
 * transaction of design §3 can be read, compared and tested without a database.
 */
export type Write =
  | RegionBuildWrite
  | OpenPointerWrite
  | SlotWrite
  | PotWrite
  | AttemptWrite
  | TargetWrite
  | AmiWrite
  | PackageCheckWrite
  | ImageOwnerWrite
  | BuildMemberWrite
  | PointerWrite
  | ObservationWrite
  | UpdateSeenWrite
  | AssessmentWrite
  | HandledWrite
  | AnnouncementWrite
  | ExplanationWrite;

/** The region build as it is to be. Holds if the stored revision is `expects`; `null` means it must not exist. */
export interface RegionBuildWrite {
  readonly kind: 'region-build';
  readonly after: RegionBuild;
  readonly expects: number | null;
}

/**
 * At most one queued and one running region build per target: the pointer's key is the target, so the rule is
 * the key's uniqueness. `enter` holds if there is none; `leave` if it names this region build.
 */
export interface OpenPointerWrite {
  readonly kind: 'enter-queue' | 'leave-queue' | 'enter-running' | 'leave-running';
  readonly target: Target;
  readonly regionBuild: string;
}

/** Slots are owned items, never a counter: `take` holds if the slot is free, `free` if this owner has it. */
export interface SlotWrite {
  readonly kind: 'take-slot' | 'free-slot';
  readonly region: string;
  readonly slot: number;
  readonly regionBuild: string;
  readonly attempt: number;
}

export type PotWrite =
  | {
      /** Holds only if reserved + settled + amount ≤ limit: the invariant of the ledger (design §4, Money). */
      readonly kind: 'reserve';
      readonly pot: string;
      readonly amount: MicroDollars;
      readonly limit: MicroDollars;
    }
  | {
      /**
       * Gives the ceiling back and books what it truly cost: 0 releases it. What exceeds the ceiling is
       * counted as overrun as well. Needs the pot to exist; the attempt's own condition makes it happen once.
       */
      readonly kind: 'settle';
      readonly pot: string;
      readonly ceiling: MicroDollars;
      readonly cost: MicroDollars;
    };

export const ATTEMPT_STATES = ['held', 'settled', 'released'] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** One try of a region build with the money held for it. */
export interface Attempt {
  readonly regionBuild: string;
  readonly region: string;
  readonly attempt: number;
  readonly state: AttemptState;
  readonly reservation: Reservation;
  readonly slot: number;
  readonly grantedAt: Instant;
  readonly endedAt?: Instant;
  readonly imageArn?: string;
  readonly cost?: MicroDollars;
  readonly outcome?: string;
}

/** Holds if the stored attempt is in state `expects`; `null` means it must not exist. */
export interface AttemptWrite {
  readonly kind: 'attempt';
  readonly after: Attempt;
  readonly expects: AttemptState | null;
  /**
   * `tidy`: its image may still run and its configurations still exist. `remove`: what is left of it is an image of
   * Image Builder that became no AMI of ours. Kept in the sparse index until that is gone.
   */
  readonly pending?: 'tidy' | 'remove';
}

/** Holds if the stored revision is `expects`; `null` means it must not exist. */
export interface TargetWrite {
  readonly kind: 'target';
  readonly after: TargetState;
  readonly expects: number | null;
}

/** Holds if the stored AMI is in state `expects`; `null` means it must not exist. */
export interface AmiWrite {
  readonly kind: 'ami';
  readonly after: Ami;
  readonly expects: Ami['state'] | null;
  /** Someone must still publish it, or tell EC2 that it leaves: kept in the sparse index until it is done. */
  readonly pending?: 'publish' | 'retire';
  /** Holds only if nobody is still to publish it or to tell EC2: another's mark is not written over. */
  readonly unmarked?: true;
}

/** What is open in a target's packages. Holds if the stored revision is `expects`; `null` means it must not exist. */
export interface PackageCheckWrite {
  readonly kind: 'package-check';
  readonly after: PackageCheck;
  readonly expects: number | null;
}

/** Which region build an Image Builder image belongs to. Holds if nobody else owns it. */
export interface ImageOwnerWrite {
  readonly kind: 'image-owner';
  readonly imageArn: string;
  readonly regionBuild: string;
}

/** A region build answers (also) for this build, the thing people asked for. Always holds. */
export interface BuildMemberWrite {
  readonly kind: 'build-member';
  readonly build: string;
  readonly template: string;
  readonly because: string;
  readonly requestedAt: Instant;
  readonly regionBuild: string;
}

/** Holds if the stored pointer shows image and parameter as in `expects`; `null` means it must not exist. */
export interface PointerWrite {
  readonly kind: 'pointer';
  readonly after: BaseImagePointer;
  readonly expects: Pick<
    BaseImagePointer,
    'imageId' | 'parameter' | 'parameterVersion' | 'parameterModifiedAt'
  > | null;
}

/** One place got a new base image; pending until builds have been requested for it. */
export interface ObservationWrite {
  readonly kind: 'observation';
  readonly after: Observation;
}

/** The update exists; pending until it is assessed. Seeing it again changes nothing else. */
export interface UpdateSeenWrite {
  readonly kind: 'update-seen';
  readonly base: string;
  readonly release: string;
  readonly at: Instant;
}

/**
 * What the update fixes, as far as it is known. Holds if the stored assessment was made at `expects`; `null` means there
 * is none: of two that assess at once neither overwrites what the other found.
 */
export interface AssessmentWrite {
  readonly kind: 'assessment';
  readonly base: string;
  readonly release: string;
  readonly assessment: DatedAssessment;
  readonly expects: Instant | null;
  /** What is to be done next, and since or from when on: in the sparse index until then. Absent: nothing. */
  readonly pending?: AssessmentDuty;
}

/** `assess`: steps of it are still to be compared. `assess-again`: all are, and may look worse from then on. */
export interface AssessmentDuty {
  readonly work: 'assess' | 'assess-again';
  readonly since: Instant;
}

/** Builds have been requested for this observation: it leaves the sparse index. */
export interface HandledWrite {
  readonly kind: 'observation-handled';
  readonly observation: Observation;
}

/** Tells people, once: where it was announced before nothing changes, and nothing else of the list is held up by it. */
export interface AnnouncementWrite {
  readonly kind: 'announce';
  readonly announcement: Announcement;
}

/** A line of the story of a region build; `current` is why it waits now, shown with the queue. */
export interface ExplanationWrite {
  readonly kind: 'explain';
  readonly regionBuild: string;
  readonly line: ExplanationLine;
}

/** What became of a list of writes. `conflicts` are those whose condition did not hold; nothing was written then. */
export type CommitResult =
  { readonly committed: true } | { readonly committed: false; readonly conflicts: readonly Write[] };
