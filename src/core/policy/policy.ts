/**
 * The policy as the program understands it: every default filled in, plain JSON-able data, durations in
 * milliseconds, money in micro-dollars, instants in epoch milliseconds (design §4, §7; issue 4, item 1).
 * `parsePolicy` makes it from YAML; nothing else may.
 */
import type { Season, Window } from '../time/window.ts';
import type { TrackedBaseImage } from './baseImagePolicy.ts';
import type {
  Audience,
  Instant,
  MicroDollars,
  Milliseconds,
  Mode,
  SecurityLevel,
  Trigger,
} from '../words.ts';

export { DEFAULT_POLICY } from './defaultPolicy.ts';
export type { BaseImageSource, TrackedBaseImage } from './baseImagePolicy.ts';

/** The levels an update can be rebuilt for; `none` is no security update at all. */
export type RatedLevel = Exclude<SecurityLevel, 'none'>;
/** The levels with a meaning of their own; `unknown` is treated as one of them. */
export type KnownLevel = Exclude<RatedLevel, 'unknown'>;

/** Rebuild without asking, wait for `approve`, or leave it alone. */
export const LEVEL_ACTIONS = ['auto', 'approve', 'off'] as const;
export type LevelAction = (typeof LEVEL_ACTIONS)[number];

/** Build in each region, build once and distribute, or whichever the estimate finds cheaper (design §6). */
export const STRATEGIES = ['build', 'copy', 'auto'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Who makes a tested AMI the active one: the system, once it has soaked, or a person. */
export const PROMOTIONS = ['automatic', 'manual'] as const;
export type Promotion = (typeof PROMOTIONS)[number];

/** Where the facts about an update come from (issue 5, item 1). */
export const EVIDENCE_SOURCES = ['amazon_linux', 'ubuntu', 'osv', 'cisa_kev'] as const;
export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number];

export interface LevelPolicy {
  /**
   * Longest time from an observation to the promoted AMI in that place. `immediate`: start at detection, the
   * deadline being detection + p90 × safety factor.
   */
  readonly window: Milliseconds | 'immediate';
  readonly action: LevelAction;
}

/** What may differ from template to template. */
export interface TemplatePolicy {
  readonly mode: Mode;
  /** Launches within `popularity.window` that make a template popular. */
  readonly popularityThreshold: number;
  readonly strategy: Strategy;
  /** A region build whose ceiling is above this is refused; `null`: only the pots limit it. */
  readonly maxCost: MicroDollars | null;
  /** A non-urgent base image is adopted once it is this old. */
  readonly minimumAge: Milliseconds;
  /** An AMI older than this is rebuilt; `null`: never for its age. */
  readonly securityWindow: Milliseconds | null;
  readonly promotion: Promotion;
  /** How long a tested AMI waits before it is promoted; waived for critical updates. */
  readonly soak: Milliseconds;
  /** The only regions to build in; `null`: all of the deployment. */
  readonly regions: readonly string[] | null;
}

export interface PopularityPolicy {
  readonly enabled: boolean;
  /** Whole days over which launches are counted, today being the last. */
  readonly window: Milliseconds;
  /** Popularity builds wait for an off-peak window even when `preferOffPeak` is off. */
  readonly offPeakOnly: boolean;
  /** What each launch within the window adds to the priority of its template's builds. */
  readonly priorityPerLaunch: number;
  /** The most that launches add. */
  readonly mostPriority: number;
}

/** Fewer than `launches` in the trailing `window` is dormant: no dependency rebuilds. 0 launches: none ever is. */
export interface DormancyPolicy {
  readonly launches: number;
  readonly window: Milliseconds;
}

export interface BudgetPolicy {
  /** Per calendar day in the policy's zone. */
  readonly daily: MicroDollars;
  /** The daily limit on days of the semester preparation season; equal to `daily` unless the policy says more. */
  readonly semesterPrepDaily: MicroDollars;
  /** Per calendar month in the policy's zone. */
  readonly monthly: MicroDollars;
  /** For critical updates alone (`emergency_budget`), per calendar month in the policy's zone. */
  readonly urgent: MicroDollars;
  /** On: the urgent pot pays without asking. Off: critical builds wait for `approve`. */
  readonly approveEmergency: boolean;
}

/** Shares are basis points: 10,000 is the whole cost. */
export const WHOLE_SHARE = 10_000;

export interface Grant {
  readonly id: string;
  readonly limit: MicroDollars;
  /** First and last day, `YYYY-MM-DD` in the policy's zone. */
  readonly start: string;
  readonly end: string;
  /** `[startsAt, endsAt)`: the same days as instants. */
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Named in what admins and researchers are told when it is empty or over. */
  readonly owner: string;
  /** Template → basis points of its cost booked on this grant too. All grants together give a template at most the whole. */
  readonly shares: Readonly<Record<string, number>>;
}

export interface Term {
  readonly name: string;
  /** First and last day, `YYYY-MM-DD` in the policy's zone. */
  readonly start: string;
  readonly end: string;
  /** `[startsAt, endsAt)`: the same days as instants. */
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export interface SeasonalPolicy {
  readonly enabled: boolean;
  /** Builds are wanted from this long before the anchor; the anchor is their deadline. */
  readonly lead: Milliseconds;
  readonly anchor: 'term-start';
  readonly templates: readonly string[];
  /** In order of start, never overlapping. */
  readonly terms: readonly Term[];
}

export interface NotifyPolicy {
  readonly audiences: Readonly<Record<Audience, boolean>>;
  /** Those audiences are told when a rebuild is queued, before it starts, not only of its result. */
  readonly beforeRebuild: boolean;
}

/** Ages count from the moment another AMI took over; the last good AMI is never removed (design §5). */
export interface RetentionPolicy {
  readonly deprecateAfter: Milliseconds;
  readonly disableAfter: Milliseconds;
  readonly deregisterAfter: Milliseconds;
  /** Superseded AMIs kept per target whatever their age, so that `rollback` has somewhere to go. */
  readonly keepPrevious: number;
  readonly maximumRemovalsPerDay: number;
}

export interface BlockedImage {
  readonly imageId: string;
  readonly reason: string;
}

export interface EvidenceSourcePolicy {
  readonly enabled: boolean;
  /** A mirror to ask instead of the public address; `null`: the public one. */
  readonly baseUrl: string | null;
  readonly timeout: Milliseconds;
  readonly maximumBytes: number;
}

export interface EvidencePolicy {
  readonly sources: Readonly<Record<EvidenceSource, EvidenceSourcePolicy>>;
  /** An update is assessed again daily for this long, since advisories can come after the release that fixes them. */
  readonly reassessFor: Milliseconds;
}

export interface Policy extends TemplatePolicy {
  /** Overrides by template name; `templatePolicy(policy, name)` gives the whole. */
  readonly templates: Readonly<Record<string, Partial<TemplatePolicy>>>;
  /** IANA zone in which days, months, terms and seasons are counted. */
  readonly zone: string;
  /** Each list is a union: a build may run in any of its windows. The preparation season is already among them. */
  readonly windows: { readonly offPeak: readonly Window[]; readonly urgent: readonly Window[] };
  /** Off: non-urgent builds need not wait for an off-peak window. */
  readonly preferOffPeak: boolean;
  readonly perLevel: Readonly<Record<RatedLevel, LevelPolicy>>;
  /** Whose urgency an unknown level has. */
  readonly treatUnknownAs: KnownLevel;
  readonly popularity: PopularityPolicy;
  readonly dormancy: DormancyPolicy;
  readonly seasonal: SeasonalPolicy;
  /** Heavier building: in this season every hour counts as off-peak, and `budgets.semesterPrepDaily` holds. */
  readonly semesterPrep: { readonly season: Season; readonly words: string } | null;
  readonly budgets: BudgetPolicy;
  readonly grants: readonly Grant[];
  /** Off: nothing is booked on grants. */
  readonly budgetTracking: boolean;
  readonly notify: NotifyPolicy;
  /** Always kept: no running instance is ever touched (design §5). */
  readonly preserveRunningInstances: true;
  /** First come first; regions of the deployment that are not listed follow in its own order. */
  readonly regionPriority: readonly string[];
  readonly slotsPerRegion: number;
  /** Builds that wait for a window start up to this long after it opens. */
  readonly jitter: Milliseconds;
  /** Priority by trigger, higher first; from `highPriority` on it counts as high (daily pot, next off-peak window). */
  readonly priorities: Readonly<Record<Trigger, number>>;
  readonly highPriority: number;
  /** Deadline of requests that have none of their own (popularity, dependency), from their creation. */
  readonly unboundDeadline: Milliseconds;
  /** Builds are aimed to start this long before their latest start. */
  readonly startMargin: Milliseconds;
  /** `latestStart = deadline − soak − p90 × safetyFactor`. */
  readonly safetyFactor: number;
  /** p50 and p90 of a build nothing is known about yet. */
  readonly assumedDuration: Milliseconds;
  /** What runs longer is cancelled; also the time a reservation pays for. A template may say less (`longestBuild`). */
  readonly maximumDuration: Milliseconds;
  /** Attempts at a region build that fails for a passing reason, and the wait before the second; it doubles. */
  readonly maxAttempts: number;
  readonly retryBackoff: Milliseconds;
  /** How long after a build has failed for a passing reason it is asked for again. */
  readonly retryFailedAfter: Milliseconds;
  /** Failures in a row after which a template is paused. */
  readonly maxFailures: number;
  readonly blockedImages: readonly BlockedImage[];
  readonly retention: RetentionPolicy;
  readonly baseImages: readonly TrackedBaseImage[];
  readonly evidence: EvidencePolicy;
  /** Times before a base image's end of life at which to warn, longest first. */
  readonly endOfLifeWarnings: readonly Milliseconds[];
}
