import { imageEnded } from './image.ts';

/** What Image Builder says of an image; `undefined` in its place: there is no such image. */
export interface SeenImage {
  readonly status: string;
  readonly reason?: string;
  readonly log?: string;
  readonly amiId?: string;
}

/** What an image has come to. */
export type Verdict =
  | { readonly kind: 'running' }
  | { readonly kind: 'made'; readonly amiId: string }
  | { readonly kind: 'failed'; readonly error: ImageError; readonly reason: string; readonly log?: string };

/** Names under which an execution learns that its image failed; kept with the region build. */
export type ImageError = 'ImageFailed' | 'ImageCancelled' | 'ImageGone';

const ERRORS: Readonly<Record<string, ImageError>> = { FAILED: 'ImageFailed', CANCELLED: 'ImageCancelled' };

const SILENT: Readonly<Record<ImageError, string>> = {
  ImageFailed: 'Image Builder gives no reason',
  ImageCancelled: 'the image was cancelled',
  ImageGone: 'the image has no AMI (any more)',
};

/** Made, failed or still on its way: the one reading of Image Builder's states behind every decision about an image. */
export function verdictOf(seen: SeenImage | undefined): Verdict {
  if (seen === undefined)
    return { kind: 'failed', error: 'ImageGone', reason: 'Image Builder knows no such image (any more)' };
  const { status, amiId, reason, log } = seen;
  if (!imageEnded(status)) return { kind: 'running' };
  if (status === 'AVAILABLE' && amiId !== undefined) return { kind: 'made', amiId };
  const error = ERRORS[status] ?? 'ImageGone';
  return {
    kind: 'failed',
    error,
    reason: reason ?? SILENT[error],
    ...(log === undefined ? {} : { log }),
  };
}
