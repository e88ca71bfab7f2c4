import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { byWhom } from './byWhom.ts';
import { cancelRegionBuilds, type CancelServices } from './cancelRegionBuilds.ts';
import { findBuild } from './findBuild.ts';

/** Ends a build, or one region build of it: what waits leaves its queue, what runs is stopped and paid so far. */
export async function cancel(
  { id, reason }: RequestOf<'cancel'>,
  { actor }: Caller,
  services: CancelServices,
): Promise<AnswerOf<'cancel'>> {
  const { regionBuilds } = await findBuild(id, services);
  return { regionBuilds: await cancelRegionBuilds(regionBuilds, byWhom(actor, reason), services) };
}
