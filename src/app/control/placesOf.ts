import { by } from '../../core/by.ts';
import { targetsOf } from '../../core/decide/targetsOf.ts';
import { type Target, targetKey } from '../../core/words.ts';
import type { Gathered } from '../gatherPlanInput.ts';

/**
 * The places of a template that people should see: where it is to have an image, and also where it has one or is being
 * built though nobody wants that any more. In the deployment's order of regions.
 */
export function placesOf(
  slug: string,
  { input, policy, resolution, rootBases, targets }: Gathered,
  open: readonly Target[],
): Target[] {
  const resolved = resolution.templates.get(slug);
  const regions = input.regions ?? [];
  const all = [
    ...(resolved === undefined ? [] : targetsOf(resolved, rootBases.get(slug), policy.policy, regions)),
    ...[...targets.values()].filter(({ template, active }) => template === slug && active !== undefined),
    ...open.filter(({ template }) => template === slug),
  ];
  const places = new Map(all.map((target) => [targetKey(target), target]));
  const rank = (region: string) => (regions.includes(region) ? regions.indexOf(region) : regions.length);
  return [...places.values()].sort(
    by(
      ({ region }) => rank(region),
      ({ region }) => region,
      ({ architecture }) => architecture,
    ),
  );
}
