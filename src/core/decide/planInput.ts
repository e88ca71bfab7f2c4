import type { RegionBuild } from '../builds/regionBuild.ts';
import type { PotBalance } from '../money/pot.ts';
import type { Policy } from '../policy/policy.ts';
import type { Instant, MicroDollars, Milliseconds } from '../words.ts';
import type { BaseImageChoice } from './adoptBase.ts';
import type { PolicyClocks } from './policyClocks.ts';

/** What a build of a target takes, as far as is known: learned durations and prices, put together by the caller. */
export interface BuildEstimate {
  readonly p50: Milliseconds;
  readonly p90: Milliseconds;
  /** Cancelled when it runs longer; the ceiling pays for it. */
  readonly maximumDuration: Milliseconds;
  /** The first of those it is offered. */
  readonly instanceType: string;
  /** Of the dearest of them: what it is settled with. */
  readonly hourlyCost: MicroDollars;
  /** What the reservation holds. */
  readonly ceiling: MicroDollars;
  readonly expected: MicroDollars;
}

/** Who stopped a template from being built, and why. */
export interface Stopped {
  readonly by: string;
  readonly reason: string;
}

/** What people said about a template, and the template whose AMI it is built on. */
export interface TemplateSituation {
  readonly disabled?: Stopped;
  readonly paused?: Stopped;
  /** Only a template whose `base` names another template has one (design §4, Triggers). */
  readonly parent?: string;
}

/** A reason of the caller's own why a region build cannot be granted now. */
export interface CallersHold {
  /** Stable name of the rule. */
  readonly rule: string;
  /** A sentence that stays the same while nothing changes. */
  readonly because: string;
  readonly until?: Instant;
}

/** Everything a plan depends on. The order of its lists never matters. */
export interface PlanInput {
  readonly now: Instant;
  readonly policy: Policy;
  /** `policyClocks(policy)`: kept between plans of one policy, it saves them all time zone arithmetic. */
  readonly clocks: PolicyClocks;
  /** Queued region builds. */
  readonly queue: readonly RegionBuild[];
  /** Granted and running ones: they have slots, and their targets are taken. */
  readonly running: readonly RegionBuild[];
  /** Balances as read; a pot that is not among them is unused. */
  readonly pots: readonly PotBalance[];
  readonly estimateOf: (build: RegionBuild) => BuildEstimate;
  /** The images its base stands and stood at in the build's place, newest first; for a child template its parent's AMI. */
  readonly baseImagesOf: (build: RegionBuild) => readonly BaseImageChoice[];
  /** Launches within the policy's popularity window, by template: they decide between equal priorities. */
  readonly launches?: ReadonlyMap<string, number>;
  /** Slot items that are taken besides those of `running`, such as those of dead owners. */
  readonly takenSlots?: readonly { readonly region: string; readonly slot: number }[];
  /** By template; one that is absent is built as usual. */
  readonly templates?: ReadonlyMap<string, TemplateSituation>;
  /** By region build id, such as "its execution has not stored its turn yet". */
  readonly holds?: ReadonlyMap<string, CallersHold>;
  /** Regions of the deployment in its own order: those the policy does not rank follow in it. */
  readonly regions?: readonly string[];
}
