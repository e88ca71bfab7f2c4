import type { SecurityLevel, UpdateType } from '../words.ts';
import { highestLevel, knownLevel, sortCves } from './advisory.ts';
import type { AssessedAdvisory, Assessment } from './assessment.ts';
import type { PackageChange } from './packageChange.ts';
import { sortChanges } from './packageChange.ts';

/** What a later assessment can turn a type into: advisories can appear, they do not go away. */
const TYPE_RANK: Readonly<Record<UpdateType, number>> = {
  unknown: 0,
  maintenance: 1,
  feature: 2,
  security: 3,
  rollback: 4,
};

const CONFIDENCE_RANK = { unknown: 0, inferred: 1, exact: 2 } as const;

function uniteAdvisories(a: AssessedAdvisory | undefined, b: AssessedAdvisory): AssessedAdvisory {
  if (a === undefined) return b;
  return {
    ...a,
    ...b,
    level: knownLevel(a.level, b.level),
    cves: sortCves([...a.cves, ...b.cves]),
    exploited: sortCves([...a.exploited, ...b.exploited]),
    packages: [...new Set([...a.packages, ...b.packages])].sort(),
    by: a.by === 'version' ? a.by : b.by,
    feeds: [...new Set([...a.feeds, ...b.feeds])],
  };
}

function unitePackages(a: readonly PackageChange[], b: readonly PackageChange[]): PackageChange[] {
  const changes = new Map(a.map((change) => [change.name, change]));
  for (const change of b) {
    if (changes.get(change.name)?.before === undefined) changes.set(change.name, change);
  }
  return sortChanges([...changes.values()]);
}

function levelOf(
  previous: SecurityLevel,
  next: SecurityLevel,
  advisories: readonly AssessedAdvisory[],
): SecurityLevel {
  const all =
    advisories.length > 0 ? highestLevel(advisories.map(({ level }) => level)) : knownLevel(previous, next);
  // A known level stays a floor: `unknown` may become known, a known one only rises.
  return previous === 'unknown' ? all : highestLevel([previous, all]);
}

/**
 * An update's assessment after it was assessed again: advisories can come days after the release that carries their
 * fix, and feeds can be down, so what was found once stays and the level only rises. `unknown` is no level: the first
 * known one takes its place.
 */
export function mergeAssessments(previous: Assessment, next: Assessment): Assessment {
  const advisories = new Map(previous.advisories.map((advisory) => [advisory.id, advisory]));
  for (const advisory of next.advisories)
    advisories.set(advisory.id, uniteAdvisories(advisories.get(advisory.id), advisory));
  const all = [...advisories.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const surer = CONFIDENCE_RANK[next.confidence] >= CONFIDENCE_RANK[previous.confidence] ? next : previous;
  return {
    type: TYPE_RANK[next.type] >= TYPE_RANK[previous.type] ? next.type : previous.type,
    level: levelOf(previous.level, next.level, all),
    confidence: surer.confidence,
    packages: unitePackages(previous.packages, next.packages),
    advisories: all,
    reopened: [...new Set([...previous.reopened, ...next.reopened])].sort(),
    cves: sortCves([...previous.cves, ...next.cves]),
    exploited: sortCves([...previous.exploited, ...next.exploited]),
    changelogUrl: next.changelogUrl ?? previous.changelogUrl,
    recalled: previous.recalled || next.recalled,
    sources: next.sources,
    because: surer.because,
    incomplete: next.incomplete,
  };
}

/** Whether a later assessment is a new reason to build: "the level can only rise, and the rise triggers". */
export function hasRisen(previous: Assessment, merged: Assessment): boolean {
  return previous.level !== merged.level && highestLevel([previous.level, merged.level]) === merged.level;
}
