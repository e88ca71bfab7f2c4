import { iso, isoOrNull } from '../../../api/present/instants.ts';
import type { AnswerOf } from '../../../api/routes.ts';
import { isOpen, type RegionBuild } from '../../../core/builds/regionBuild.ts';
import type { QueueOutlook } from '../../../core/decide/outlook.ts';
import type { KeptTemplate } from '../../../ports.ts';
import type { Gathered } from '../../gatherPlanInput.ts';
import type { AskedPlace } from './askPlace.ts';
import { notes } from './notes.ts';

type BuildAnswer = AnswerOf<'buildTemplate'>;
type PlaceAnswer = BuildAnswer['regionBuilds'][number];

export interface AskedBuild {
  readonly id: string;
  readonly slug: string;
  readonly urgent: boolean;
  readonly reason: string;
  readonly somewhere: boolean;
  /** The template as it was before. */
  readonly kept: KeptTemplate;
}

/** What a wish to build led to, place by place, what it will cost and when it will have ended. */
export function buildAnswer(
  { id, slug, urgent, reason, somewhere, kept }: AskedBuild,
  asked: readonly AskedPlace[],
  seen: QueueOutlook,
  gathered: Gathered,
): BuildAnswer {
  const { input, policy } = gathered;
  const places = asked.map((place) => ({ place, answer: placeAnswer(place, seen) }));
  const building = places.flatMap(({ place, answer }) =>
    'regionBuild' in place && answer.outcome !== 'refused' ? [place.regionBuild] : [],
  );
  const open = building.filter(({ status }) => isOpen(status));
  const outcomes = open.flatMap((build) => seen.outcomes.get(build.id) ?? []);
  return {
    now: iso(input.now),
    zone: policy.policy.zone,
    build: building.length === 0 ? null : id,
    template: slug,
    urgent,
    reason,
    estimate: estimateOf(open, seen, gathered),
    regionBuilds: places.map(({ answer }) => answer),
    notes: notes(
      {
        build: id,
        slug,
        urgent,
        keeps: building.length > 0 && kept.kept === undefined,
        somewhere,
        outcomes,
        parent: gathered.builtOn.get(slug),
        infeasible: asked.flatMap((place) =>
          'infeasible' in place && place.infeasible !== null ? [place.infeasible] : [],
        ),
      },
      policy.policy,
      input.now,
    ),
  };
}

function placeAnswer(place: AskedPlace, seen: QueueOutlook): PlaceAnswer {
  const { region, architecture } = place.target;
  const at = { region, architecture };
  switch (place.kind) {
    case 'up-to-date':
      return { ...at, id: null, outcome: 'up-to-date', because: place.because, startsAt: null };
    case 'impossible':
      return { ...at, id: null, outcome: 'refused', because: place.because, startsAt: null };
    case 'joined': {
      const { id, startedAt } = place.regionBuild;
      const because = `${id} builds the same image already`;
      return { ...at, id, outcome: 'merged', because, startsAt: isoOrNull(startedAt) };
    }
    case 'asked-before':
      return { ...at, ...openAnswer(place.regionBuild, 'queued', seen) };
    case 'queued':
    case 'merged':
      return { ...at, ...openAnswer(place.regionBuild, place.kind, seen) };
  }
}

function openAnswer(
  { id, status, startedAt }: RegionBuild,
  kind: 'queued' | 'merged',
  seen: QueueOutlook,
): Omit<PlaceAnswer, 'region' | 'architecture'> {
  const outcome = seen.outcomes.get(id);
  if (outcome === undefined)
    return { id, outcome: kind, because: `already ${status}`, startsAt: isoOrNull(startedAt) };
  const { waiting, startsAt } = seen.of.get(id) ?? {};
  const because = outcome.kind === 'granted' ? 'starts at once' : (waiting ?? outcome.line).because;
  const said = { because, startsAt: isoOrNull(startsAt) };
  if (outcome.kind === 'refused') return { ...said, id: null, outcome: 'refused' };
  // What queues behind the build that runs for its target waits as all do.
  const isHeld = outcome.kind === 'held' && outcome.line.rule !== 'running';
  return { ...said, id, outcome: isHeld ? 'held' : kind };
}

/** The probable cost of all of it, unknown if one price is; the longest duration, and the end of the last one. */
function estimateOf(
  builds: readonly RegionBuild[],
  { of }: QueueOutlook,
  { input, pricesOf }: Pick<Gathered, 'input' | 'pricesOf'>,
): BuildAnswer['estimate'] {
  if (builds.length === 0) return { cost: null, duration: null, endsAt: null };
  const estimates = builds.map((build) => input.estimateOf(build));
  const ends = builds.map(({ id }) => of.get(id)?.endsAt ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...ends);
  return {
    cost: builds.every((build) => pricesOf(build) !== undefined)
      ? estimates.reduce((sum, { expected }) => sum + expected, 0)
      : null,
    duration: Math.max(...estimates.map(({ p50 }) => p50)),
    endsAt: Number.isFinite(last) ? iso(last) : null,
  };
}
