import { regionBuildAnswer } from '../../api/present/builds.ts';
import { iso } from '../../api/present/instants.ts';
import type { AnswerOf, RequestOf } from '../../api/routes.ts';
import { openNow, type OutlookServices } from './openNow.ts';

/** What is open, in the order in which it will be served, with the slots of every region. */
export async function queue(
  { limit }: RequestOf<'queue'>,
  services: OutlookServices,
): Promise<AnswerOf<'queue'>> {
  const { gathered, outlook } = await openNow(services);
  const { input, policy } = gathered;
  // A slot whose owner is dead is taken, too, until the reconciler frees it.
  const taken = [...input.running, ...(input.takenSlots ?? [])];
  return {
    now: iso(input.now),
    zone: policy.policy.zone,
    total: outlook.order.length,
    regions: services.settings.regions.map(({ name }) => ({
      region: name,
      running: taken.filter(({ region }) => region === name).length,
      slots: policy.policy.slotsPerRegion,
    })),
    regionBuilds: outlook.order
      .slice(0, limit)
      .map((build) => regionBuildAnswer(build, outlook.of.get(build.id))),
  };
}
