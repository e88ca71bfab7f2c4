import type { Instant } from '../words.ts';
import type { PointerWrite, Write } from '../writes.ts';
import type { BaseImagePointer, BaseImageSighting } from './pointer.ts';

export type Detection =
  /** The first look at this place: a baseline, not an update. */
  | { readonly kind: 'first'; readonly writes: Write[] }
  | { readonly kind: 'changed'; readonly writes: Write[] }
  /** The same image under a newer version of its parameter: only the version is noted. */
  | { readonly kind: 'confirmed'; readonly writes: Write[] }
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
  if (stored.imageId === seen.imageId) return sameImage(stored, seen);
  if (isOlder(stored.parameterVersion, seen.parameterVersion)) return { kind: 'stale' };
  const { base, region, architecture, release, imageId, imageName } = seen;
  return {
    kind: 'changed',
    writes: [
      { kind: 'pointer', after, expects: asStored(stored) },
      { kind: 'update-seen', base, release, at: now },
      {
        kind: 'observation',
        after: {
          base,
          region,
          architecture,
          release,
          previousImageId: stored.imageId,
          previousImageName: stored.imageName,
          previousRelease: stored.release,
          imageId,
          imageName,
          ...(stored.imageCreatedAt === undefined ? {} : { previousImageCreatedAt: stored.imageCreatedAt }),
          ...(seen.imageCreatedAt === undefined ? {} : { imageCreatedAt: seen.imageCreatedAt }),
          seenAt: now,
        },
      },
    ],
  };
}

/** A version that rose without another image must be known too, or a stale read of one in between would count as new. */
function sameImage(stored: BaseImagePointer, { parameterVersion }: BaseImageSighting): Detection {
  if (parameterVersion === undefined || parameterVersion <= (stored.parameterVersion ?? 0))
    return { kind: 'unchanged' };
  const after: BaseImagePointer = { ...stored, parameterVersion };
  return { kind: 'confirmed', writes: [{ kind: 'pointer', after, expects: asStored(stored) }] };
}

function asStored({ imageId, parameterVersion }: BaseImagePointer): NonNullable<PointerWrite['expects']> {
  return { imageId, ...(parameterVersion === undefined ? {} : { parameterVersion }) };
}

/** Versions of a parameter only grow; a source without versions cannot tell. */
function isOlder(stored: number | undefined, seen: number | undefined): boolean {
  return stored !== undefined && seen !== undefined && seen <= stored;
}
