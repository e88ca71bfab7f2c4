import { published } from '../core/builds/promote.ts';
import type { Ami } from '../core/builds/target.ts';
import type { Target } from '../core/words.ts';
import type { Services } from '../ports.ts';
import { amiParameterName } from '../settings.ts';
import { NotPublishedYet, TryAgain } from './buildErrors.ts';
import { targetState } from './targetState.ts';

export type ParameterServices = Pick<
  Services,
  'amis' | 'targets' | 'amiParameters' | 'amiLifecycle' | 'commits' | 'settings' | 'log' | 'now'
>;

/** How often another AMI may become active while one is put, before that is left to a later look. */
const LOOKS = 5;

/**
 * Sees to it that the parameter of a place shows the AMI that is active, never another. It is read back, since AWS
 * checks the value after it has answered; and so is the target: if another AMI became active while this one was put,
 * that one's publisher may have read the parameter before, and be gone. Then the put was wrong, and nobody but us
 * knows: what is active now is put after it.
 * @returns whether anything had to be put
 * @throws NotPublishedYet until the parameter reads so
 */
export async function publishActive(place: Target, services: ParameterServices): Promise<boolean> {
  const { amiParameters, settings } = services;
  const { template, architecture, region } = place;
  const name = amiParameterName(settings.amiParameter, template, architecture);
  let { active } = await targetState(place, services);
  let reads: string | undefined;
  for (let look = 0; look < LOOKS && active !== undefined; look++) {
    const { amiId } = active;
    reads = await amiParameters.get(region, name);
    const isThere = reads === amiId;
    if (!isThere) {
      reads = await amiParameters.put(region, name, amiId);
      ({ active } = await targetState(place, services));
      if (active?.amiId !== amiId) continue;
    }
    if (reads !== amiId) break;
    await markPublished({ template, amiId }, name, services);
    return !isThere || look > 0;
  }
  if (active === undefined) return false;
  throw new NotPublishedYet(`${name} in ${region} reads ${reads ?? 'nothing'}`);
}

/**
 * One that a rollback came back to may have been deprecated on its way out: nobody is to be warned of it any more. It
 * can be launched all the same, so that nothing waits for this: where EC2 refuses, `retire-images` asks again daily.
 */
async function offerAgain(
  { region, amiId, deprecatedAt }: Ami,
  { amiLifecycle, log }: Pick<Services, 'amiLifecycle' | 'log'>,
): Promise<void> {
  if (deprecatedAt === undefined) return;
  try {
    await amiLifecycle.undeprecate(region, amiId);
  } catch (error) {
    log.warn('an active AMI is still deprecated', { region, amiId, error });
  }
}

async function markPublished(
  { template, amiId }: Pick<Ami, 'template' | 'amiId'>,
  parameter: string,
  services: ParameterServices,
): Promise<void> {
  const ami = await services.amis.get(template, amiId);
  if (ami?.state !== 'active' || isPublished(ami)) return;
  await offerAgain(ami, services);
  const { committed } = await services.commits.commit(published(ami, parameter, services.now()));
  if (!committed) throw new TryAgain(`${amiId} was changed by somebody else`);
}

/** One that became active again by a rollback was published before, and is published again. */
function isPublished({ promotedAt = 0, publishedAt }: Ami): boolean {
  return publishedAt !== undefined && publishedAt >= promotedAt;
}
