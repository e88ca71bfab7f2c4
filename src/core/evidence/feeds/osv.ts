import type { SecurityLevel } from '../../words.ts';
import { highestLevel, knownLevel, sortCves } from '../advisory.ts';
import type { Advisory, FixedIn } from '../advisory.ts';
import { cvss3Score, cvssLevel } from '../cvss.ts';
import { severityLevel } from '../severity.ts';
import { parseFeedDate } from './feedDates.ts';
import { osvRecord } from './osvSchema.ts';
import type { OsvAffected, OsvRecord } from './osvSchema.ts';
import { parseJson, shaped } from './parseJson.ts';

/** The largest real ones (kernel notices) have a few million characters. */
const LONGEST_RECORD = 64_000_000;

type Severities = readonly { readonly type: string; readonly score: string }[] | null | undefined;

/** A vendor's own word counts before a score, and the worst of several scores. */
function levelOf(severities: Severities): SecurityLevel {
  const list = severities ?? [];
  const word = list.find(({ type }) => type === 'Ubuntu')?.score;
  const priority = severityLevel('ubuntu', word);
  if (priority !== 'unknown') return priority;
  const scores = list.map(({ score }) => cvss3Score(score)).filter((score) => score !== null);
  return cvssLevel(scores.length === 0 ? null : Math.max(...scores));
}

/** `Important: nodejs:22 security update` */
const GRADED = /^(critical|important|moderate|low):/i;

function advisoryLevel(record: OsvRecord, affected: readonly OsvAffected[]): SecurityLevel {
  const { severity } = record.database_specific ?? {};
  const words = [GRADED.exec(record.summary ?? '')?.[1], typeof severity === 'string' ? severity : undefined];
  const graded = words.map((word) => severityLevel('redHat', word)).reduce(knownLevel);
  if (graded !== 'unknown') return graded;
  const ofCves = affected.flatMap((one) =>
    (one.database_specific?.cves_map?.cves ?? []).map((cve) => levelOf(cve.severity)),
  );
  if (ofCves.length > 0) return highestLevel(ofCves);
  return [levelOf(record.severity), ...affected.map((one) => levelOf(one.severity))].reduce(knownLevel);
}

type Range = NonNullable<OsvAffected['ranges']>[number];

/** The fixed versions of a range, each with the version that brought the fault (`0`: all before). */
function fixedVersions({ type, events }: Range): { fixed: string; introduced?: string }[] {
  if (type !== 'ECOSYSTEM') return [];
  let introduced: string | undefined;
  return events.flatMap((event) => {
    if (event.introduced !== undefined) introduced = event.introduced === '0' ? undefined : event.introduced;
    return event.fixed === undefined
      ? []
      : [{ fixed: event.fixed, ...(introduced === undefined ? {} : { introduced }) }];
  });
}

/** Canonical: `{binary_name, binary_version}`; SUSE: `{name: version, …}`. */
function binariesOf({ ecosystem_specific }: OsvAffected): FixedIn[] {
  return (ecosystem_specific?.binaries ?? []).flatMap((row) => {
    const { binary_name: name, binary_version: version } = row;
    if (typeof name === 'string') return typeof version === 'string' ? [{ name, version }] : [];
    return Object.entries(row).flatMap(([key, value]) =>
      typeof value === 'string' ? [{ name: key, version: value }] : [],
    );
  });
}

function fixesOf(affected: OsvAffected): FixedIn[] {
  const ranges = (affected.ranges ?? []).flatMap(fixedVersions);
  const binaries = binariesOf(affected);
  // A binary's version says nothing without a fix of its source: Canonical also lists packages that are not fixed yet.
  if (ranges.length > 0 && binaries.length > 0) return binaries;
  const name = affected.package?.name ?? '';
  return ranges.map(({ fixed, introduced }) => ({
    name,
    version: fixed,
    of: 'source' as const,
    ...(introduced === undefined ? {} : { introduced }),
  }));
}

const CVE = /CVE-\d{4}-\d{4,}/;

/** Canonical leaves `aliases` empty and writes `UBUNTU-CVE-…` to `upstream`; Rocky and Alma use `related`. */
function cvesOf(record: OsvRecord, affected: readonly OsvAffected[]): string[] {
  const ids = [record.id, ...(record.aliases ?? []), ...(record.upstream ?? []), ...(record.related ?? [])];
  const mapped = affected.flatMap((one) => (one.database_specific?.cves_map?.cves ?? []).map(({ id }) => id));
  return sortCves([...ids, ...mapped].map((id) => CVE.exec(id)?.[0]).filter((id) => id !== undefined));
}

/**
 * The advisory an OSV record is for some ecosystems (such as `Ubuntu:24.04:LTS`): a fix in one release of a
 * distribution says nothing about another. Null if it was withdrawn or does not concern them.
 *
 * @throws FeedError if the value is no OSV record.
 */
export function osvAdvisory(value: unknown, ecosystems: readonly string[]): Advisory | null {
  return advisoryOf(shaped('The OSV record', value, osvRecord), ecosystems);
}

/** The same for a record that is still text. */
export function parseOsvAdvisory(text: string, ecosystems: readonly string[]): Advisory | null {
  return advisoryOf(parseJson('The OSV record', text, osvRecord, LONGEST_RECORD), ecosystems);
}

function advisoryOf(record: OsvRecord, ecosystems: readonly string[]): Advisory | null {
  const affected = (record.affected ?? []).filter((one) => ecosystems.includes(one.package?.ecosystem ?? ''));
  if (record.withdrawn !== undefined || affected.length === 0) return null;
  const published = parseFeedDate(record.published ?? record.modified);
  const url = record.references?.find(
    ({ type, url: to }) => type === 'ADVISORY' && to.startsWith('https://'),
  )?.url;
  return {
    id: record.id,
    level: advisoryLevel(record, affected),
    cves: cvesOf(record, affected),
    ...(published === undefined ? {} : { published }),
    fixes: affected.flatMap(fixesOf),
    about: [...new Set(affected.map((one) => one.package?.name ?? ''))],
    feeds: ['osv'],
    ...(url === undefined ? {} : { url }),
  };
}
