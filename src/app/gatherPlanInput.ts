import { pointerKey } from '../core/base-images/pointer.ts';
import type { BaseImagePointer, BaseImageUpdate } from '../core/base-images/pointer.ts';
import type { RegionBuild } from '../core/builds/regionBuild.ts';
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
  /** By target key. */
  readonly targets: ReadonlyMap<string, TargetState>;
  /** What the instance of a build costs where it is built; undefined: nobody knows. */
  readonly pricesOf: (build: RegionBuild) => UnitPrices | undefined;
}

/**
 * Reads what `plan` needs for these open builds: the one gathering behind the dispatcher and behind everything that
 * tells people what it will do. Money, slots and the queue are read consistently; the grant checks each again.
 */
export async function gatherPlanInput(open: OpenBuilds, services: GatheringServices): Promise<Gathered> {
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
  const { builtOn } = templateGraph(resolution.templates.values());
  const templates = new Map(kept.map((template) => [template.slug, template]));
  const targets = new Map(targetStates.map((state) => [targetKey(state), state]));
  const places: Places = {
    resolved: resolution.templates,
    builtOn,
    targets,
    pointers: new Map(pointers.map((pointer) => [pointerKey(pointer), pointer])),
  };
  const regions = new Map(settings.regions.map((region) => [region.name, region]));

  const [pots, histories, prices] = await Promise.all([
    services.pots.balances([...new Set([...potsOfNow, ...grants])]),
    readHistories(queue, places, policy, services),
    readPrices(open.builds, places, regions, services),
  ]);
  const owned = new Set(running.map(({ id, grant }) => `${id}#${grant?.attempt ?? 0}`));
  const holds = new Map<string, CallersHold>();
  for (const build of queue) {
    const hold = holdOf(build, {
      known: templates.has(build.template),
      resolved: resolution.templates.has(build.template),
      regionConfigured: regions.has(build.region),
      priced: prices(build) !== undefined,
    });
    if (hold !== undefined) holds.set(build.id, hold);
  }
  return {
    policy,
    templates,
    resolution,
    targets,
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
  queue: readonly RegionBuild[],
  { resolved, pointers }: Places,
  { policy }: DeployedPolicy,
  { baseImages, now }: Pick<Services, 'baseImages' | 'now'>,
): Promise<ReadonlyMap<string, readonly BaseImageUpdate[]>> {
  const wanted = new Set<string>();
  for (const build of queue) {
    const template = resolved.get(build.template);
    const pointer = template && pointerOf(build, template, pointers);
    if (pointer === undefined) continue;
    const { minimumAge } = templatePolicy(policy, build.template);
    if (needsHistory(pointer, { minimumAge, blockedImages: policy.blockedImages }, now()))
      wanted.add(pointer.base);
  }
  const read = [...wanted].map(async (base) => [base, await baseImages.updates(base)] as const);
  return new Map(await Promise.all(read));
}

/** The price of each instance type in each region that an open build needs, asked for once. */
async function readPrices(
  builds: readonly RegionBuild[],
  places: Places,
  regions: ReadonlyMap<string, RegionSettings>,
  { prices }: Pick<Services, 'prices'>,
): Promise<(build: RegionBuild) => UnitPrices | undefined> {
  const keyOf = (build: RegionBuild) => `${build.region} ${instanceTypeOf(build, places, regions)}`;
  const wanted = new Map<string, RegionBuild>(builds.map((build) => [keyOf(build), build]));
  const read = [...wanted].map(async ([key, build]) => {
    const unit = await prices.unit(build.region, instanceTypeOf(build, places, regions));
    return [key, unit] as const;
  });
  const known = new Map(await Promise.all(read));
  return (build) => known.get(keyOf(build));
}

/** A region that is not configured any more has no instance types; builds there are held. */
const NOWHERE = { x86_64: ['none'], arm64: ['none'] };

function instanceTypeOf(
  { template, region, architecture }: RegionBuild,
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
