import { promotionDue } from '../../core/builds/promotionDue.ts';
import type { Ami } from '../../core/builds/target.ts';
import type { Services } from '../../ports.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { publishAmi, type PublishingServices } from '../publishAmi.ts';
import { anyway } from './anyway.ts';

/** Promotes candidates that have soaked, and repeats publications that did not arrive. */
export async function publishPending(services: PublishingServices & Pick<Services, 'log'>): Promise<void> {
  const { amis, log } = services;
  const { policy } = await currentPolicy(services);
  const isDue = async ({ state, regionBuild, ...ami }: Ami): Promise<boolean> => {
    if (state !== 'candidate') return true;
    const build = await services.regionBuilds.get(regionBuild);
    return promotionDue(ami, build?.urgency ?? 'normal', policy, services.now()).due;
  };
  await anyway(
    await amis.unpublished(),
    ({ amiId }) => amiId,
    async (ami) => {
      if (await isDue(ami)) await publishAmi(ami, services);
    },
    log,
  );
}
