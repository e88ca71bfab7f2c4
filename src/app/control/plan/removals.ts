import type { PlannedRemoval } from '../../../api/answers.ts';
import { iso } from '../../../api/present/instants.ts';
import { by } from '../../../core/by.ts';
import type { Removal } from '../../../core/images/removal.ts';
import { removals } from '../../../core/images/removals.ts';
import type { Policy } from '../../../core/policy/policy.ts';
import { gatherImages, type ImageServices } from '../../retire/gatherImages.ts';

export type RemovalServices = ImageServices;

/**
 * The next steps of AMIs that gave way, and what holds them back. EC2 is not asked who uses them, since that takes its
 * time: what the last daily look found is told, and the next one asks again (docs/adr/0012).
 */
export async function plannedRemovals(policy: Policy, services: RemovalServices): Promise<PlannedRemoval[]> {
  const input = await gatherImages(services);
  return removals({ ...input, policy })
    .sort(
      by(
        ({ due }) => (due ? 0 : 1),
        ({ at }) => at ?? Number.POSITIVE_INFINITY,
      ),
    )
    .map(plannedRemoval);
}

function plannedRemoval({ ami, step, due, at, because }: Removal): PlannedRemoval {
  const { template, region, architecture, amiId } = ami;
  return { template, region, architecture, amiId, step, due, at: at === null ? null : iso(at), because };
}
