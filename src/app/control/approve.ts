import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { approve as approveOne } from '../../core/builds/approve.ts';
import { seedFirstPolicy } from '../currentPolicy.ts';
import { byWhom } from './byWhom.ts';
import { changeRegionBuilds, type ChangeServices } from './changeRegionBuilds.ts';

/** An approver's yes to a build, or to one region build of it: from then on it waits only for its time and its money. */
export async function approve(
  { id, reason }: RequestOf<'approve'>,
  { actor }: Caller,
  services: ChangeServices,
): Promise<AnswerOf<'approve'>> {
  const { policy } = await seedFirstPolicy(services);
  const because = byWhom(actor, reason);
  return changeRegionBuilds(
    id,
    (build) => {
      const approving = approveOne(build, policy, because, services.now());
      switch (approving.kind) {
        case 'approve':
          return { outcome: 'approved', writes: approving.writes };
        case 'given':
          return { outcome: 'approved-already', writes: [] };
        case 'not-needed':
          return { outcome: 'not-needed', writes: [] };
        case 'closed':
          return { outcome: 'closed-already', writes: [] };
      }
    },
    services,
  );
}
