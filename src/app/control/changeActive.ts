import { ApiError } from '../../api/errors.ts';
import type { ActiveAmiAnswer } from '../../api/answers.ts';
import { by } from '../../core/by.ts';
import type { Ami, TargetState } from '../../core/builds/target.ts';
import { type Instant, targetKey } from '../../core/words.ts';
import type { Write } from '../../core/writes.ts';
import type { Services } from '../../ports.ts';
import { NotPublishedYet, TryAgain } from '../buildErrors.ts';
import { inParallel } from '../../core/inParallel.ts';
import { publishAmi, type PublishingServices } from '../publishAmi.ts';
import { targetState } from '../targetState.ts';
import { knownTemplate } from './knownTemplate.ts';
import { notFound } from './notFound.ts';

export type ActiveServices = PublishingServices & Pick<Services, 'templates'>;

export type ActiveChange =
  | {
      readonly kind: 'change';
      readonly amiId: string;
      readonly left: string | null;
      readonly because: string;
      readonly writes: readonly Write[];
      /** Commits of candidates for which the first has no room. One that fails was changed by others, and stays so. */
      readonly afterwards: readonly (readonly Write[])[];
    }
  | { readonly kind: 'nothing'; readonly because: string };

type Place = ActiveAmiAnswer['places'][number];

/** How often the target may be changed by others in between. */
const TRIES = 5;

/**
 * Makes another AMI the active one in every place of a template, or in the regions that are named, and publishes it at
 * once. An AMI that cannot be launched changes nothing. Where publishing does not arrive the slow tick repeats it: the change holds all the same.
 * @throws ApiError `not-found` for a template or region without any place, `conflict`
 */
export async function changeActive(
  { slug, regions }: { readonly slug: string; readonly regions?: readonly string[] | undefined },
  decide: (target: TargetState, amis: readonly Ami[], now: Instant) => ActiveChange,
  services: ActiveServices,
): Promise<ActiveAmiAnswer> {
  await knownTemplate(slug, services);
  const targets = await services.targets.of(slug);
  const known = new Set(targets.map(({ region }) => region));
  for (const region of regions ?? [])
    if (!known.has(region)) throw notFound(`image of ${slug} in`, region, known);
  const places = targets
    .filter(({ region }) => regions === undefined || regions.includes(region))
    .sort(by(targetKey));
  return {
    template: slug,
    places: await inParallel(places, (place) => changePlace(place, decide, services)),
  };
}

async function changePlace(
  place: TargetState,
  decide: (target: TargetState, amis: readonly Ami[], now: Instant) => ActiveChange,
  services: ActiveServices,
): Promise<Place> {
  const { template, region, architecture } = place;
  for (let tries = 0; tries < TRIES; tries++) {
    const [target, amis] = await Promise.all([targetState(place, services), services.amis.of(template)]);
    const change = decide(target, amis, services.now());
    if (change.kind === 'nothing')
      return { region, architecture, amiId: null, left: null, because: change.because, published: false };
    if (!(await canBeLaunched(region, change.amiId, services))) {
      const because = `${change.amiId} cannot be launched: EC2 does not have it any more, or has it disabled`;
      return { region, architecture, amiId: null, left: null, because, published: false };
    }
    const { committed } = await services.commits.commit(change.writes);
    if (!committed) continue;
    for (const writes of change.afterwards) await services.commits.commit(writes);
    const { amiId, left, because } = change;
    const published = await publishNow({ template, amiId }, services);
    return { region, architecture, amiId, left, because, published };
  }
  throw new ApiError('conflict', `${targetKey(place)} is being changed by others; try again.`);
}

/**
 * The table does not know what people do in EC2 by hand: an AMI that nobody can launch becomes nowhere the active one.
 * Where EC2 does not answer the change is made all the same: it may be urgent, and AWS checks what the parameter shows.
 */
async function canBeLaunched(
  region: string,
  amiId: string,
  { amiLifecycle, log }: Pick<ActiveServices, 'amiLifecycle' | 'log'>,
): Promise<boolean> {
  try {
    return await amiLifecycle.isLaunchable(region, amiId);
  } catch (error) {
    log.warn('EC2 did not tell whether an AMI can be launched', { region, amiId, error });
    return true;
  }
}

/** Whether the parameter shows it already. AWS checks the value after it has answered: that may take a moment longer. */
async function publishNow(ami: Pick<Ami, 'template' | 'amiId'>, services: ActiveServices): Promise<boolean> {
  try {
    await publishAmi(ami, services);
    return true;
  } catch (error) {
    const isLate = error instanceof NotPublishedYet || error instanceof TryAgain;
    if (!isLate) services.log.warn('an active AMI was not published yet', { ...ami, error });
    return false;
  }
}
