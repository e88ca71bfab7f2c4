import type { TrackedBaseImage } from '../../core/base-images/trackedBaseImage.ts';
import type { Ami, TargetState } from '../../core/builds/target.ts';
import { modeOf } from '../../core/decide/modeOf.ts';
import type { InstalledPackage, Inventory } from '../../core/evidence/inventory.ts';
import { pipPackages } from '../../core/packages/pipPackages.ts';
import type { Services } from '../../ports.ts';
import { isConfigured } from '../../settings.ts';
import type { Catalogue } from '../gathering/catalogue.ts';
import { inParallel } from '../../core/inParallel.ts';
import { keepPackages } from '../keepPackages.ts';

export interface ListedActiveAmi {
  readonly ami: Ami;
  readonly packages: Inventory;
  /** What its template has pip install in any version. */
  readonly pip: readonly string[];
}

/** The active AMIs that rest on one base, with what is installed in them. */
export interface AmisOnBase {
  readonly base: TrackedBaseImage;
  readonly amis: readonly ListedActiveAmi[];
  /** What is installed in any of them, each version once. */
  readonly installed: Inventory;
}

export interface ActiveAmis {
  readonly onBases: readonly AmisOnBase[];
  /** Ids of active AMIs whose package list nobody could tell. */
  readonly unlisted: readonly string[];
}

type GatheringServices = Pick<Services, 'settings' | 'amis' | 'packageLists' | 'imageBuilder' | 'log'>;

/** Lists that are missing are asked for, a few at a time: Image Builder gives 25 packages a call. */
const AT_ONCE = 4;

/**
 * Reads what is installed in every active AMI that rests on a tracked base; a list that is missing is copied now. Where
 * we build no more nobody is asked: nothing could be built against what is found there.
 */
export async function activeAmis(catalogue: Catalogue, services: GatheringServices): Promise<ActiveAmis> {
  const found = await inParallel(checkedTemplates(catalogue, services), ([slug, states]) =>
    amisOf(slug, states, services),
  );
  const amis = found.flat();
  const shared = sharingPackages();
  const lists = await inParallel(
    amis,
    async (ami) => {
      const packages = (await services.packageLists.of(ami)) ?? (await keepPackages(ami, services));
      const template = catalogue.resolution.templates.get(ami.template);
      const pip = template === undefined ? [] : pipPackages(template);
      return { ami, pip, packages: packages && shared(packages) };
    },
    AT_ONCE,
  );
  return {
    onBases: onBases(
      lists.flatMap(({ packages, ...rest }) => (packages === undefined ? [] : [{ ...rest, packages }])),
      catalogue,
    ),
    unlisted: lists.flatMap(({ ami, packages }) => (packages === undefined ? [ami.amiId] : [])),
  };
}

/** Templates with active AMIs that may be touched, and the states of their targets. */
function checkedTemplates(
  { targets, rootBases, policy }: Catalogue,
  { settings }: Pick<Services, 'settings'>,
): (readonly [string, TargetState[]])[] {
  const byTemplate = new Map<string, TargetState[]>();
  for (const state of targets.values()) {
    if (state.active === undefined || !rootBases.has(state.template)) continue;
    if (!isConfigured(state.region, settings)) continue;
    if (modeOf(state.template, policy.policy) === 'stopped') continue;
    byTemplate.set(state.template, [...(byTemplate.get(state.template) ?? []), state]);
  }
  return [...byTemplate];
}

async function amisOf(
  slug: string,
  states: readonly TargetState[],
  { amis }: Pick<Services, 'amis'>,
): Promise<Ami[]> {
  const active = new Set(states.map((state) => state.active?.amiId));
  return (await amis.of(slug)).filter(({ amiId }) => active.has(amiId));
}

/** Images of a template hold nearly the same in every region: each package is held in memory once. */
function sharingPackages(): (packages: Inventory) => Inventory {
  const known = new Map<string, InstalledPackage>();
  return (packages) =>
    packages.map((each) => {
      const key = `${each.name} ${each.version}`;
      const first = known.get(key) ?? each;
      known.set(key, first);
      return first;
    });
}

function onBases(amis: readonly ListedActiveAmi[], { rootBases }: Catalogue): AmisOnBase[] {
  const groups = new Map<string, { base: TrackedBaseImage; amis: ListedActiveAmi[] }>();
  for (const each of amis) {
    const base = rootBases.get(each.ami.template);
    if (base === undefined) continue;
    const group = groups.get(base.name) ?? { base, amis: [] };
    group.amis.push(each);
    groups.set(base.name, group);
  }
  return [...groups.values()].map((group) => ({
    ...group,
    installed: [...new Set(group.amis.flatMap(({ packages }) => packages))],
  }));
}
