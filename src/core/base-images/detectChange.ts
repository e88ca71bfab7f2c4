import type { Instant } from '../words.ts';
import type { PointerWrite, Write } from '../writes.ts';
import type { BaseImagePointer, BaseImageSighting } from './pointer.ts';

export type Detection =
  /** The first look at this place: a baseline, not an update. */
  | { readonly kind: 'first'; readonly writes: Write[] }
  | { readonly kind: 'changed'; readonly writes: Write[] }
  /** The same image under a newer version of its parameter, or under another one: only that is noted. */
  | { readonly kind: 'confirmed'; readonly writes: Write[] }
  | { readonly kind: 'unchanged' }
  /** An older answer than the one already stored: a stale read is not a rollback. */
  | { readonly kind: 'stale' };

/**
 * Compares what a source answered with the stored pointer. The pointer and the update record change in one
 * transaction conditioned on the previous pointer and, where a parameter is the source, on its answer being newer
 * than the stored one (design §3, Outbox).
 */
export function detectChange(
  stored: BaseImagePointer | undefined,
  seen: BaseImageSighting,
  now: Instant,
): Detection {
  if (stored === undefined)
    return { kind: 'first', writes: [{ kind: 'pointer', after: { ...seen, since: now }, expects: null }] };
  if (stored.imageId === seen.imageId) return sameImage(stored, seen);
  if (isStale(stored, seen)) return { kind: 'stale' };
  const { base, region, architecture, imageId, imageName } = seen;
  const release = releaseAfter(stored, seen);
  const after: BaseImagePointer = { ...seen, release, since: now };
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

/**
 * Another image under the name of the one before it, as where an owner makes `golden-latest` anew: the name tells the
 * two apart no more than their release, and the update would be taken for the one before it, so the id does.
 */
function releaseAfter(stored: BaseImagePointer, { imageName, imageId, release }: BaseImageSighting): string {
  return stored.imageName === imageName ? `${release}/${imageId}` : release;
}

/** A version that rose without another image must be known too, or a stale read of one in between would count as new. */
function sameImage(stored: BaseImagePointer, seen: BaseImageSighting): Detection {
  const { parameter, parameterVersion, parameterModifiedAt } = seen;
  if (parameterVersion === undefined || (isStale(stored, seen) && !tellsMore(stored, seen)))
    return { kind: 'unchanged' };
  const after: BaseImagePointer = {
    ...stored,
    parameterVersion,
    ...(parameter === undefined ? {} : { parameter }),
    ...(parameterModifiedAt === undefined ? {} : { parameterModifiedAt }),
  };
  return { kind: 'confirmed', writes: [{ kind: 'pointer', after, expects: asStored(stored) }] };
}

function asStored(stored: BaseImagePointer): NonNullable<PointerWrite['expects']> {
  const { imageId, parameter, parameterVersion, parameterModifiedAt } = stored;
  return {
    imageId,
    ...(parameterVersion === undefined ? {} : { parameterVersion }),
    ...(parameter === undefined ? {} : { parameter }),
    ...(parameterModifiedAt === undefined ? {} : { parameterModifiedAt }),
  };
}

/**
 * Versions of a parameter only grow, until it is deleted: one that is made anew counts from 1 again, but later than
 * what is stored was written. Versions of two parameters say nothing of each other; a source without versions cannot
 * tell.
 */
function isStale(stored: BaseImagePointer, seen: BaseImageSighting): boolean {
  if (stored.parameterVersion === undefined || seen.parameterVersion === undefined) return false;
  if (isAnother(stored.parameter, seen.parameter)) return false;
  return seen.parameterVersion <= stored.parameterVersion && !isLater(stored, seen);
}

function isAnother(stored: string | undefined, seen: string | undefined): boolean {
  return stored !== undefined && seen !== undefined && stored !== seen;
}

function isLater(
  { parameterModifiedAt: stored }: BaseImagePointer,
  { parameterModifiedAt: seen }: BaseImageSighting,
): boolean {
  return stored !== undefined && seen !== undefined && seen > stored;
}

/** The answer that is stored, of a time when name and date were not kept. */
function tellsMore(stored: BaseImagePointer, seen: BaseImageSighting): boolean {
  return (
    stored.parameterVersion === seen.parameterVersion &&
    ((stored.parameter === undefined && seen.parameter !== undefined) ||
      (stored.parameterModifiedAt === undefined && seen.parameterModifiedAt !== undefined))
  );
}
