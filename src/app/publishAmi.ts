import { newsOfAmi } from '../core/announcements/newsOfAmi.ts';
import { explain } from '../core/builds/compose.ts';
import { promote } from '../core/builds/promote.ts';
import { promotionDue } from '../core/builds/promotionDue.ts';
import type { Ami } from '../core/builds/target.ts';
import { targetKey } from '../core/words.ts';
import type { Write } from '../core/writes.ts';
import type { Services } from '../ports.ts';
import { TryAgain } from './buildErrors.ts';
import { currentPolicy } from './currentPolicy.ts';
import { type ParameterServices, publishActive } from './publishActive.ts';
import { targetState } from './targetState.ts';

export type PublishingServices = ParameterServices & Pick<Services, 'regionBuilds' | 'policies'>;

/**
 * Promotes a candidate that is due, and sees to it that the parameter of its place shows the AMI that is active then,
 * whichever that is (design §5).
 * @throws NotPublishedYet until the parameter reads so
 */
export async function publishAmi(
  { template, amiId }: Pick<Ami, 'template' | 'amiId'>,
  services: PublishingServices,
): Promise<void> {
  const ami = await services.amis.get(template, amiId);
  if (ami === undefined) throw new Error(`the AMI ${amiId} of ${template} is not recorded`);
  if (ami.state !== 'candidate' || (await promoteCandidate(ami, services)))
    await publishActive(ami, services);
}

/** A candidate that is not due waits, for the slow tick or for a person: then nothing has changed for its place. */
async function promoteCandidate(candidate: Ami, services: PublishingServices): Promise<boolean> {
  const { commits } = services;
  const [build, { policy }, target, amis] = await Promise.all([
    services.regionBuilds.get(candidate.regionBuild),
    currentPolicy(services),
    targetState(candidate, services),
    services.amis.of(candidate.template),
  ]);
  const now = services.now();
  const due = promotionDue(candidate, { build, target }, policy, now);
  if (!due.due) {
    const late = newsOfAmi(candidate, due, policy, now);
    await commits.commit([
      explain(candidate.regionBuild, due.line),
      ...late.map((announcement): Write => ({ kind: 'announce', announcement })),
    ]);
    return false;
  }
  const promotion = promote(candidate, target, amis, now);
  if (promotion.kind !== 'nothing') {
    const { committed } = await commits.commit(promotion.writes);
    if (!committed) throw new TryAgain(`${targetKey(candidate)} was changed by somebody else`);
  }
  return true;
}
