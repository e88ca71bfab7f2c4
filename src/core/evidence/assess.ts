import { changelogUrl } from '../base-images/changelogUrl.ts';
import { wentBack } from '../base-images/imageRelease.ts';
import { kernelStreamChanged, versionRose } from '../base-images/releaseOf.ts';
import type { Confidence, SecurityLevel, UpdateType } from '../words.ts';
import { highestLevel, sortCves } from './advisory.ts';
import type { AssessedAdvisory, Assessment, Comparison, SourceAnswer } from './assessment.ts';
import { raiseExploited } from './exploited.ts';
import type { FixedAdvisory } from './fixed.ts';
import type { PackageChange } from './packageChange.ts';

/** What was found about two images, whatever the way it was found. */
export interface Findings {
  /** `lists`: both images' own package lists; `inference`: our last build's list and dates. */
  readonly method: 'lists' | 'inference';
  /** Null: not known. Always null for an inference. */
  readonly changes: readonly PackageChange[] | null;
  /** Null: no feed of advisories answered. */
  readonly fixed: readonly FixedAdvisory[] | null;
  readonly reopened?: readonly FixedAdvisory[];
  /** What is not known, a sentence each. */
  readonly gaps: readonly string[];
  /** What else people should know of how it was found. */
  readonly notes?: readonly string[];
  /** Some of the lists were put together from other images'. */
  readonly reconstructed?: boolean;
  /** Known exploited CVEs; null: the catalogue did not answer. */
  readonly exploited: ReadonlySet<string> | null;
  readonly recalled?: boolean;
  readonly sources: readonly SourceAnswer[];
}

interface Verdict {
  readonly type: UpdateType;
  readonly level: SecurityLevel;
  readonly because: string;
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

function feature({ from, to }: Comparison): string | null {
  if (kernelStreamChanged(from, to))
    return `the kernel changes from ${from.kernel ?? '?'} to ${to.kernel ?? '?'}`;
  if (versionRose(from, to)) return `the version rises from ${from.version ?? '?'} to ${to.version ?? '?'}`;
  return null;
}

/** The first row that applies decides ("no data → unknown, never silently low"). */
function judge(comparison: Comparison, findings: Findings, advisories: readonly AssessedAdvisory[]): Verdict {
  const { changes, fixed, gaps } = findings;
  const known = gaps.length === 0 && (fixed !== null || changes?.length === 0);
  const quiet: SecurityLevel = known ? 'none' : 'unknown';
  const news = feature(comparison);
  if (wentBack(comparison)) {
    return { type: 'rollback', level: quiet, because: 'the pointer goes back to an older image' };
  }
  if (advisories.length > 0) {
    const fixes = count(advisories.length, 'advisory is fixed', 'advisories are fixed');
    return { type: 'security', level: highestLevel(advisories.map(({ level }) => level)), because: fixes };
  }
  if (news !== null) return { type: 'feature', level: quiet, because: news };
  if (!known) return { type: 'unknown', level: 'unknown', because: 'what the image changes is not known' };
  if (changes === null) {
    return {
      type: 'maintenance',
      level: 'none',
      because: 'no advisory published in between concerns its packages',
    };
  }
  const changed = count(changes.length, 'package changes', 'packages change');
  return { type: 'maintenance', level: 'none', because: `${changed} and no advisory is about them` };
}

function confidenceOf(
  { type, level }: Verdict,
  findings: Findings,
  advisories: readonly AssessedAdvisory[],
): Confidence {
  const { method, changes, fixed, gaps, reconstructed = false } = findings;
  const nothingAtAll = fixed === null && changes?.length !== 0;
  if (gaps.length > 0 || nothingAtAll || type === 'unknown') return 'unknown';
  if (method === 'inference' || reconstructed) return 'inferred';
  const certain = advisories.filter(({ by }) => by === 'version').map((one) => one.level);
  return type !== 'security' || highestLevel(certain) === level ? 'exact' : 'inferred';
}

/**
 * Says what an update of a base image is: type, level and how sure, from what was found. An advisory without a CVE
 * counts; known exploitation raises to critical; no advisory but changed packages is maintenance; a new version,
 * point release or kernel stream a feature; a pointer that goes back a rollback; no data `unknown`.
 */
export function assess(comparison: Comparison, findings: Findings): Assessment {
  const { exploited, sources } = findings;
  const advisories = (findings.fixed ?? [])
    .map((one): AssessedAdvisory => ({ ...one, ...raiseExploited(one, exploited ?? new Set()) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const isRollback = wentBack(comparison);
  const verdict = judge(comparison, findings, advisories);
  const counted = isRollback ? [] : advisories;
  return {
    type: verdict.type,
    level: verdict.level,
    confidence: confidenceOf(verdict, findings, counted),
    packages: findings.changes ?? [],
    advisories: counted,
    reopened: (findings.reopened ?? []).map(({ id }) => id).sort(),
    cves: sortCves(counted.flatMap(({ cves }) => cves)),
    exploited: sortCves(counted.flatMap((one) => one.exploited)),
    changelogUrl: changelogUrl(comparison.base.family, comparison.to),
    recalled: findings.recalled ?? false,
    sources,
    because: [verdict.because, ...findings.gaps, ...(findings.notes ?? [])],
    incomplete: sources.some(({ state }) => state !== 'answered'),
  };
}
