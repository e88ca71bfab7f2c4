import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { ApiError } from '../../api/errors.ts';
import { buildId } from '../../core/builds/buildId.ts';
import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import { outlook } from '../../core/decide/outlook.ts';
import { targetKey } from '../../core/words.ts';
import type { Services } from '../../ports.ts';
import { seedFirstPolicy } from '../currentPolicy.ts';
import { gatherPlanInput, type GatheringServices } from '../gatherPlanInput.ts';
import { inParallel } from '../../core/inParallel.ts';
import { type AskedPlace, askPlace } from './build/askPlace.ts';
import { buildable } from './build/buildable.ts';
import { buildAnswer } from './build/answer.ts';
import { keepTemplate } from './build/keepTemplate.ts';
import { wantedPlaces } from './build/wantedPlaces.ts';
import { queueWith } from './queueWith.ts';

export type BuildServices = GatheringServices &
  Pick<Services, 'regionBuilds' | 'firstPolicy' | 'log' | 'commits' | 'sha256'>;
type BuildAnswer = AnswerOf<'buildTemplate'>;

/** How often others may change the same template, target or queue in between. */
const TRIES = 8;
const OWN_REASON = 'asked for by hand';

/**
 * Asks for new images of a template, and keeps it from now on. The request id names the build: the same request sent
 * again, or after it died half-way, completes that one and asks for no other.
 * @throws ApiError `not-found`, `invalid` for regions of no deployment, `refused`, `conflict`
 */
export async function buildTemplate(
  request: RequestOf<'buildTemplate'>,
  caller: Caller,
  services: BuildServices,
): Promise<BuildAnswer> {
  for (let tries = 0; tries < TRIES; tries++) {
    const answer = await tryToBuild(request, caller, services);
    if (answer !== undefined) return answer;
  }
  throw new ApiError('conflict', `${request.slug} is being changed by others; try again.`);
}

/** Undefined if somebody else was first at any of it: what was written stays, the next try goes on from there. */
async function tryToBuild(
  { slug, urgent, reason = OWN_REASON, regions, force, requestId }: RequestOf<'buildTemplate'>,
  { actor }: Caller,
  services: BuildServices,
): Promise<BuildAnswer | undefined> {
  await seedFirstPolicy(services);
  const id = buildId(slug, requestId, services.sha256);
  const [open, before] = await Promise.all([services.regionBuilds.open(), regionBuildsBefore(id, services)]);
  const gathered = await gatherPlanInput(open, services, { template: slug });
  const { kept, template } = buildable(slug, gathered);
  const now = gathered.input.now;
  const wish = {
    template,
    urgent,
    force,
    cause: { id, because: reason },
    reason: { trigger: 'manual', at: now, level: 'none', because: reason, actor, byHand: true } as const,
  };
  const asked = wantedPlaces(template, regions, gathered).map(({ target, impossible }): AskedPlace => {
    const regionBuild = before.get(targetKey(target));
    if (regionBuild !== undefined) return { kind: 'asked-before', target, regionBuild };
    if (impossible !== undefined) return { kind: 'impossible', target, because: impossible };
    return askPlace(target, wish, gathered, services.sha256);
  });

  const changed = asked.flatMap((place) =>
    place.kind === 'queued' || place.kind === 'merged' ? [place.regionBuild] : [],
  );
  const seen = outlook(queueWith(changed, gathered), open.waiting);
  const wanted = asked.flatMap((place) =>
    'writes' in place && seen.outcomes.get(place.regionBuild.id)?.kind !== 'refused' ? [place] : [],
  );
  if (wanted.length > 0 && !(await keepTemplate(kept, `asked for by ${actor}: ${reason}`, services)))
    return undefined;
  for (const { writes } of wanted) {
    const { committed } = await services.commits.commit(writes);
    if (!committed) return undefined;
  }
  return buildAnswer(
    { id, slug, urgent, reason, somewhere: regions !== undefined, kept },
    asked,
    seen,
    gathered,
  );
}

/** What an earlier sending of the same request asked for, by target. */
async function regionBuildsBefore(
  id: string,
  { regionBuilds }: Pick<Services, 'regionBuilds'>,
): Promise<ReadonlyMap<string, RegionBuild>> {
  const build = await regionBuilds.build(id);
  const found = await inParallel(build?.regionBuilds ?? [], (member) => regionBuilds.get(member));
  return new Map(
    found.flatMap((regionBuild) =>
      regionBuild === undefined ? [] : [[targetKey(regionBuild), regionBuild] as const],
    ),
  );
}
