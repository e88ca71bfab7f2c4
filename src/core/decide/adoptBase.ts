import type { BlockedImage } from '../policy/policy.ts';
import type { Instant, Milliseconds } from '../words.ts';

/** One image a base stood or stands at in a place; the newest comes first. */
export interface BaseImageChoice {
  readonly imageId: string;
  readonly imageName: string;
  readonly release: string;
  /** Since when it is out: the AMI's own creation date, or else when we first saw it here. */
  readonly since: Instant;
  /** Why there is none newer, where one was to be: the base template's build failed. */
  readonly noneNewer?: string;
}

export type Adoption =
  | { readonly kind: 'adopt'; readonly base: BaseImageChoice }
  /** None has reached the minimum age: the one that will first, and when. */
  | { readonly kind: 'too-young'; readonly base: BaseImageChoice; readonly until: Instant }
  | { readonly kind: 'blocked'; readonly blocked: BlockedImage }
  | { readonly kind: 'none' };

/**
 * The base image a build stands on. Blocked images are never adopted. Otherwise the newest one that has reached the
 * minimum age, so that a fast-moving base still moves; what presses (critical and high builds, and those that must
 * start for their deadline) takes the newest whatever its age (design §4, Protection).
 */
export function adoptBase(
  newestFirst: readonly BaseImageChoice[],
  rules: { readonly minimumAge: Milliseconds; readonly blockedImages: readonly BlockedImage[] },
  presses: boolean,
  now: Instant,
): Adoption {
  let blocked: BlockedImage | undefined;
  let oldest: BaseImageChoice | undefined;
  for (const base of newestFirst) {
    const rule = rules.blockedImages.find(({ imageId }) => imageId === base.imageId);
    if (rule !== undefined) {
      blocked ??= rule;
      continue;
    }
    if (presses || base.since + rules.minimumAge <= now) return { kind: 'adopt', base };
    if (oldest === undefined || base.since < oldest.since) oldest = base;
  }
  if (oldest !== undefined)
    return { kind: 'too-young', base: oldest, until: oldest.since + rules.minimumAge };
  return blocked === undefined ? { kind: 'none' } : { kind: 'blocked', blocked };
}
