import type { RegionBuild } from '../builds/regionBuild.ts';
import { ANNOUNCEMENT_KEPT } from '../keeping.ts';
import { type Instant, type MicroDollars, type Milliseconds, type Target, targetKey } from '../words.ts';

/** A build that no pot can pay now. */
export interface ParkedBuild {
  readonly template: string;
  readonly region: string;
  readonly needs: MicroDollars;
  /** When a pot can pay it; absent if that is not known. */
  readonly until?: Instant;
}

/**
 * What people must be told once, as a record of the table: its key names what happened, so that whoever finds the same
 * again, or at the same moment, adds nothing. Only a new one is a change, and so an event.
 */
export type Announcement =
  BudgetExhausted | BudgetOverrun | DeadlineAnnouncement | ApprovalAnnouncement | EndOfLifeAnnouncement;

interface AnnouncementOf<Kind extends string> {
  readonly key: string;
  readonly kind: Kind;
  readonly at: Instant;
}

/**
 * A pot cannot pay what waits for it; once for each pot, which is of one period or a grant's, and limit of it: what is
 * empty again after a raise is news. A grant that has ended is told once for each end.
 */
export interface BudgetExhausted extends AnnouncementOf<'budget-exhausted'> {
  /** Key of the pot, such as `monthly#2026-11`. */
  readonly pot: string;
  /** The last day of a grant that has ended: whatever is left of it, it pays no more. */
  readonly endedOn?: string;
  readonly limit: MicroDollars;
  readonly reserved: MicroDollars;
  readonly settled: MicroDollars;
  /** Why the first of them is parked, in a sentence. */
  readonly because: string;
  /** Those that were parked at that moment, first to go first; no more than fit into a record. */
  readonly parked: readonly ParkedBuild[];
  /** How many there were. */
  readonly count: number;
  /** Of a grant's pot. */
  readonly owner?: string;
}

/** An attempt cost more than was held for it: booked, counted, and said. */
export interface BudgetOverrun extends AnnouncementOf<'budget-overrun'>, Target {
  readonly pot: string;
  readonly regionBuild: string;
  readonly ceiling: MicroDollars;
  readonly cost: MicroDollars;
}

/** A promise of the policy that may not, or will not, be kept; once for each deadline of a place. */
export interface DeadlineAnnouncement extends AnnouncementOf<'deadline-at-risk' | 'deadline-missed'>, Target {
  readonly regionBuild: string;
  readonly build: string;
  readonly deadline: Instant;
  readonly because: string;
}

/** A region build waits for a person's yes; once, and once more if something more urgent asks for it again. */
export interface ApprovalAnnouncement extends AnnouncementOf<'approval-wanted'>, Target {
  readonly regionBuild: string;
  readonly build: string;
  readonly because: string;
}

/** A base image that kept templates rest on gets no updates soon; once for each warning that the policy wants of it. */
export interface EndOfLifeAnnouncement extends AnnouncementOf<'end-of-life'> {
  readonly base: string;
  /** Its last day with updates, such as `2027-04-30`. */
  readonly on: string;
  /** Whole days that were left. */
  readonly daysLeft: number;
}

export function exhausted(
  found: Omit<BudgetExhausted, 'key' | 'kind'> & { readonly pot: string },
): BudgetExhausted {
  const { pot, limit, endedOn } = found;
  const what = endedOn === undefined ? String(limit) : `ended-${endedOn}`;
  return { key: `budget-exhausted:${pot}:${what}`, kind: 'budget-exhausted', ...found };
}

export function overrun(
  regionBuild: Pick<RegionBuild, 'id' | keyof Target>,
  attempt: number,
  found: Pick<BudgetOverrun, 'pot' | 'ceiling' | 'cost' | 'at'>,
): BudgetOverrun {
  return {
    key: `budget-overrun:${regionBuild.id}:${attempt}`,
    kind: 'budget-overrun',
    ...placed(regionBuild),
    ...found,
  };
}

export function late(
  regionBuild: Pick<RegionBuild, 'id' | 'build' | keyof Target>,
  kind: DeadlineAnnouncement['kind'],
  found: Pick<DeadlineAnnouncement, 'at' | 'deadline' | 'because'>,
): DeadlineAnnouncement {
  return {
    key: `${kind}:${targetKey(regionBuild)}:${found.deadline}`,
    kind,
    build: regionBuild.build,
    ...placed(regionBuild),
    ...found,
  };
}

/** An approval covers what is as urgent or less: a more urgent reason that must be asked for is another one. */
export function approvalWanted(
  regionBuild: RegionBuild,
  found: Pick<ApprovalAnnouncement, 'at' | 'because'>,
): ApprovalAnnouncement {
  return {
    key: `approval-wanted:${regionBuild.id}:${regionBuild.urgency}`,
    kind: 'approval-wanted',
    build: regionBuild.build,
    ...placed(regionBuild),
    ...found,
  };
}

/** Which region build it is about, and where that is. */
function placed({ id, template, region, architecture }: Pick<RegionBuild, 'id' | keyof Target>) {
  return { regionBuild: id, template, region, architecture };
}

/** `warning`: how long ahead of the end it is. With another end a base is warned of anew. */
export function ending(
  found: Omit<EndOfLifeAnnouncement, 'key' | 'kind'>,
  warning: Milliseconds,
): EndOfLifeAnnouncement {
  return { key: `end-of-life:${found.base}:${found.on}:${warning}`, kind: 'end-of-life', ...found };
}

/** When an announcement is forgotten. Warnings may come years ahead, and are remembered for as long as they are due. */
export function keptUntil(announcement: Announcement): Instant {
  const { at, kind } = announcement;
  return (kind === 'end-of-life' ? Date.parse(announcement.on) : at) + ANNOUNCEMENT_KEPT;
}
