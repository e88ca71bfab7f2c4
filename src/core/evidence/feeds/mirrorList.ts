import { FeedError } from './feedError.ts';

/** Longest list of mirrors that is read, in characters. */
const LONGEST_LIST = 65_536;

const address = (text: string): URL | undefined => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
};

/**
 * Reads `mirror.list`: one absolute address of a repository, without a newline; or several, one a line.
 *
 * @param mirror the base address of one's own copy of the CDN, if there is one: the list always names Amazon's own
 *   host, so its path is looked up below the mirror's.
 * @returns addresses of repositories, each ending in `/`.
 */
export function parseMirrorList(text: string, mirror?: string): string[] {
  if (text.length > LONGEST_LIST)
    throw new FeedError('too-large', 'mirror.list is longer than a list of mirrors can be.');
  const addresses = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const url = address(line);
      if (url === undefined) {
        throw new FeedError(
          'malformed',
          `mirror.list names "${line.slice(0, 100)}", which is no http address.`,
        );
      }
      const base = mirror === undefined ? undefined : address(mirror);
      const path = url.pathname.replace(/\/*$/, '/');
      return base === undefined
        ? `${url.origin}${path}`
        : `${base.origin}${base.pathname.replace(/\/+$/, '')}${path}`;
    });
  if (addresses.length === 0) throw new FeedError('malformed', 'mirror.list is empty.');
  return addresses;
}
