import { DAY } from '../words.ts';
import type { Architecture, Instant, SecurityLevel } from '../words.ts';
import type { Advisory, FixedIn } from './advisory.ts';
import { lineOf } from './inventory.ts';
import { concernsKernel } from './kernelStream.ts';
import type { PackageChange } from './packageChange.ts';
import { compareVersions } from './versions/packageVersion.ts';
import type { PackageFormat } from './versions/packageVersion.ts';

/** How an advisory was found to be fixed: `version` is certain, `date` is an inference. */
export type FixedBy = 'version' | 'date';

/** An advisory that one image has fixed and another had not. */
export interface FixedAdvisory {
  readonly id: string;
  readonly level: SecurityLevel;
  readonly cves: readonly string[];
  /** The changed packages that carry the fix. */
  readonly packages: readonly string[];
  readonly by: FixedBy;
  readonly feeds: readonly string[];
  readonly published?: Instant;
  readonly url?: string;
}

export interface FixedQuestion {
  readonly format: PackageFormat;
  readonly architecture: Architecture;
  readonly changes: readonly PackageChange[];
  readonly advisories: Iterable<Advisory>;
  /** When the two images' releases are from, at the start of their day. */
  readonly fromDay: Instant;
  readonly toDay: Instant;
  /** Kernel stream of the images, where they have one of several. */
  readonly kernel?: string;
  /** Advisories about packages whose versions no list tells: dates between the two images decide. */
  readonly dated?: (advisory: Advisory) => boolean;
}

/** An advisory published within a day of a release is about what that release brought. */
const SAME_TIME = DAY;

/** A notice about a kernel comes out within days of the kernel itself. */
const LATE = 3 * DAY;

type Verdict = FixedBy | 'reopened' | undefined;

function verdict(change: PackageChange, fix: FixedIn, advisory: Advisory, question: FixedQuestion): Verdict {
  const { before, after } = change;
  if (after === null || before === null) return undefined;
  const order = (a: string, b: string) => compareVersions(question.format, a, b);
  const isFixed = order(after, fix.version) >= 0;
  if (before === undefined) {
    // The older image had some version from before the first that came after it, but which one is not known.
    if (isFixed && order(fix.version, change.firstNew ?? after) >= 0) return 'version';
    return isFixed && (advisory.published ?? 0) >= question.fromDay + SAME_TIME ? 'date' : undefined;
  }
  if (fix.introduced !== undefined && order(before, fix.introduced) < 0) return undefined;
  const wasFixed = order(before, fix.version) >= 0;
  if (isFixed === wasFixed) return undefined;
  return isFixed ? 'version' : 'reopened';
}

/** Changes by the names under which advisories can mean them. */
function indexChanges(changes: readonly PackageChange[]): ReadonlyMap<string, PackageChange> {
  return new Map(changes.map((change) => [lineOf(change.name), change]));
}

function byDates(
  advisory: Advisory,
  question: FixedQuestion,
  changed: ReadonlyMap<string, PackageChange>,
): string[] {
  const { published } = advisory;
  if (published === undefined) return [];
  if (question.dated?.(advisory) === true) {
    // On the older image's own day nobody knows which was first; and an advisory may follow its fix.
    const isBetween = published >= question.fromDay && published < question.toDay + DAY + LATE;
    return isBetween ? [...advisory.about] : [];
  }
  const isOfRelease = published >= question.toDay - SAME_TIME && published < question.toDay + DAY + SAME_TIME;
  return advisory.fixes.length === 0 && isOfRelease
    ? advisory.about.filter((name) => changed.has(lineOf(name)))
    : [];
}

/**
 * The advisories whose first fixed version lies between what the older image has and what the newer one has:
 * `fixed(A, B) = { advisory | a package of it is older than the fixed version in A, and not older in B }`,
 * and those that going back to an older package opens again.
 *
 * Joined by version, never by date alone: advisories come days after their fix, and some are about versions years old.
 * Dates only decide where versions cannot: for advisories without versions (RSS) about a changed package, for a
 * package whose earlier version is not known, and for those named by `dated`; such an advisory is marked `date`.
 */
export function fixedBetween(question: FixedQuestion): { fixed: FixedAdvisory[]; reopened: FixedAdvisory[] } {
  const changed = indexChanges(question.changes);
  const result: { fixed: FixedAdvisory[]; reopened: FixedAdvisory[] } = { fixed: [], reopened: [] };
  for (const advisory of question.advisories) {
    if (!concernsKernel(advisory.fixes, question.kernel)) continue;
    const found = new Map<Exclude<Verdict, undefined>, Set<string>>();
    const add = (kind: Exclude<Verdict, undefined>, name: string) =>
      found.set(kind, (found.get(kind) ?? new Set()).add(name));
    for (const fix of advisory.fixes) {
      const change = changed.get(lineOf(fix.name));
      if (change === undefined || fix.architectures?.includes(question.architecture) === false) continue;
      const kind = verdict(change, fix, advisory, question);
      if (kind !== undefined) add(kind, change.name);
    }
    for (const name of byDates(advisory, question, changed)) add('date', name);
    const by: FixedBy | undefined = found.has('version') ? 'version' : found.has('date') ? 'date' : undefined;
    const packages = [...(found.get(by ?? 'reopened') ?? [])].sort();
    if (packages.length === 0) continue;
    const { id, level, cves, feeds, published, url } = advisory;
    (by === undefined ? result.reopened : result.fixed).push({
      id,
      level,
      cves,
      packages,
      by: by ?? 'version',
      feeds,
      ...(published === undefined ? {} : { published }),
      ...(url === undefined ? {} : { url }),
    });
  }
  return result;
}
