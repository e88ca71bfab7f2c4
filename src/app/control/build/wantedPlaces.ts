import { ApiError } from '../../../api/errors.ts';
import { targetsOf, whyNoBase } from '../../../core/decide/targetsOf.ts';
import { templatePolicy } from '../../../core/policy/templatePolicy.ts';
import { nearest } from '../../../core/template/problem.ts';
import type { ResolvedTemplate } from '../../../core/template/template.ts';
import type { Target } from '../../../core/words.ts';
import type { Gathered } from '../../gatherPlanInput.ts';

/** Where a build was asked for; `impossible` says why there can be none. */
export interface WantedPlace {
  readonly target: Target;
  readonly impossible?: string;
}

/**
 * The places a request means: wherever the template is to have an image, or in the named regions for each of its
 * architectures.
 * @throws ApiError `invalid` naming the regions this deployment does not build in, `refused` if there is no place at all
 */
export function wantedPlaces(
  template: ResolvedTemplate,
  named: readonly string[] | undefined,
  { input, policy: { policy }, rootBases }: Pick<Gathered, 'input' | 'policy' | 'rootBases'>,
): WantedPlace[] {
  const regions = input.regions ?? [];
  const rootBase = rootBases.get(template.slug);
  if (named !== undefined) {
    mustBeKnown(named, regions);
    const allowed = templatePolicy(policy, template.slug).regions;
    return [...new Set(named)].flatMap((region) =>
      template.architectures.map((architecture) => {
        const target = { template: template.slug, region, architecture };
        const impossible =
          allowed?.includes(region) === false
            ? `the policy builds ${template.slug} only in ${allowed.join(', ')}`
            : whyNoBase(template, rootBase, target);
        return impossible === undefined ? { target } : { target, impossible };
      }),
    );
  }
  const targets = targetsOf(template, rootBase, policy, regions);
  if (targets.length === 0)
    throw new ApiError(
      'refused',
      `${template.slug} can be built nowhere: neither its base ${template.base} nor the policy leaves it one of ${regions.join(', ')}.`,
    );
  return targets.map((target) => ({ target }));
}

function mustBeKnown(named: readonly string[], regions: readonly string[]): void {
  const problems = named.flatMap((region, index) => {
    if (regions.includes(region)) return [];
    const near = nearest(region, regions);
    return {
      path: `regions.${index}`,
      message: `this deployment does not build in ${region}`,
      expected: `one of ${regions.join(', ')}`,
      ...(near === undefined ? {} : { suggestion: `did you mean ${near}?` }),
    };
  });
  if (problems.length > 0)
    throw new ApiError('invalid', 'Some of these regions are none of this deployment.', problems);
}
