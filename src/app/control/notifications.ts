import type { NotificationAnswer } from '../../api/answers.ts';
import { iso, isoOrNull } from '../../api/present/instants.ts';
import type { AnswerOf, RequestOf } from '../../api/routes.ts';
import type { BaseImageUpdate } from '../../core/base-images/pointer.ts';
import { isOpen } from '../../core/builds/regionBuild.ts';
import { by } from '../../core/by.ts';
import { DAY } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { inParallel } from '../../core/inParallel.ts';
import { keptOnBase } from '../../core/desired/keptOnBase.ts';
import { builds } from './builds.ts';
import { keepingNow } from './keepingNow.ts';
import { type OpenNow, openNow, type OutlookServices } from './openNow.ts';

/** What is older is history: `builds` and `base-images show` have it. */
const RECENT = 30 * DAY;

/** What happened to base images and images lately, as people are told of it; newest first. */
export async function notifications(
  { limit }: RequestOf<'notifications'>,
  services: OutlookServices & Pick<Services, 'targets'>,
): Promise<AnswerOf<'notifications'>> {
  const current = await openNow(services);
  const { input, policy } = current.gathered;
  const [updates, ended] = await Promise.all([updatesOf(current, services), endedBuilds(limit, services)]);
  const since = iso(input.now - RECENT);
  return {
    now: iso(input.now),
    zone: policy.policy.zone,
    notifications: [...updates, ...ended]
      .filter(({ at }) => at >= since)
      .sort(by(({ at }) => -Date.parse(at)))
      .slice(0, limit),
  };
}

async function updatesOf(
  { gathered, outlook }: OpenNow,
  { baseImages }: Pick<Services, 'baseImages'>,
): Promise<NotificationAnswer[]> {
  const bases = new Set([...gathered.pointers.values()].map(({ base }) => base));
  const updates = await inParallel([...bases], (base) => baseImages.updates(base));
  const keeping = keepingNow(gathered);
  return updates.flat().map((update): NotificationAnswer => {
    const { base, release, firstSeenAt, assessment } = update;
    const open = outlook.order.filter(({ reasons }) => reasons.some(isAbout(update)));
    const starts = open
      .filter(({ status }) => status === 'queued')
      .flatMap(({ id }) => outlook.of.get(id)?.startsAt ?? []);
    return {
      kind: 'base-image-updated',
      at: iso(firstSeenAt),
      templates: keptOnBase(base, keeping),
      update: {
        base,
        release,
        type: assessment?.type ?? null,
        level: assessment?.level ?? null,
        open: open.length,
        startsAt: starts.length === 0 ? null : isoOrNull(Math.min(...starts)),
      },
      build: null,
    };
  });
}

function isAbout({ base, release }: BaseImageUpdate) {
  return ({ update }: { readonly update?: { readonly base: string; readonly release: string } }) =>
    update?.base === base && update.release === release;
}

/** Builds of which nothing is open any more; those that were cancelled altogether are no news to who did so. */
async function endedBuilds(
  limit: number,
  services: OutlookServices & Pick<Services, 'targets'>,
): Promise<NotificationAnswer[]> {
  const found = await builds({ template: undefined, limit }, services);
  return found.builds.flatMap(({ id, template, because, regionBuilds }): NotificationAnswer[] => {
    if (regionBuilds.some(({ status }) => isOpen(status))) return [];
    const images = regionBuilds.flatMap(({ status, region, architecture, amiId }) =>
      status === 'succeeded' && amiId !== null ? [{ region, architecture, amiId }] : [],
    );
    const failures = regionBuilds.flatMap(({ status, region, architecture, failure }) =>
      status === 'failed' || status === 'refused'
        ? [{ region, architecture, reason: failure?.reason ?? status }]
        : [],
    );
    const [at] = regionBuilds
      .flatMap(({ finishedAt }) => finishedAt ?? [])
      .sort()
      .reverse();
    if (at === undefined || images.length + failures.length === 0) return [];
    const triggers = [...new Set(regionBuilds.flatMap((build) => build.triggers))];
    return [
      {
        kind: failures.length > 0 ? 'build-failed' : 'build-succeeded',
        at,
        templates: [template],
        update: null,
        build: { id, triggers, because, images, failures },
      },
    ];
  });
}
