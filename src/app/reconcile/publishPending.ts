import { explain } from '../../core/builds/compose.ts';
import { superseded } from '../../core/builds/superseded.ts';
import type { Ami } from '../../core/builds/target.ts';
import type { Services } from '../../ports.ts';
import { isConfigured, unconfigured } from '../../settings.ts';
import { candidateDue } from '../candidateDue.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { publishAmi, type PublishingServices } from '../publishAmi.ts';
import { anyway } from '../anyway.ts';

/**
 * Promotes candidates that have soaked, and repeats publications that did not arrive. What waits in a region that is
 * no longer configured waits no more.
 */
export async function publishPending(services: PublishingServices & Pick<Services, 'log'>): Promise<void> {
  const { amis, log } = services;
  const { policy } = await currentPolicy(services);
  const isDue = async (ami: Ami): Promise<boolean> =>
    ami.state !== 'candidate' || (await candidateDue(ami, policy, services)).due;
  await anyway(
    await amis.unpublished(),
    ({ amiId }) => amiId,
    async (ami) => {
      if (!isConfigured(ami.region, services.settings)) await leave(ami, services);
      else if (await isDue(ami)) await publishAmi(ami, services);
    },
    log,
  );
}

/** A candidate will not be promoted; one that is active stays so, and its parameter as it is. */
async function leave(ami: Ami, { commits, now }: Pick<Services, 'commits' | 'now'>): Promise<void> {
  const { regionBuild, region, state } = ami;
  const after = state === 'candidate' ? superseded(ami, now()) : ami;
  const because = `${ami.amiId} is not published: ${unconfigured(region)}`;
  await commits.commit([
    { kind: 'ami', after, expects: state },
    explain(regionBuild, { at: now(), rule: 'not-published', because }),
  ]);
}
