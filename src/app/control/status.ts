import { regionBuildAnswer } from '../../api/present/builds.ts';
import { iso } from '../../api/present/instants.ts';
import { scanAnswer } from '../../api/present/scan.ts';
import { verdictAnswer } from '../../api/present/templates.ts';
import type { AnswerOf } from '../../api/routes.ts';
import type { RegionBuild } from '../../core/builds/regionBuild.ts';
import { by } from '../../core/by.ts';
import { modeOf } from '../../core/decide/modeOf.ts';
import { type KeptFor, whyKept } from '../../core/desired/keptTemplates.ts';
import { type Target, targetKey } from '../../core/words.ts';
import type { KeptTemplate, Services } from '../../ports.ts';
import { keepingNow } from './keepingNow.ts';
import { openNow, type OpenNow, type OutlookServices } from './openNow.ts';
import { placesOf } from './placesOf.ts';

/** Lines of the recent past that one screen takes. */
const RECENT = 10;

type StatusAnswer = AnswerOf<'status'>;

/** What is kept, what is going on with it, what happened lately. */
export async function status(
  services: OutlookServices & Pick<Services, 'amis' | 'scanReports' | 'activity'>,
): Promise<StatusAnswer> {
  const [current, unpublished, scan, activity] = await Promise.all([
    openNow(services),
    services.amis.unpublished(),
    services.scanReports.last(),
    services.activity.recent(RECENT),
  ]);
  const { input, policy, templates } = current.gathered;
  const kept = whyKept(keepingNow(current.gathered));
  const waitsForPublication = new Set(unpublished.map(({ amiId }) => amiId));
  return {
    now: iso(input.now),
    zone: policy.policy.zone,
    mode: policy.policy.mode,
    scan: scanAnswer(scan),
    templates: [...templates.values()].sort(by(({ slug }) => slug)).flatMap((template) => {
      const why = kept.get(template.slug);
      return why === undefined ? [] : [templateStatus(template, why, current, waitsForPublication)];
    }),
    otherTemplates: templates.size - kept.size,
    activity: activity.map(({ at, kind, text }) => ({ at: iso(at), kind, text })),
    completesAt: completion(current),
  };
}

function templateStatus(
  { slug, disabled, paused }: KeptTemplate,
  { because, popular }: KeptFor,
  current: OpenNow,
  waitsForPublication: ReadonlySet<string>,
): StatusAnswer['templates'][number] {
  const { gathered, outlook } = current;
  const open = outlook.order.filter(({ template }) => template === slug);
  return {
    slug,
    popular,
    kept: because,
    mode: modeOf(slug, gathered.policy.policy),
    disabled: disabled === undefined ? null : verdictAnswer(disabled),
    paused: paused === undefined ? null : verdictAnswer(paused),
    places: placesOf(slug, gathered, open).map((place) =>
      placeStatus(place, open, current, waitsForPublication),
    ),
  };
}

function placeStatus(
  place: Target,
  open: readonly RegionBuild[],
  { gathered, outlook }: OpenNow,
  waitsForPublication: ReadonlySet<string>,
): StatusAnswer['templates'][number]['places'][number] {
  const { region, architecture } = place;
  const { active, lastFailure } = gathered.targets.get(targetKey(place)) ?? {};
  return {
    region,
    architecture,
    active:
      active === undefined
        ? null
        : {
            amiId: active.amiId,
            baseRelease: active.baseRelease,
            since: iso(active.at),
            published: !waitsForPublication.has(active.amiId),
          },
    open: open
      .filter((build) => build.region === region && build.architecture === architecture)
      .map((build) => regionBuildAnswer(build, outlook.of.get(build.id))),
    lastFailure: lastFailure === undefined ? null : { at: iso(lastFailure.at), reason: lastFailure.reason },
  };
}

/** When the last of what is open will have ended; `null` if nothing is open or of one of them it cannot be said. */
function completion({ outlook: { order, of } }: OpenNow): string | null {
  const ends = order.map(({ id }) => of.get(id)?.endsAt ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...ends);
  return Number.isFinite(last) ? iso(last) : null;
}
