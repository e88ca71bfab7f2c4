import type { Instant } from '../../words.ts';
import type { Advisory } from '../advisory.ts';
import type { BytesParser } from './bytesParser.ts';
import { parseFeedDate } from './feedDates.ts';
import { FeedError } from './feedError.ts';
import { osvAdvisory } from './osv.ts';
import { tarParser } from './tarParser.ts';

/** Canonical's notices, as far as they were asked for. */
export interface UbuntuNotices {
  /** By ecosystem, such as `Ubuntu:24.04:LTS`. */
  readonly advisories: Readonly<Record<string, readonly Advisory[]>>;
  /** When the newest notice of all is from; null: there is none. */
  readonly newest: Instant | null;
  /** Notices that could not be read. */
  readonly unread: number;
}

/** `osv/usn/USN-6986-1.json`; records of single CVEs, nine times as many, and of live patches lie beside them. */
const NOTICE = /(?:^|\/)usn\/USN-[\d-]+\.json$/;

/** Dates stand before everything that is long. Quotes within a text are escaped, so this can only be the key. */
const PUBLISHED = /"published"\s*:\s*"([^"]{1,40})"/;

/**
 * Reads the tar archive of Canonical's OSV records: the notices published since a time, for some ecosystems. Older
 * ones are passed over by their date alone.
 *
 * A notice is published when the package with its fix is, or later. So one about what an image has and an older image
 * had not is not older than the older image, give or take the days an image takes.
 */
export function usnArchiveParser(ecosystems: readonly string[], since: Instant): BytesParser<UbuntuNotices> {
  const advisories = new Map(ecosystems.map((ecosystem) => [ecosystem, [] as Advisory[]]));
  const decoder = new TextDecoder();
  let newest: Instant | null = null;
  let unread = 0;
  let notices = 0;

  const read = (content: Uint8Array): void => {
    const text = decoder.decode(content);
    const published = parseFeedDate(PUBLISHED.exec(text)?.[1]);
    if (published !== undefined) {
      newest = Math.max(newest ?? published, published);
      if (published < since) return;
    }
    const record: unknown = JSON.parse(text);
    for (const [ecosystem, found] of advisories) {
      const advisory = osvAdvisory(record, [ecosystem]);
      if (advisory !== null) found.push(advisory);
    }
  };

  const tar = tarParser({
    wants: (name) => NOTICE.test(name),
    onFile(_name, content) {
      notices += 1;
      try {
        read(content);
      } catch (error) {
        if (!(error instanceof FeedError || error instanceof SyntaxError)) throw error;
        unread += 1;
      }
    },
  });
  return {
    write: tar.write,
    end() {
      const files = tar.end();
      if (notices === 0) throw new FeedError('malformed', `The archive has ${files} files and no notice.`);
      return { advisories: Object.fromEntries(advisories), newest, unread };
    },
  };
}
