import type { ImageRelease } from '../base-images/imageRelease.ts';
import { wentBack } from '../base-images/imageRelease.ts';
import type { Instant } from '../words.ts';
import type { Advisory } from './advisory.ts';
import { amazonChanges } from './amazonChanges.ts';
import type { KnownChanges } from './amazonChanges.ts';
import type { Findings } from './assess.ts';
import type { Comparison, SourceAnswer } from './assessment.ts';
import type { ReleaseNotes } from './feeds/releaseNotes.ts';
import { fixedBetween } from './fixed.ts';
import type { FixedAdvisory } from './fixed.ts';
import { inferFixed } from './inferFixed.ts';
import { indexInventory } from './inventory.ts';
import type { Inventory } from './inventory.ts';
import { concernsUbuntuAwsKernel, ubuntuChanges } from './ubuntuChanges.ts';
import type { PackageFormat } from './versions/packageVersion.ts';
import { whyNotAlike, whyNotWhole } from './wholeLists.ts';

/** What every way of finding out has been told; null: the feed did not answer. */
export interface CommonData {
  readonly advisories: readonly Advisory[] | null;
  readonly exploited: ReadonlySet<string> | null;
  readonly sources: readonly SourceAnswer[];
}

/** Start of a release's day (UTC). */
export function dayOf({ date }: ImageRelease): Instant {
  return Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}T00:00:00Z`) || 0;
}

/** How a base's packages are versioned. */
export const formatOf = ({ base }: Pick<Comparison, 'base'>): PackageFormat =>
  base.packageManager === 'apt' ? 'deb' : 'rpm';

/** By our last build's package list and dates, the way for every upstream that does not say what its images hold. */
export function inferredFindings(
  comparison: Comparison,
  { advisories, exploited, sources }: CommonData,
): Findings {
  const { known, architecture, from, to } = comparison;
  const common = { method: 'inference', changes: null, exploited, sources } as const;
  if (known === undefined) {
    const gap = 'no build of ours on the older image has left a package list to go by';
    return { ...common, fixed: null, gaps: [gap] };
  }
  if (advisories === null) return { ...common, fixed: null, gaps: ['no feed of advisories answered'] };
  const installed = indexInventory(known, formatOf(comparison));
  const partial = whyNotWhole(known);
  const undated = [from, to].filter((release) => dayOf(release) === 0);
  const gaps = [
    ...(partial === undefined ? [] : [partial]),
    ...undated.map(({ name }) => `nobody says which day ${name} is from`),
  ];
  // What is open in the part that is known is fixed all the same, and what came out by now in an image without a day.
  // The first image of a point release may have been made before the last one of the release it follows.
  const days = [dayOf(from), dayOf(to) || Number.POSITIVE_INFINITY];
  const dates = { from: Math.min(...days), to: Math.max(...days) };
  return { ...common, fixed: inferFixed({ installed, architecture, advisories, ...dates }), gaps };
}

/**
 * By both images' lists. What the lists leave open is inferred from our last build's list, if there is one.
 * An update that goes back is looked at the other way round: what the newer image had fixed is open again.
 */
function listedFindings(
  comparison: Comparison,
  data: CommonData,
  lists: { changes: KnownChanges; dated?: (advisory: Advisory) => boolean },
): Findings {
  const { architecture, from, to } = comparison;
  const { advisories, exploited, sources } = data;
  const { changes, gaps, reconstructed } = lists.changes;
  const isRollback = wentBack(comparison);
  const [older, newer] = isRollback ? [to, from] : [from, to];
  const found =
    advisories === null
      ? null
      : fixedBetween({
          format: formatOf(comparison),
          architecture,
          changes,
          advisories,
          fromDay: dayOf(older),
          toDay: dayOf(newer),
          ...(newer.kernel === undefined ? {} : { kernel: newer.kernel }),
          ...(lists.dated === undefined ? {} : { dated: lists.dated }),
        });
  const common = { method: 'lists', gaps, reconstructed, exploited, sources } as const;
  if (isRollback) {
    const back = changes.flatMap(({ name, before, after }) =>
      before === undefined ? [] : [{ name, before: after, after: before }],
    );
    return { ...common, changes: back, fixed: found === null ? null : [], reopened: found?.fixed ?? [] };
  }
  const listed: Findings = {
    ...common,
    changes,
    fixed: found?.fixed ?? null,
    reopened: found?.reopened ?? [],
  };
  if (gaps.length === 0 || comparison.known === undefined || found === null) return listed;
  const inferred = inferredFindings(comparison, data);
  const fixed = new Map<string, FixedAdvisory>(
    [...(inferred.fixed ?? []), ...found.fixed].map((advisory) => [advisory.id, advisory]),
  );
  return {
    ...listed,
    method: 'inference',
    fixed: [...fixed.values()],
    gaps: inferred.gaps,
    notes: gaps,
  };
}

export interface AmazonData extends CommonData {
  /** Names of all releases; null: their list did not answer. */
  readonly releases: readonly string[] | null;
  /** The release notes that could be read, by release. */
  readonly notes: ReadonlyMap<string, ReleaseNotes>;
}

/** By the release notes' image updates: for Amazon's own images. */
export function amazonFindings(comparison: Comparison, data: AmazonData): Findings {
  const { from, to, known } = comparison;
  const isRollback = wentBack(comparison);
  const { notes } = data;
  const changes = amazonChanges({
    ...(isRollback ? { from: to, to: from } : { from, to }),
    releases: data.releases ?? [...notes.keys()],
    notes,
    ...(known === undefined || isRollback ? {} : { known }),
  });
  const gaps =
    data.releases === null ? [...changes.gaps, 'the list of releases did not answer'] : changes.gaps;
  const findings = listedFindings(comparison, data, { changes: { ...changes, gaps } });
  return { ...findings, recalled: notes.get(to.name)?.recalled ?? false };
}

export interface UbuntuData extends CommonData {
  /** The two serials' manifests; null: not found. */
  readonly from: Inventory | null;
  readonly to: Inventory | null;
}

/** By the manifests of two serials; the kernel, which they do not have, by the dates of the notices about it. */
export function ubuntuFindings(comparison: Comparison, data: UbuntuData): Findings {
  const isRollback = wentBack(comparison);
  const [older, newer] = isRollback ? [data.to, data.from] : [data.from, data.to];
  const gaps = [
    ...(data.from === null ? [`the manifest of ${comparison.from.name} is missing`] : []),
    ...(data.to === null ? [`the manifest of ${comparison.to.name} is missing`] : []),
  ];
  const differ = older === null || newer === null ? [] : ubuntuChanges(older, newer);
  const partial =
    data.from === null || data.to === null
      ? undefined
      : whyNotAlike(
          { name: comparison.from.name, packages: data.from },
          { name: comparison.to.name, packages: data.to },
        );
  const changes =
    partial === undefined ? differ : differ.filter(({ before, after }) => before !== null && after !== null);
  return listedFindings(comparison, data, {
    changes: {
      changes,
      gaps: partial === undefined ? gaps : [...gaps, partial],
      reconstructed: false,
    },
    dated: concernsUbuntuAwsKernel,
  });
}
