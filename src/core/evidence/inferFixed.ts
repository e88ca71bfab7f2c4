import { DAY } from '../words.ts';
import type { Architecture, Instant, Milliseconds } from '../words.ts';
import type { Advisory } from './advisory.ts';
import type { FixedAdvisory } from './fixed.ts';
import type { InventoryIndex } from './inventory.ts';
import { openAdvisoryMatcher } from './openAdvisories.ts';

export interface InferenceQuestion {
  /** Package list of our last build on the older image. */
  readonly installed: InventoryIndex;
  readonly architecture: Architecture;
  readonly advisories: Iterable<Advisory>;
  /** Creation of the two images. */
  readonly from: Instant;
  readonly to: Instant;
}

/** Errata of Rocky Linux, for one, come out some days after the packages they are about. */
const LATE: Milliseconds = 7 * DAY;

/**
 * What a newer image of an upstream without package lists most likely fixes: the advisories that are open in our last
 * build on the older image and were published between the two images, or a little after the newer one: advisories come
 * after their fix. Older ones are open in our build for another reason, much newer ones the image cannot have.
 */
export function inferFixed({
  installed,
  architecture,
  advisories,
  from,
  to,
}: InferenceQuestion): FixedAdvisory[] {
  const matches = openAdvisoryMatcher(installed, architecture);
  return [...advisories].flatMap((advisory): FixedAdvisory[] => {
    const { published } = advisory;
    if (published === undefined || published <= from - DAY || published > to + DAY + LATE) return [];
    const open = matches(advisory);
    if (open === null) return [];
    const { id, level, cves, feeds, url } = advisory;
    const packages = open.packages.map(({ name }) => name);
    return [
      { id, level, cves, packages, by: 'date', feeds, published, ...(url === undefined ? {} : { url }) },
    ];
  });
}
