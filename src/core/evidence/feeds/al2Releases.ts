import { FeedError } from './feedError.ts';

/** Longest list that is read, in characters; the real one has about 60,000. */
const LONGEST_LIST = 2_000_000;

/** A page of release notes, and a release's name in the text beside it. */
const PAGE_OR_RELEASE = /relnotes-(20\d{6})\.(?:html|md)|\b(2\.0\.20\d{6})(?:\.\d{1,3})?\b/g;

/**
 * Reads the list of Amazon Linux 2's releases, the table of the page `relnotes-al2` (HTML or Markdown). Gives the
 * address part of each release's page by its name, oldest first: of some older releases the page has another date.
 *
 * @throws FeedError for a page without any.
 */
export function parseAl2Releases(page: string): ReadonlyMap<string, string> {
  if (page.length > LONGEST_LIST) {
    throw new FeedError('too-large', 'The list of releases is longer than a list of releases can be.');
  }
  const pages = new Map<string, string>();
  let shown: string | undefined;
  for (const [, linked, release] of page.matchAll(PAGE_OR_RELEASE)) {
    if (linked !== undefined) shown = linked;
    else if (release !== undefined && shown !== undefined) {
      if (!pages.has(release)) pages.set(release, shown);
      shown = undefined;
    }
  }
  if (pages.size === 0) throw new FeedError('malformed', 'The page of Amazon Linux 2 names no release.');
  return new Map([...pages].sort(([a], [b]) => (a < b ? -1 : 1)));
}
