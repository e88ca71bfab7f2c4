import type { RegionBuild } from '../builds/regionBuild.ts';
import { targetKey } from '../words.ts';
import type { TemplateSituation } from './planInput.ts';

/** Which targets are taken by something that runs, and which templates wait for the one they are built on. */
export interface OpenTargets {
  /** What has a grant for the same target already: the build queues behind it. */
  runningFor(build: RegionBuild): RegionBuild | undefined;
  /** A grant of this plan takes its target. */
  take(build: RegionBuild): void;
  /** How many open builds in a row a build waits for: its base template's, that one's base template's, … */
  depthOf(build: RegionBuild): number;
}

export function openTargets(
  queue: readonly RegionBuild[],
  running: readonly RegionBuild[],
  situations: ReadonlyMap<string, TemplateSituation> | undefined,
): OpenTargets {
  const byTemplate = new Map<string, RegionBuild[]>();
  const take = (build: RegionBuild): void => {
    const taken = byTemplate.get(build.template);
    if (taken === undefined) byTemplate.set(build.template, [build]);
    else taken.push(build);
  };
  // By id, so that of two that should not both be there the same one is named whatever the order of the input.
  for (const build of [...running].sort((a, b) => (a.id < b.id ? -1 : 1))) take(build);

  const parents = parentsOf(situations);
  const openParents = new Set<string>();
  if (parents.size > 0) {
    const named = new Set(parents.values());
    for (const builds of [queue, running])
      for (const build of builds) if (named.has(build.template)) openParents.add(targetKey(build));
  }
  return {
    runningFor: ({ template, region, architecture }) =>
      byTemplate.size === 0
        ? undefined
        : byTemplate
            .get(template)
            ?.find((other) => other.region === region && other.architecture === architecture),
    take,
    depthOf: ({ template, region, architecture }) => {
      if (openParents.size === 0) return 0;
      let depth = 0;
      let parent = parents.get(template);
      // Templates that name each other in a circle are refused elsewhere; here they must not hang the plan.
      while (parent !== undefined && depth <= parents.size) {
        if (!openParents.has(targetKey({ template: parent, region, architecture }))) break;
        depth++;
        parent = parents.get(parent);
      }
      return depth;
    },
  };
}

function parentsOf(situations: ReadonlyMap<string, TemplateSituation> | undefined): Map<string, string> {
  const parents = new Map<string, string>();
  for (const [template, { parent }] of situations ?? [])
    if (parent !== undefined) parents.set(template, parent);
  return parents;
}
