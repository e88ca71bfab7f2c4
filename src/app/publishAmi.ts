import { explain } from '../core/builds/compose.ts';
import { promote, published } from '../core/builds/promote.ts';
import { promotionDue } from '../core/builds/promotionDue.ts';
import type { Ami } from '../core/builds/target.ts';
import { type Target, targetKey } from '../core/words.ts';
import type { Services } from '../ports.ts';
import { amiParameterName } from '../settings.ts';
import { NotPublishedYet, TryAgain } from './buildErrors.ts';
import { currentPolicy } from './currentPolicy.ts';
import { targetState } from './targetState.ts';

export type PublishingServices = Pick<
  Services,
  'amis' | 'targets' | 'regionBuilds' | 'policies' | 'amiParameters' | 'commits' | 'settings' | 'now'
>;

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
  const due = promotionDue(candidate, build?.urgency ?? 'normal', policy, now);
  if (!due.due) {
    await commits.commit([explain(candidate.regionBuild, due.line)]);
    return false;
  }
  const promotion = promote(candidate, target, amis, now);
  if (promotion.kind !== 'nothing') {
    const { committed } = await commits.commit(promotion.writes);
    if (!committed) throw new TryAgain(`${targetKey(candidate)} was changed by somebody else`);
  }
  return true;
}

/**
 * The parameter shows the AMI that is active, never another. It is read back, since AWS checks the value after it
 * has answered; and so is the target, since another AMI may have become active while this one was put.
 */
async function publishActive(place: Target, services: PublishingServices): Promise<void> {
  const { amiParameters, settings } = services;
  const { template, architecture, region } = place;
  const { active } = await targetState(place, services);
  if (active === undefined) return;
  const name = amiParameterName(settings.amiParameter, template, architecture);
  if ((await amiParameters.get(region, name)) !== active.amiId) {
    const reads = await amiParameters.put(region, name, active.amiId);
    const now = await targetState(place, services);
    if (reads !== active.amiId || now.active?.amiId !== active.amiId)
      throw new NotPublishedYet(`${name} in ${region} reads ${reads ?? 'nothing'}`);
  }
  await markPublished({ template, amiId: active.amiId }, name, services);
}

async function markPublished(
  { template, amiId }: Pick<Ami, 'template' | 'amiId'>,
  parameter: string,
  services: PublishingServices,
): Promise<void> {
  const ami = await services.amis.get(template, amiId);
  if (ami?.state !== 'active' || isPublished(ami)) return;
  const { committed } = await services.commits.commit(published(ami, parameter, services.now()));
  if (!committed) throw new TryAgain(`${amiId} was changed by somebody else`);
}

/** One that became active again by a rollback was published before, and is published again. */
function isPublished({ promotedAt = 0, publishedAt }: Ami): boolean {
  return publishedAt !== undefined && publishedAt >= promotedAt;
}
