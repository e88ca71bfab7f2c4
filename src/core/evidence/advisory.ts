import type { Architecture, Instant, SecurityLevel } from '../words.ts';
import { SECURITY_LEVELS } from '../words.ts';

/** A package version that an advisory names as the first without the fault. */
export interface FixedIn {
  readonly name: string;
  /** Whole version text in the format of the distribution. */
  readonly version: string;
  /** `source`: name and version are of the source package; `binary` if absent. */
  readonly of?: 'source';
  /** First version with the fault; absent: all before the fixed one have it. */
  readonly introduced?: string;
  /** Only these; absent: all. */
  readonly architectures?: readonly Architecture[];
}

/** What a distribution published about a fault in some of its packages. */
export interface Advisory {
  /** The distribution's own id, such as `ALAS2023-2026-1695` or `USN-6986-1`. */
  readonly id: string;
  /** The advisory's own severity: it counts even without a CVE. `unknown` if it has none that is understood. */
  readonly level: SecurityLevel;
  /** CVE ids, sorted, each once; may be empty. */
  readonly cves: readonly string[];
  readonly published?: Instant;
  /** Empty if the feed does not tell versions: then only the packages' names and the date are known. */
  readonly fixes: readonly FixedIn[];
  /** Names of the packages it is about (source packages), where the feed tells them apart from the fixed ones. */
  readonly about: readonly string[];
  /** The feeds it was read from, such as `updateinfo` and `rss`. */
  readonly feeds: readonly string[];
  readonly url?: string;
}

/**
 * Levels by urgency. An advisory whose severity is not known could be anything: it counts for more than a known
 * medium, so that it is "never silently low", but does not hide a known critical or high one.
 */
const BY_URGENCY: readonly SecurityLevel[] = ['none', 'low', 'medium', 'unknown', 'high', 'critical'];

/** The most urgent of some levels; `none` for no levels. */
export function highestLevel(levels: Iterable<SecurityLevel>): SecurityLevel {
  let highest = 0;
  for (const level of levels) highest = Math.max(highest, BY_URGENCY.indexOf(level));
  return BY_URGENCY[highest] ?? 'none';
}

/** Whether one level is more urgent than another. */
export function isMoreUrgent(level: SecurityLevel, than: SecurityLevel): boolean {
  return BY_URGENCY.indexOf(level) > BY_URGENCY.indexOf(than);
}

/** The more severe of two statements about the same thing: a known level counts for more than `unknown`. */
export function knownLevel(a: SecurityLevel, b: SecurityLevel): SecurityLevel {
  return SECURITY_LEVELS.indexOf(a) <= SECURITY_LEVELS.indexOf(b) ? a : b;
}

/** CVE ids by year and number, each once. */
export function sortCves(ids: Iterable<string>): string[] {
  const key = (id: string): [number, number] => {
    const [, year = '0', number = '0'] = id.split('-');
    return [Number(year), Number(number)];
  };
  return [...new Set(ids)].sort((a, b) => {
    const [[yearA, numberA], [yearB, numberB]] = [key(a), key(b)];
    return yearA - yearB || numberA - numberB || (a < b ? -1 : 1);
  });
}

const unique = <T>(...lists: readonly (readonly T[])[]): T[] => [...new Set(lists.flat())];

/**
 * One advisory out of what two feeds say of it. Feeds can disagree: the CVE lists are united, the more severe level
 * counts, fixed versions come from whichever feed has them, the second feed's date (the finer one) if it has one.
 */
export function uniteAdvisories(a: Advisory, b: Advisory): Advisory {
  const published = b.published ?? a.published;
  const url = b.url ?? a.url;
  return {
    id: a.id,
    level: knownLevel(a.level, b.level),
    cves: sortCves([...a.cves, ...b.cves]),
    ...(published === undefined ? {} : { published }),
    fixes: a.fixes.length > 0 ? a.fixes : b.fixes,
    about: unique(a.about, b.about),
    feeds: unique(a.feeds, b.feeds),
    ...(url === undefined ? {} : { url }),
  };
}

/** All advisories of several feeds, each once, in the order of first mention. */
export function uniteFeeds(...feeds: readonly Iterable<Advisory>[]): Advisory[] {
  const byId = new Map<string, Advisory>();
  for (const feed of feeds) {
    for (const advisory of feed) {
      const known = byId.get(advisory.id);
      byId.set(advisory.id, known === undefined ? advisory : uniteAdvisories(known, advisory));
    }
  }
  return [...byId.values()];
}
