import { parseNamedVersion } from '../versions/nevra.ts';
import type { NamedVersion } from '../versions/nevra.ts';
import { FeedError } from './feedError.ts';
import { pageParts } from './pageOutline.ts';

/** One image's list on a release's page: the packages that are new or updated in it. */
export interface ImageSection {
  readonly packages: readonly NamedVersion[];
  /** Rows that are no package; a section with any is not wholly understood. */
  readonly unread: number;
}

/** The release notes of one Amazon Linux release. */
export interface ReleaseNotes {
  readonly release: string;
  /** By the section's title, such as `Default Kernel 6.1 AMI`; a page can lack an image's section. */
  readonly images: ReadonlyMap<string, ImageSection>;
  /** The page says that the release was recalled. */
  readonly recalled: boolean;
}

/** Longest page that is read, in characters; the largest real one has about 300,000. */
export const LONGEST_PAGE = 8_000_000;

const isAbout = (title: string, release: string): boolean =>
  new RegExp(`(?:^|\\s)${release.replaceAll('.', '\\.')}(?![\\d])`).test(title);

/**
 * Reads the release notes of an Amazon Linux release, as Markdown or HTML.
 *
 * Until a release has a page, its address redirects to the page of its quarter, so a page must say that it is the
 * release's own: another one means "not published yet", which can last ten days.
 *
 * @param release as in image names, such as `2023.10.20260120` or `2.0.20260120`.
 * @throws FeedError `not-yet` for a page about something else, `malformed` for what is no page of release notes.
 */
export function parseReleaseNotes(page: string, release: string): ReleaseNotes {
  if (page.length > LONGEST_PAGE) {
    throw new FeedError('too-large', `The release notes of ${release} have ${page.length} characters.`);
  }
  const images = new Map<string, { packages: NamedVersion[]; unread: number }>();
  let title: string | null = null;
  let inImageUpdates = false;
  let section: { packages: NamedVersion[]; unread: number } | null = null;
  let recalled = false;
  for (const part of pageParts(page)) {
    if (part.kind === 'heading') {
      if (part.level === 1) title ??= part.text;
      if (part.level === 2) inImageUpdates = /^image updates$/i.test(part.text);
      recalled ||= /\brecalled\b/i.test(part.text);
      section = inImageUpdates && part.level === 3 ? { packages: [], unread: 0 } : null;
      if (section !== null) images.set(part.text, section);
    } else if (section !== null) {
      const named = parseNamedVersion(part.text);
      if (named === undefined) section.unread += 1;
      else section.packages.push(named);
    }
  }
  if (title === null || !/release notes/i.test(title)) {
    throw new FeedError('malformed', `The page of ${release} is no page of release notes.`);
  }
  if (!isAbout(title, release)) {
    throw new FeedError(
      'not-yet',
      `The release notes of ${release} are not published yet: its address gives "${title.slice(0, 100)}".`,
    );
  }
  return { release, images, recalled };
}
