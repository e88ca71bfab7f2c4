import { sortCves } from '../advisory.ts';
import type { Advisory } from '../advisory.ts';
import { severityLevel } from '../severity.ts';
import { advisoryId, advisoryUrl } from './amazonDistributions.ts';
import type { AmazonDistribution } from './amazonDistributions.ts';
import type { ChunkParser } from './chunkParser.ts';
import { ownCopy } from './chunkParser.ts';
import { parseFeedDate } from './feedDates.ts';
import { xmlParser } from './xmlParser.ts';
import { recordHandler } from './xmlText.ts';

/** `ALAS2023-2026-1695 (important): kernel6.12` */
const TITLE = /^(\S{1,60})\s*\(([A-Za-z]{1,20})\)\s*:\s*(.{1,500})$/;
const CVE = /CVE-\d{4}-\d{4,}/gi;

/**
 * Reads the RSS feed of the Amazon Linux Security Center: the whole archive, with live patches and drivers in it
 * (left out). It has an advisory's level, CVEs and package but not the fixed version, and the minute of publication;
 * its CVE list can be longer than updateinfo's.
 */
export function alasRssParser(distribution: AmazonDistribution): ChunkParser<Advisory[]> {
  const advisories: Advisory[] = [];
  let item: Record<'title' | 'description' | 'pubDate', string> | null = null;
  const xml = xmlParser(
    'rss',
    recordHandler({
      texts: new Set(['channel/item/title', 'channel/item/description', 'channel/item/pubDate']),
      open(path) {
        if (path === 'channel/item') item = { title: '', description: '', pubDate: '' };
      },
      close(path, text) {
        if (item === null) return;
        if (path === 'channel/item/title') item.title = text;
        else if (path === 'channel/item/description') item.description = text;
        else if (path === 'channel/item/pubDate') item.pubDate = text;
        else if (path === 'channel/item') {
          const [, shown = '', severity, packages = ''] = TITLE.exec(item.title.replace(/\s+/g, ' ')) ?? [];
          const id = advisoryId(distribution, shown);
          const published = parseFeedDate(item.pubDate);
          const cves = item.description.toUpperCase().match(CVE) ?? [];
          item = null;
          if (id === undefined) return;
          advisories.push({
            id: ownCopy(id),
            level: severityLevel('alas', severity),
            cves: sortCves(cves.map(ownCopy)),
            ...(published === undefined ? {} : { published }),
            fixes: [],
            about: packages.split(',').map((name) => ownCopy(name.trim())),
            feeds: ['rss'],
            url: advisoryUrl(distribution, ownCopy(id)),
          });
        }
      },
    }),
  );
  return { write: xml.write, end: () => (xml.end(), advisories) };
}
