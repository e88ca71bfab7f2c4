import { basesOf } from '../../core/base-images/basesOf.ts';
import { pointerKey, type BaseImagePointer } from '../../core/base-images/pointer.ts';
import type { TrackedBaseImage } from '../../core/base-images/trackedBaseImage.ts';
import type { TargetState } from '../../core/builds/target.ts';
import { resolveInheritance, type Resolution } from '../../core/template/resolveInheritance.ts';
import { templateGraph } from '../../core/template/templateGraph.ts';
import { targetKey } from '../../core/words.ts';
import type { DeployedPolicy, KeptTemplate, Services } from '../../ports.ts';
import { currentPolicy } from '../currentPolicy.ts';

/** What there is to build, what it stands on and where it stands: the slow-moving half of every decision. */
export interface Catalogue {
  readonly policy: DeployedPolicy;
  readonly templates: ReadonlyMap<string, KeptTemplate>;
  /** Parents merged in; what does not resolve is among its problems. */
  readonly resolution: Resolution;
  /** Slug of the template on whose AMI each is built; absent for those on a base image. */
  readonly builtOn: ReadonlyMap<string, string>;
  /** The tracked base image that each template rests on at last, by slug; absent for those that rest on none. */
  readonly rootBases: ReadonlyMap<string, TrackedBaseImage>;
  /** By target key. */
  readonly targets: ReadonlyMap<string, TargetState>;
  /** By pointer key. */
  readonly pointers: ReadonlyMap<string, BaseImagePointer>;
}

export type CatalogueServices = Pick<Services, 'policies' | 'templates' | 'targets' | 'baseImages'>;

export async function readCatalogue(services: CatalogueServices): Promise<Catalogue> {
  const [policy, kept, targets, pointers] = await Promise.all([
    currentPolicy(services),
    services.templates.all(),
    services.targets.all(),
    services.baseImages.pointers(),
  ]);
  const resolution = resolveInheritance(kept.map(({ definition }) => definition));
  const { builtOn, rootBase } = templateGraph(resolution.templates.values());
  return {
    policy,
    templates: new Map(kept.map((template) => [template.slug, template])),
    resolution,
    builtOn,
    rootBases: trackedRoots(rootBase, policy),
    targets: new Map(targets.map((state) => [targetKey(state), state])),
    pointers: new Map(pointers.map((pointer) => [pointerKey(pointer), pointer])),
  };
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
