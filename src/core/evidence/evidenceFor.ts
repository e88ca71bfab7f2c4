import type { ImageRelease } from '../base-images/imageRelease.ts';
import type { EvidenceKind } from '../base-images/trackedBaseImage.ts';
import type { Comparison } from './assessment.ts';

/** Whether Canonical's manifests, which list its ordinary server images, can list such an image. */
function mayBeListed({ readFrom, variant }: ImageRelease): boolean {
  return readFrom !== 'own-name' && variant === undefined;
}

/**
 * The kinds of evidence that can tell two images of a base apart, best first. Manifests are left out for what was made
 * from Ubuntu's images, and for those of another kind than they list (minimal, Pro, EKS): our last build's package list
 * is then the best there is. Amazon's release notes need no such rule: for images that are not Amazon's own, their
 * advisories are compared with that list, too.
 */
export function evidenceFor({ base, from, to }: Comparison): readonly EvidenceKind[] {
  return base.evidence.filter((kind) => kind !== 'ubuntu' || (mayBeListed(from) && mayBeListed(to)));
}
