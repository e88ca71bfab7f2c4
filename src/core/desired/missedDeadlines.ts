import { type DeadlineAnnouncement, late } from '../announcements/announcement.ts';
import type { RegionBuild } from '../builds/regionBuild.ts';
import { changesNothing, modeOf } from '../decide/modeOf.ts';
import { ANNOUNCEMENT_KEPT } from '../keeping.ts';
import type { Behind } from './behind.ts';
import { lastAskedFor } from './behind.ts';
import type { History, Situation } from './situation.ts';
import type { FirstLook } from './whatIsMissing.ts';

/**
 * Deadlines that have passed in places that are behind still, since the build for them failed or was refused and no
 * other has come: told at every look, and announced at the first (see `Announcement`). What is open is the dispatcher's
 * to tell, and what a person cancelled nobody waits for.
 */
export function missedDeadlines(
  { behind, paused }: FirstLook,
  { regionBuilds }: Pick<History, 'regionBuilds'>,
  { policy, now }: Pick<Situation, 'policy' | 'now'>,
): DeadlineAnnouncement[] {
  return [...behind, ...paused].flatMap((place) => {
    const last = endedWithoutImage(place, regionBuilds);
    if (last === undefined || changesNothing(modeOf(last.template, policy))) return [];
    const { deadline, deadlineBinds } = last;
    // What is older may have been told and forgotten.
    if (!deadlineBinds || deadline === undefined || now <= deadline || now > deadline + ANNOUNCEMENT_KEPT)
      return [];
    return [late(last, 'deadline-missed', { at: now, deadline, because: whyEnded(last) })];
  });
}

function endedWithoutImage(place: Behind, regionBuilds: History['regionBuilds']): RegionBuild | undefined {
  if (place.queued !== undefined || place.running !== undefined) return undefined;
  const last = regionBuilds.get(lastAskedFor(place) ?? '');
  return last?.status === 'failed' || last?.status === 'refused' ? last : undefined;
}

function whyEnded({ status, failure }: RegionBuild): string {
  if (failure === undefined) return `it ${status}`;
  return status === 'refused' ? failure.reason : `it failed with ${failure.error}: ${failure.reason}`;
}
