import type { Instant } from '../../words.ts';
import { SECOND } from '../../words.ts';
import type { ChunkParser } from './chunkParser.ts';
import { ownCopy } from './chunkParser.ts';
import { FeedError } from './feedError.ts';
import { xmlParser } from './xmlParser.ts';
import { recordHandler } from './xmlText.ts';

/** Where a repository's updateinfo is, and how to know that it arrived whole. */
export interface UpdateinfoLocation {
  /** Relative to the repository, such as `repodata/updateinfo.xml.gz`. */
  readonly href: string;
  /** SHA-256 of the file as it is served, lower case hex; absent if the repository uses another sum. */
  readonly sha256?: string;
  /** Bytes as served. */
  readonly size?: number;
  /** Bytes unpacked. */
  readonly openSize?: number;
  /** When it was made: a mirror can be older than the image that is asked about. */
  readonly madeAt?: Instant;
}

const count = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);

/** A relative path that stays inside the repository. */
const isInside = (href: string): boolean =>
  /^[\w.+~-]+(?:\/[\w.+~-]+)*$/.test(href) && !href.split('/').includes('..');

/** Reads `repomd.xml`, a repository's list of its own files. Throws a FeedError if it has no updateinfo. */
export function repomdParser(): ChunkParser<UpdateinfoLocation> {
  let type: string | undefined;
  let checksumType: string | undefined;
  let found: { href?: string; sha256?: string; size?: number; openSize?: number; madeAt?: Instant } = {};
  let result: UpdateinfoLocation | null = null;
  const xml = xmlParser(
    'repomd',
    recordHandler({
      texts: new Set(['data/checksum', 'data/size', 'data/open-size', 'data/timestamp']),
      open(path, attributes) {
        if (path === 'data') [type, found] = [attributes.get('type'), {}];
        else if (path === 'data/checksum') checksumType = attributes.get('type');
        else if (path === 'data/location') found.href = ownCopy(attributes.get('href') ?? '');
      },
      close(path, text) {
        const size = count(text);
        if (path === 'data/checksum' && checksumType === 'sha256' && /^[0-9a-f]{64}$/i.test(text)) {
          found.sha256 = text.toLowerCase();
        } else if (path === 'data/size' && size !== undefined) found.size = size;
        else if (path === 'data/open-size' && size !== undefined) found.openSize = size;
        else if (path === 'data/timestamp' && size !== undefined) found.madeAt = size * SECOND;
        else if (path === 'data' && type === 'updateinfo' && found.href !== undefined) {
          if (!isInside(found.href)) {
            throw new FeedError(
              'malformed',
              `repomd.xml names a file outside of the repository: ${found.href.slice(0, 100)}.`,
            );
          }
          result ??= { ...found, href: found.href };
        }
      },
    }),
  );
  return {
    write: xml.write,
    end() {
      xml.end();
      if (result === null) throw new FeedError('malformed', 'repomd.xml names no updateinfo.');
      return result;
    },
  };
}
