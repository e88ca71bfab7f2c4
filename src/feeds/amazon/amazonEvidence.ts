import type { Comparison } from '../../core/evidence/assessment.ts';
import type { Findings } from '../../core/evidence/assess.ts';
import type { AmazonDistribution } from '../../core/evidence/feeds/amazonDistributions.ts';
import { amazonFindings, dayOf, inferredFindings } from '../../core/evidence/findings.ts';
import { readExploited } from '../kev.ts';
import type { Session } from '../session.ts';
import { readAmazonAdvisories } from './advisories.ts';
import { readImageUpdates } from './imageUpdates.ts';

/** Whether the release notes are about the image itself: not if it was only made from it (ECS, EKS, one's own). */
function isTheirs({ base, from, to }: Comparison, distribution: AmazonDistribution): boolean {
  return base.family === distribution && from.readFrom === 'name' && to.readFrom === 'name';
}

/**
 * What Amazon's feeds say of two images: by the release notes of every release in between for Amazon's own images, by
 * our last build's package list for images made from them.
 */
export async function amazonEvidence(
  session: Session,
  distribution: AmazonDistribution,
  comparison: Comparison,
): Promise<Findings> {
  const newest = Math.max(dayOf(comparison.from), dayOf(comparison.to));
  const [told, images, exploited] = await Promise.all([
    readAmazonAdvisories(session, distribution, newest),
    isTheirs(comparison, distribution) ? readImageUpdates(session, distribution, comparison) : null,
    readExploited(session),
  ]);
  const { advisories } = told;
  const sources = [...(images?.sources ?? []), ...told.sources, ...exploited.sources];
  const data = { advisories, exploited: exploited.cves, sources };
  const findings =
    images === null
      ? inferredFindings(comparison, data)
      : amazonFindings(comparison, { ...data, releases: images.releases, notes: images.notes });
  return { ...findings, gaps: [...findings.gaps, ...told.gaps] };
}
