import type { ChunkParser } from './chunkParser.ts';
import { ownCopy } from './chunkParser.ts';
import { FeedError } from './feedError.ts';
import { xmlParser } from './xmlParser.ts';
import { recordHandler } from './xmlText.ts';

/** `2023.10.20260120` */
const RELEASE = /^20\d\d\.\d{1,4}\.(20\d{6})$/;

/** The date in a release's name, `YYYYMMDD`; undefined if it is no release name. */
export function releaseDate(name: string): string | undefined {
  return RELEASE.exec(name)?.[1];
}

/**
 * Reads `releasemd.xml`, the list of Amazon Linux 2023 releases. Gives their names, oldest first by the date in the
 * name (as text `2023.9` sorts after `2023.10`), each once; release candidates and what else has no date are left out.
 */
export function releasemdParser(): ChunkParser<string[]> {
  const releases = new Set<string>();
  const xml = xmlParser(
    'root',
    recordHandler({
      texts: new Set(),
      open(path, attributes) {
        const version = attributes.get('version');
        if (path === 'releases/release' && version !== undefined && RELEASE.test(version)) {
          releases.add(ownCopy(version));
        }
      },
      close: () => undefined,
    }),
  );
  return {
    write: xml.write,
    end() {
      xml.end();
      if (releases.size === 0) throw new FeedError('malformed', 'releasemd.xml names no release.');
      return [...releases].sort((a, b) => ((releaseDate(a) ?? '') < (releaseDate(b) ?? '') ? -1 : 1));
    },
  };
}
