/**
 * The words of the domain, used alike in code, command line and documents (design §2).
 * Closed sets are literal unions, so that the compiler names every place a new member touches.
 */

/** Milliseconds since 1970-01-01T00:00Z. The core never asks a clock: `now` is always an argument. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Milliseconds = number;

/** Integer millionths of a US dollar. Money is never a fraction of these. */
export type MicroDollars = number;

export const SECOND: Milliseconds = 1_000;
export const MINUTE: Milliseconds = 60 * SECOND;
export const HOUR: Milliseconds = 60 * MINUTE;
export const DAY: Milliseconds = 24 * HOUR;

export const MICRO_DOLLARS_PER_DOLLAR = 1_000_000;

export const ARCHITECTURES = ['x86_64', 'arm64'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** Severities from worst to least, then "not known": never silently taken for low. */
export const SECURITY_LEVELS = ['critical', 'high', 'medium', 'low', 'none', 'unknown'] as const;
export type SecurityLevel = (typeof SECURITY_LEVELS)[number];

export const UPDATE_TYPES = ['security', 'feature', 'maintenance', 'rollback', 'unknown'] as const;
export type UpdateType = (typeof UPDATE_TYPES)[number];

/** How an assessment was reached: from the image's own package lists, from our last build's list, or not at all. */
export const CONFIDENCES = ['exact', 'inferred', 'unknown'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Why a compilation is wanted. */
export const TRIGGERS = ['popularity', 'security', 'scheduled', 'manual', 'dependency'] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** How pressing a region build is, most pressing first. */
export const URGENCIES = ['critical', 'high', 'normal', 'low'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** The budgets every deployment has; a grant's pot is named `grant:<id>`. */
export const POTS = ['daily', 'monthly', 'urgent'] as const;
export type Pot = (typeof POTS)[number];

/** What the system may do: nothing, decide only, decide and ask, decide and act (design §4, Mode). */
export const MODES = ['stopped', 'observe', 'propose', 'act'] as const;
export type Mode = (typeof MODES)[number];

export const AUDIENCES = ['admins', 'instructors', 'students', 'researchers'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What `status` shows of the recent past. */
export const ACTIVITY_KINDS = [
  'base-image-updated',
  'build-queued',
  'build-finished',
  'build-failed',
  'ami-promoted',
  'amis-removed',
  'policy-changed',
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** One place an image lives in. */
export interface Place {
  readonly region: string;
  readonly architecture: Architecture;
}

/** One template in one place: what is built, paid for, retried and published as a unit. */
export interface Target extends Place {
  readonly template: string;
}

/** `python-ml/us-east-1/x86_64`: the printable name of a target, also its key. */
export function targetKey({ template, region, architecture }: Target): string {
  return `${template}/${region}/${architecture}`;
}

/** A line of explanation: every decision leaves one (design §4, Explanation). */
export interface ExplanationLine {
  readonly at: Instant;
  /** Stable name of the rule, such as `off-peak-window`. */
  readonly rule: string;
  /** The rule applied, in a sentence with its values. */
  readonly because: string;
}
