import type { BudgetExhausted, BudgetOverrun, EndOfLifeAnnouncement } from '../announcements/announcement.ts';
import type { BaseImageUpdate } from '../base-images/pointer.ts';
import type { RegionBuild } from '../builds/regionBuild.ts';
import type { Ami } from '../builds/target.ts';
import type { Instant, MicroDollars } from '../words.ts';

/** What people asked for or a rule wanted, with everything that belongs to it. */
export interface BuildFacts {
  readonly id: string;
  readonly template: string;
  /** The cause in a sentence. */
  readonly because: string;
  readonly regionBuilds: readonly RegionBuild[];
}

/** A region build that may be, or is, too late. */
export interface LateBuild {
  readonly regionBuild: RegionBuild;
  /** What was promised when this was announced. */
  readonly deadline: Instant;
  /** Why, in a sentence. */
  readonly because: string;
}

/** A base image that gets no updates soon. `affected`: kept templates built on it. */
export interface EndingBase extends EndOfLifeAnnouncement {
  readonly affected: readonly string[];
}

/** Something that happened, looked up again and whole: what notices are written from. */
export type NoticeFact =
  /** An update was assessed, or assessed anew with another level. `affected`: kept templates built on the base. */
  | {
      readonly kind: 'base-image-updated';
      readonly update: BaseImageUpdate;
      readonly affected: readonly string[];
    }
  | { readonly kind: 'build-queued'; readonly build: BuildFacts; readonly startsAt?: Instant }
  /** `waiting`: those of it that wait for a yes now. */
  | {
      readonly kind: 'approval-wanted';
      readonly build: BuildFacts;
      readonly waiting: readonly RegionBuild[];
      readonly estimate?: MicroDollars;
    }
  /** Told when the last region build of a build has ended; while any is open it says nothing. */
  | { readonly kind: 'build-finished'; readonly build: BuildFacts }
  | { readonly kind: 'region-build-failed'; readonly regionBuild: RegionBuild }
  | { readonly kind: 'region-build-refused'; readonly regionBuild: RegionBuild }
  /** A promotion apart from its build: after a soak, by hand, or a rollback. The others are in `build-finished`. */
  | { readonly kind: 'ami-promoted'; readonly ami: Ami }
  | { readonly kind: 'template-paused'; readonly template: string; readonly reason: string }
  | BudgetExhausted
  | BudgetOverrun
  | ({ readonly kind: 'deadline-at-risk' } & LateBuild)
  | ({ readonly kind: 'deadline-missed' } & LateBuild)
  | EndingBase;

export type NoticeKind = NoticeFact['kind'];
