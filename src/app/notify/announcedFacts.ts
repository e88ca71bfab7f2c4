import { asksForApproval } from '../../core/builds/approve.ts';
import { isOpen, type RegionBuild } from '../../core/builds/regionBuild.ts';
import { keptOnBase } from '../../core/desired/keptOnBase.ts';
import type { NoticeFact } from '../../core/notices/noticeFact.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Services } from '../../ports.ts';
import { type KeepingServices, readKeeping } from '../gathering/keeping.ts';
import { buildFacts } from './buildFacts.ts';

/**
 * What was announced. What has ended since, or is in use, is at risk no more, and what was approved waits no
 * more; what was late stays so.
 */
export async function announcedFacts(
  key: string,
  policy: Policy,
  services: KeepingServices & Pick<Services, 'announcements' | 'regionBuilds' | 'amis'>,
): Promise<NoticeFact[]> {
  const { announcements, regionBuilds } = services;
  const [announcement] = await announcements.told([key]);
  if (announcement === undefined) return [];
  switch (announcement.kind) {
    case 'budget-exhausted':
    case 'budget-overrun':
      return [announcement];
    case 'approval-wanted': {
      const asked = await regionBuilds.get(announcement.regionBuild);
      if (asked === undefined || !asksForApproval(asked, policy)) return [];
      const build = await buildFacts(asked, services);
      const waiting = build.regionBuilds.filter((member) => asksForApproval(member, policy));
      return [{ kind: 'approval-wanted', build, waiting }];
    }
    case 'deadline-at-risk':
    case 'deadline-missed': {
      const { kind, deadline, because } = announcement;
      const regionBuild = await regionBuilds.get(announcement.regionBuild);
      if (regionBuild === undefined) return [];
      if (kind === 'deadline-at-risk' && !(await isUnderWay(regionBuild, services))) return [];
      return [{ kind, regionBuild, deadline, because }];
    }
    case 'end-of-life':
      return [{ ...announcement, affected: keptOnBase(announcement.base, await readKeeping(services)) }];
  }
}

/** It is open, or its AMI waits to be promoted. */
async function isUnderWay(
  { status, template, amiId }: RegionBuild,
  { amis }: Pick<Services, 'amis'>,
): Promise<boolean> {
  if (isOpen(status)) return true;
  return amiId !== undefined && (await amis.get(template, amiId))?.state === 'candidate';
}
