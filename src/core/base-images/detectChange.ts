import type { Instant } from '../words.ts';
import type { Write } from '../writes.ts';
import type { BaseImagePointer, BaseImageSighting } from './pointer.ts';

export type Detection =
  /** The first look at this place: a baseline, not an update. */
  | { readonly kind: 'first'; readonly writes: Write[] }
  | { readonly kind: 'changed'; readonly writes: Write[] }
  | { readonly kind: 'unchanged' }
  /** An older answer than the one already stored: a stale read is not a rollback. */
  | { readonly kind: 'stale' };

/**
 * Compares what a source answered with the stored pointer. The pointer and the update record change in one
 * transaction conditioned on the previous pointer and, where a parameter is the source, on its Version being
 * greater than the stored one (design §3, Outbox).
 */
export function detectChange(
  stored: BaseImagePointer | undefined,
  seen: BaseImageSighting,
  now: Instant,
): Detection {
  const after: BaseImagePointer = { ...seen, since: now };
  if (stored === undefined) return { kind: 'first', writes: [{ kind: 'pointer', after, expects: null }] };
  if (stored.imageId === seen.imageId) return { kind: 'unchanged' };
  if (isOlder(stored.parameterVersion, seen.parameterVersion)) return { kind: 'stale' };
  const { base, region, architecture, release, imageId, imageName } = seen;
  return {
    kind: 'changed',
    writes: [
      {
        kind: 'pointer',
        after,
        expects: {
          imageId: stored.imageId,
          ...(stored.parameterVersion === undefined ? {} : { parameterVersion: stored.parameterVersion }),
        },
      },
      { kind: 'update-seen', base, release, at: now },
      {
        kind: 'observation',
        after: {
          base,
          region,
          architecture,
          release,
          previousImageId: stored.imageId,
          previousRelease: stored.release,
          imageId,
          imageName,
          seenAt: now,
        },
      },
    ],
  };
}

/** Versions of a parameter only grow; a source without versions cannot tell. */
function isOlder(stored: number | undefined, seen: number | undefined): boolean {
  return stored !== undefined && seen !== undefined && seen <= stored;
}
