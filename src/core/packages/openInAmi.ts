import type { Advisory } from '../evidence/advisory.ts';
import { isMoreUrgent } from '../evidence/advisory.ts';
import type { Inventory } from '../evidence/inventory.ts';
import { indexInventory } from '../evidence/inventory.ts';
import type { OpenAdvisory } from '../evidence/openAdvisories.ts';
import { openAdvisoryMatcher } from '../evidence/openAdvisories.ts';
import type { PackageFormat } from '../evidence/versions/packageVersion.ts';
import { DAY, type Architecture, type Instant, type Milliseconds } from '../words.ts';

/** Fixes reach the repositories some days before or after their advisory. */
const FIX_BESIDE_ADVISORY: Milliseconds = 14 * DAY;

export interface PackagedAmi {
  readonly packages: Inventory;
  readonly format: PackageFormat;
  readonly architecture: Architecture;
  readonly builtAt: Instant;
}

/** From when on advisories can be about what an AMI built at that time could not have yet. */
export function advisoriesSince(builtAt: Instant): Instant {
  return builtAt - FIX_BESIDE_ADVISORY;
}

/**
 * The advisories that match an AMI's packages, have a fixed version, and came out since it was built. What was fixed
 * long before and is open all the same is pinned by the template, or not to be had from its repositories: a build
 * installs what is newest, and upgrades what it was raised for, so building again would change nothing about it.
 */
export function openInAmi(
  { packages, format, architecture, builtAt }: PackagedAmi,
  advisories: readonly Advisory[],
  exploited: ReadonlySet<string>,
): OpenAdvisory[] {
  const matches = openAdvisoryMatcher(indexInventory(packages, format), architecture, exploited);
  return advisories
    .filter(({ published }) => published === undefined || published >= advisoriesSince(builtAt))
    .map(matches)
    .filter((open) => open !== null);
}

/** Most urgent first. */
export function sortByUrgency(open: readonly OpenAdvisory[]): OpenAdvisory[] {
  return [...open].sort((a, b) => {
    if (a.level !== b.level) return isMoreUrgent(a.level, b.level) ? -1 : 1;
    return a.id < b.id ? -1 : 1;
  });
}
