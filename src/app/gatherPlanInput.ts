import type { RegionBuild } from '../core/builds/regionBuild.ts';
import { holdOf } from '../core/decide/holdOf.ts';
import type { CallersHold, PlanInput, TemplateSituation } from '../core/decide/planInput.ts';
import { policyClocks } from '../core/decide/policyClocks.ts';
import { potsOfNow } from '../core/decide/potReports.ts';
import { type LaunchDay, launchesOfAll } from '../core/launches.ts';
import type { Target } from '../core/words.ts';
import type { OpenBuilds, Services } from '../ports.ts';
import type { RegionSettings } from '../settings.ts';
import { type Catalogue, readCatalogue } from './gathering/catalogue.ts';
import { popularLaunches } from './gathering/keeping.ts';
import { readChoices } from './gathering/choices.ts';
import { type Estimates, readEstimates } from './gathering/estimates.ts';

export type GatheringServices = Pick<
  Services,
  | 'now'
  | 'settings'
  | 'policies'
  | 'templates'
  | 'targets'
  | 'pots'
  | 'slots'
  | 'baseImages'
  | 'prices'
  | 'launches'
>;

/** Everything a plan of what is open depends on, as read together; `input` is what `plan` takes. */
export interface Gathered extends Catalogue, Pick<Estimates, 'pricesOf' | 'estimateOf'> {
  readonly input: PlanInput;
  /** As far back as they make templates popular. */
  readonly launches: readonly LaunchDay[];
  /** Why a region build, also one that does not exist yet, cannot be granted whatever slots and money there are. */
  readonly holdOf: (build: RegionBuild) => CallersHold | undefined;
}

export interface Also {
  /** A template that may be built next: its prices and base images are read in every place, too. */
  readonly template?: string;
  /** Places that may be built next, or whose images cost something. */
  readonly places?: readonly Target[];
}

/**
 * Reads what `plan` needs for these open builds: the one gathering behind the dispatcher and behind everything that
 * tells people what it will do. Money, slots and the queue are read consistently; the grant checks each again.
 */
export async function gatherPlanInput(
  open: OpenBuilds,
  services: GatheringServices,
  { template: wanted, places = [] }: Also = {},
): Promise<Gathered> {
  const { settings } = services;
  const now = services.now();
  const [catalogue, takenByRegion] = await Promise.all([
    readCatalogue(services),
    Promise.all(settings.regions.map(({ name }) => services.slots.taken(name))),
  ]);
  const { policy } = catalogue.policy;
  const clocks = policyClocks(policy);
  const queue = open.builds.filter(({ status }) => status === 'queued');
  const running = open.builds.filter(({ status }) => status === 'granted' || status === 'running');
  const next = [...placesFor(wanted, catalogue, settings.regions), ...places];
  const [pots, baseImagesOf, { estimateOf, pricesOf }, launches] = await Promise.all([
    services.pots.balances(potsOfNow(policy, clocks, now)),
    readChoices([...queue, ...next], catalogue, now, services),
    readEstimates([...open.builds, ...next], catalogue, services),
    popularLaunches(policy, now, services),
  ]);
  const configured = new Set(settings.regions.map(({ name }) => name));
  const holdOfBuild = (build: RegionBuild) =>
    holdOf(build, {
      known: catalogue.templates.has(build.template),
      resolved: catalogue.resolution.templates.has(build.template),
      regionConfigured: configured.has(build.region),
      priced: pricesOf(build) !== undefined,
    });
  const owned = new Set(running.map(({ id, grant }) => `${id}#${grant?.attempt ?? 0}`));
  return {
    ...catalogue,
    holdOf: holdOfBuild,
    pricesOf,
    estimateOf,
    launches,
    input: {
      now,
      policy,
      clocks,
      queue,
      running,
      pots,
      estimateOf,
      baseImagesOf,
      takenSlots: takenByRegion
        .flat()
        .filter(({ regionBuild, attempt }) => !owned.has(`${regionBuild}#${attempt}`)),
      templates: situationsOf(catalogue),
      launches: launchesOfAll(launches, policy.popularity.window, now),
      holds: holdsOf(queue, holdOfBuild),
      regions: [...configured],
    },
  };
}

/** A template in every region for every one of its architectures. */
function placesFor(
  slug: string | undefined,
  { resolution }: Pick<Catalogue, 'resolution'>,
  regions: readonly RegionSettings[],
): Target[] {
  const template = slug === undefined ? undefined : resolution.templates.get(slug);
  if (template === undefined) return [];
  return regions.flatMap(({ name: region }) =>
    template.architectures.map((architecture) => ({ template: template.slug, region, architecture })),
  );
}

function holdsOf(
  queue: readonly RegionBuild[],
  holdOfBuild: Gathered['holdOf'],
): ReadonlyMap<string, CallersHold> {
  const holds = new Map<string, CallersHold>();
  for (const build of queue) {
    const hold = holdOfBuild(build);
    if (hold !== undefined) holds.set(build.id, hold);
  }
  return holds;
}

function situationsOf({
  templates,
  builtOn,
}: Pick<Catalogue, 'templates' | 'builtOn'>): ReadonlyMap<string, TemplateSituation> {
  const situations = new Map<string, TemplateSituation>();
  for (const [slug, { disabled, paused }] of templates) {
    const parent = builtOn.get(slug);
    situations.set(slug, {
      ...(disabled === undefined ? {} : { disabled }),
      ...(paused === undefined ? {} : { paused }),
      ...(parent === undefined ? {} : { parent }),
    });
  }
  return situations;
}
