import type { PromotionDue } from '../builds/promotionDue.ts';
import type { Ami } from '../builds/target.ts';
import { modeOf } from '../decide/modeOf.ts';
import type { Policy } from '../policy/policy.ts';
import type { Instant } from '../words.ts';
import { type DeadlineAnnouncement, late } from './announcement.ts';

/**
 * What people must be told of an AMI that is made and not in use yet: a deadline is for the promoted AMI (design §4), so
 * one that soaks, waits for a person or is not published can miss it as well as a build can. Told at every look, and
 * announced at the first (see `Announcement`). Nothing is announced of templates that the system is to leave alone.
 * @param due whether a candidate is due for promotion; undefined for an active one that is not published yet
 */
export function newsOfAmi(
  ami: Ami,
  due: PromotionDue | undefined,
  policy: Policy,
  now: Instant,
): DeadlineAnnouncement[] {
  const { deadline, publishedAt } = ami;
  const mode = modeOf(ami.template, policy);
  const promises = mode === 'act' || mode === 'propose';
  // What a rollback made active again was in use before: its deadline was another time's.
  if (deadline === undefined || !promises || publishedAt !== undefined) return [];
  if (now > deadline) return [lateAmi(ami, 'deadline-missed', deadline, whyLate(ami, due), now)];
  if (due === undefined || due.due || due.until === null) return [];
  // Every build may start that much late.
  if (due.until <= deadline + policy.startMargin) return [];
  return [lateAmi(ami, 'deadline-at-risk', deadline, due.line.because, now)];
}

function whyLate({ amiId }: Ami, due: PromotionDue | undefined): string {
  if (due === undefined) return `${amiId} is active, but its parameter does not read so yet`;
  return due.due ? `${amiId} was not promoted before` : due.line.because;
}

/** A deadline that passed since the last look is missed all the same: said with the promotion that came too late. */
export function promotedLate(ami: Ami, now: Instant): DeadlineAnnouncement[] {
  const { deadline, amiId } = ami;
  if (deadline === undefined || now <= deadline) return [];
  return [lateAmi(ami, 'deadline-missed', deadline, `${amiId} was promoted after it`, now)];
}

function lateAmi(
  { regionBuild: id, build, template, region, architecture }: Ami,
  kind: DeadlineAnnouncement['kind'],
  deadline: Instant,
  because: string,
  at: Instant,
): DeadlineAnnouncement {
  return late({ id, build, template, region, architecture }, kind, { at, deadline, because });
}
