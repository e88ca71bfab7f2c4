import type { Announcement } from './announcements/announcement.ts';
import type { BaseImageUpdate, Observation } from './base-images/pointer.ts';
import type { RegionBuild } from './builds/regionBuild.ts';
import type { TargetState } from './builds/target.ts';

/**
 * A change of the table as its one reader sees it, in our words: before and after, each absent where there was or is
 * nothing. Records that nobody acts on (explanations, pots, slots, reports) are no changes.
 */
export type Change =
  | { readonly kind: 'region-build'; readonly before?: RegionBuild; readonly after: RegionBuild }
  | { readonly kind: 'target'; readonly before?: TargetState; readonly after: TargetState }
  | { readonly kind: 'observation'; readonly after: Observation }
  | { readonly kind: 'update'; readonly before?: UpdateRecord; readonly after: UpdateRecord }
  /** Never changed: there is only a first time. */
  | { readonly kind: 'announcement'; readonly after: Announcement }
  | { readonly kind: 'template'; readonly slug: string; readonly revision: number }
  | { readonly kind: 'policy'; readonly version: number; readonly changedBy: string };

/** An update as it is kept: without its observations, which are records of their own. */
export type UpdateRecord = Omit<BaseImageUpdate, 'observations'>;
