import { isOpen } from '../../core/builds/regionBuild.ts';
import type { NoticeFact } from '../../core/notices/noticeFact.ts';
import type { Services } from '../../ports.ts';
import { keptOnBase } from './keptOnBase.ts';

/** What was announced. A build that has ended since is late no more, unless it is said to have been. */
export async function announcedFacts(
  key: string,
  { announcements, regionBuilds, templates }: Pick<Services, 'announcements' | 'regionBuilds' | 'templates'>,
): Promise<NoticeFact[]> {
  const [announcement] = await announcements.told([key]);
  if (announcement === undefined) return [];
  switch (announcement.kind) {
    case 'budget-exhausted':
    case 'budget-overrun':
      return [announcement];
    case 'deadline-at-risk':
    case 'deadline-missed': {
      const { kind, deadline, because } = announcement;
      const regionBuild = await regionBuilds.get(announcement.regionBuild);
      if (regionBuild === undefined) return [];
      if (kind === 'deadline-at-risk' && !isOpen(regionBuild.status)) return [];
      return [{ kind, regionBuild, deadline, because }];
    }
    case 'end-of-life':
      return [{ ...announcement, affected: keptOnBase(announcement.base, await templates.all()) }];
  }
}
