import type { Announcement } from '../core/announcements/announcement.ts';
import { chunks } from '../core/chunks.ts';
import { MAXIMUM_ACTIONS } from '../core/oneCommit.ts';
import type { Services } from '../ports.ts';

/**
 * Announces what was not announced yet. Of two that find the same at once both may write it: the table keeps the
 * first, and only that one is a change that people are told of.
 */
export async function announce(
  found: readonly Announcement[],
  { announcements, commits }: Pick<Services, 'announcements' | 'commits'>,
): Promise<void> {
  if (found.length === 0) return;
  const told = new Set((await announcements.told(found.map(({ key }) => key))).map(({ key }) => key));
  const news = found.filter(({ key }) => !told.has(key));
  for (const together of chunks(news, MAXIMUM_ACTIONS))
    await commits.commit(together.map((announcement) => ({ kind: 'announce', announcement })));
}
