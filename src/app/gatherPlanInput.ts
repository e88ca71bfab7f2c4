import { basesOf } from '../core/base-images/basesOf.ts';
import { pointerKey } from '../core/base-images/pointer.ts';
import type { BaseImagePointer, BaseImageUpdate } from '../core/base-images/pointer.ts';
import type { RegionBuild } from '../core/builds/regionBuild.ts';
import type { TrackedBaseImage } from '../core/base-images/trackedBaseImage.ts';
import type { TargetState } from '../core/builds/target.ts';
import type { BaseImageChoice } from '../core/decide/adoptBase.ts';
import { baseChoices, fixedChoice, needsHistory, parentChoice } from '../core/decide/baseChoices.ts';
import { estimateBuild, firstInstanceType } from '../core/decide/estimateBuild.ts';
import { holdOf } from '../core/decide/holdOf.ts';
import type { CallersHold, PlanInput, TemplateSituation } from '../core/decide/planInput.ts';
import { policyClocks } from '../core/decide/policyClocks.ts';
import type { UnitPrices } from '../core/money/estimate.ts';
import { grantKey, potKeys } from '../core/money/potKeys.ts';
import { templatePolicy } from '../core/policy/templatePolicy.ts';
import { resolveInheritance, type Resolution } from '../core/template/resolveInheritance.ts';
import { templateGraph } from '../core/template/templateGraph.ts';
import type { ResolvedTemplate } from '../core/template/template.ts';
import { POTS, type Target, targetKey } from '../core/words.ts';
import type { DeployedPolicy, KeptTemplate, OpenBuilds, Services } from '../ports.ts';
import type { RegionSettings } from '../settings.ts';
import { currentPolicy } from './currentPolicy.ts';

export type GatheringServices = Pick<
  Services,
  'now' | 'settings' | 'policies' | 'templates' | 'targets' | 'pots' | 'slots' | 'baseImages' | 'prices'
>;

/** Everything a plan of what is open depends on, as read together; `input` is what `plan` takes. */
export interface Gathered {
  readonly input: PlanInput;
  readonly policy: DeployedPolicy;
  readonly templates: ReadonlyMap<string, KeptTemplate>;
  /** Parents merged in; what does not resolve is among its problems. */
  readonly resolution: Resolution;
  /** The tracked base image that each template rests on at last, by slug; absent for those that rest on none. */
  readonly rootBases: ReadonlyMap<string, TrackedBaseImage>;
  /** By target key. */
  readonly targets: ReadonlyMap<string, TargetState>;
  /** Why a region build, also one that does not exist yet, cannot be granted whatever slots and money there are. */
  readonly holdOf: (build: RegionBuild) => CallersHold | undefined;
  /** What the instance of a build costs where it is built; undefined: nobody knows. */
  readonly pricesOf: (target: Target) => UnitPrices | undefined;
}

export interface Also {
  /** A template that may be built next: its prices and base images are read in every place, too. */
  readonly template?: string;
}

/**
 * Reads what `plan` needs for these open builds: the one gathering behind the dispatcher and behind everything that
 * tells people what it will do. Money, slots and the queue are read consistently; the grant checks each again.
 */
export async function gatherPlanInput(
  open: OpenBuilds,
  services: GatheringServices,
  { template: wanted }: Also = {},
): Promise<Gathered> {
  const { settings } = services;
  const now = services.now();
  const [policy, kept, targetStates, pointers, takenByRegion] = await Promise.all([
    currentPolicy(services),
    services.templates.all(),
    services.targets.all(),
    services.baseImages.pointers(),
    Promise.all(settings.regions.map(({ name }) => services.slots.taken(name))),
  ]);
  const clocks = policyClocks(policy.policy);
  const grants = policy.policy.grants.map(({ id }) => grantKey(id));
  const potsOfNow = POTS.flatMap((pot) => potKeys(pot, now, clocks.calendar));
  const queue = open.builds.filter(({ status }) => status === 'queued');
  const running = open.builds.filter(({ status }) => status === 'granted' || status === 'running');

  const resolution = resolveInheritance(kept.map(({ definition }) => definition));
  const { builtOn, rootBase } = templateGraph(resolution.templates.values());
  const templates = new Map(kept.map((template) => [template.slug, template]));
  const targets = new Map(targetStates.map((state) => [targetKey(state), state]));
  const places: Places = {
    resolved: resolution.templates,
    builtOn,
    targets,
    pointers: new Map(pointers.map((pointer) => [pointerKey(pointer), pointer])),
  };
  const regions = new Map(settings.regions.map((region) => [region.name, region]));

  const wantedTargets = placesFor(wanted, resolution.templates, settings.regions);
  const [pots, histories, prices] = await Promise.all([
    services.pots.balances([...new Set([...potsOfNow, ...grants])]),
    readHistories([...queue, ...wantedTargets], places, policy, services),
    readPrices([...open.builds, ...wantedTargets], places, regions, services),
  ]);
  const owned = new Set(running.map(({ id, grant }) => `${id}#${grant?.attempt ?? 0}`));
  const holdOfBuild = (build: RegionBuild) =>
    holdOf(build, {
      known: templates.has(build.template),
      resolved: resolution.templates.has(build.template),
      regionConfigured: regions.has(build.region),
      priced: prices(build) !== undefined,
    });
  const holds = new Map<string, CallersHold>();
  for (const build of queue) {
    const hold = holdOfBuild(build);
    if (hold !== undefined) holds.set(build.id, hold);
  }
  return {
    policy,
    templates,
    resolution,
    rootBases: trackedRoots(rootBase, policy),
    targets,
    holdOf: holdOfBuild,
    pricesOf: prices,
    input: {
      now,
      policy: policy.policy,
      clocks,
      queue,
      running,
      pots,
      estimateOf: (build) =>
        estimateBuild(
          {
            template: places.resolved.get(build.template),
            instanceType: instanceTypeOf(build, places, regions),
            durations: targets.get(targetKey(build))?.durations ?? [],
            prices: prices(build),
          },
          policy.policy,
        ),
      baseImagesOf: (build) => choicesOf(build, places, histories),
      takenSlots: takenByRegion
        .flat()
        .filter(({ regionBuild, attempt }) => !owned.has(`${regionBuild}#${attempt}`)),
      templates: situationsOf(kept, builtOn),
      holds,
      regions: settings.regions.map(({ name }) => name),
    },
  };
}

/** What decides which image a build of a place stands on. */
interface Places {
  readonly resolved: ReadonlyMap<string, ResolvedTemplate>;
  readonly builtOn: ReadonlyMap<string, string>;
  readonly targets: ReadonlyMap<string, TargetState>;
  readonly pointers: ReadonlyMap<string, BaseImagePointer>;
}

/** A template in every region for every one of its architectures. */
function placesFor(
  slug: string | undefined,
  resolved: Places['resolved'],
  regions: readonly RegionSettings[],
): Target[] {
  const template = slug === undefined ? undefined : resolved.get(slug);
  if (template === undefined) return [];
  return regions.flatMap(({ name: region }) =>
    template.architectures.map((architecture) => ({ template: template.slug, region, architecture })),
  );
}

function trackedRoots(
  rootBase: ReadonlyMap<string, string>,
  { policy }: DeployedPolicy,
): ReadonlyMap<string, TrackedBaseImage> {
  const bases = basesOf(policy);
  const roots = new Map<string, TrackedBaseImage>();
  for (const [slug, name] of rootBase) {
    const base = bases.get(name);
    if (base !== undefined) roots.set(slug, base);
  }
  return roots;
}

function choicesOf(
  target: Target,
  places: Places,
  histories: ReadonlyMap<string, readonly BaseImageUpdate[]>,
): readonly BaseImageChoice[] {
  const template = places.resolved.get(target.template);
  if (template === undefined) return [];
  const parent = places.builtOn.get(target.template);
  if (parent !== undefined)
    return parentChoice(parent, places.targets.get(targetKey({ ...target, template: parent }))?.active);
  const fixed = fixedChoice(template, target);
  return (
    fixed ?? baseChoices(pointerOf(target, template, places.pointers), histories.get(template.base) ?? [])
  );
}

function pointerOf(
  { region, architecture }: Target,
  { base }: ResolvedTemplate,
  pointers: Places['pointers'],
): BaseImagePointer | undefined {
  return pointers.get(pointerKey({ base, region, architecture }));
}

/** Earlier images are read only for bases whose newest one might be passed over: most plans read none. */
async function readHistories(
  targets: readonly Target[],
  { resolved, pointers }: Places,
  { policy }: DeployedPolicy,
  { baseImages, now }: Pick<Services, 'baseImages' | 'now'>,
): Promise<ReadonlyMap<string, readonly BaseImageUpdate[]>> {
  const wanted = new Set<string>();
  for (const target of targets) {
    const template = resolved.get(target.template);
    const pointer = template && pointerOf(target, template, pointers);
    if (pointer === undefined) continue;
    const { minimumAge } = templatePolicy(policy, target.template);
    if (needsHistory(pointer, { minimumAge, blockedImages: policy.blockedImages }, now()))
      wanted.add(pointer.base);
  }
  const read = [...wanted].map(async (base) => [base, await baseImages.updates(base)] as const);
  return new Map(await Promise.all(read));
}

/** The price of each instance type in each region that a build needs, asked for once. */
async function readPrices(
  targets: readonly Target[],
  places: Places,
  regions: ReadonlyMap<string, RegionSettings>,
  { prices }: Pick<Services, 'prices'>,
): Promise<(target: Target) => UnitPrices | undefined> {
  const keyOf = (target: Target) => `${target.region} ${instanceTypeOf(target, places, regions)}`;
  const wanted = new Map(targets.map((target) => [keyOf(target), target]));
  const read = [...wanted].map(async ([key, target]) => {
    const unit = await prices.unit(target.region, instanceTypeOf(target, places, regions));
    return [key, unit] as const;
  });
  const known = new Map(await Promise.all(read));
  return (target) => known.get(keyOf(target));
}

/** A region that is not configured any more has no instance types; builds there are held. */
const NOWHERE = { x86_64: ['none'], arm64: ['none'] };

function instanceTypeOf(
  { template, region, architecture }: Target,
  { resolved }: Places,
  regions: ReadonlyMap<string, RegionSettings>,
): string {
  return firstInstanceType(
    resolved.get(template),
    regions.get(region)?.instanceTypes ?? NOWHERE,
    architecture,
  );
}

function situationsOf(
  kept: readonly KeptTemplate[],
  builtOn: ReadonlyMap<string, string>,
): ReadonlyMap<string, TemplateSituation> {
  return new Map(
    kept.map(({ slug, disabled, paused }) => {
      const parent = builtOn.get(slug);
      return [
        slug,
        {
          ...(disabled === undefined ? {} : { disabled }),
          ...(paused === undefined ? {} : { paused }),
          ...(parent === undefined ? {} : { parent }),
        },
      ];
    }),
  );
}
