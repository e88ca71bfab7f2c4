import type { LeavingState } from '../../core/images/wayOut.ts';
import { type LeavingAmi, retired } from '../../core/images/retire.ts';
import type { Services } from '../../ports.ts';

export type TellingServices = Pick<Services, 'amis' | 'amiLifecycle' | 'imageBuilder' | 'commits' | 'log'>;

const CALLS = {
  deprecated: 'deprecate',
  disabled: 'disable',
  deregistered: 'deregister',
} as const satisfies Record<LeavingState, string>;

/**
 * EC2 is told what the table says of an AMI, and the mark that it has to be goes; with an AMI that is gone, so does what
 * Image Builder keeps for it. Whatever of it was done before is done again without an effect.
 * @returns false if a rollback made it the active one in between: it is offered again then
 */
export async function tellEc2(ami: LeavingAmi, services: TellingServices): Promise<boolean> {
  const { amis, amiLifecycle, imageBuilder, commits, log } = services;
  const { template, region, amiId, state, imageArn } = ami;
  await amiLifecycle[CALLS[state]](region, amiId);
  if (state === 'deregistered') await imageBuilder.remove(region, imageArn);
  const { committed } = await commits.commit(retired(ami));
  if (committed) {
    log.info('an AMI is on its way out', { amiId, template, region, state });
    return true;
  }
  if ((await amis.get(template, amiId))?.state === 'active') await amiLifecycle.undeprecate(region, amiId);
  return false;
}
