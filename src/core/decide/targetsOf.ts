import { servedIn } from '../base-images/servedIn.ts';
import { architecturesOf, type TrackedBaseImage } from '../base-images/trackedBaseImage.ts';
import type { Policy } from '../policy/policy.ts';
import { templatePolicy } from '../policy/templatePolicy.ts';
import { FIXED_AMI_BASE, type ResolvedTemplate } from '../template/template.ts';
import type { Target } from '../words.ts';

/**
 * Where a template is to have an image: its architectures in the deployment's regions, as far as the policy wants it
 * there and its base exists there. `rootBase` is the tracked base image it rests on at last, where it rests on one.
 */
export function targetsOf(
  template: ResolvedTemplate,
  rootBase: TrackedBaseImage | undefined,
  policy: Policy,
  regions: readonly string[],
): Target[] {
  const wanted = templatePolicy(policy, template.slug).regions;
  return regions
    .filter((region) => wanted?.includes(region) ?? true)
    .flatMap((region) =>
      template.architectures.map((architecture) => ({ template: template.slug, region, architecture })),
    )
    .filter((target) => whyNoBase(template, rootBase, target) === undefined);
}

/** Why a template cannot stand on its base in a place, in a sentence; undefined: it can. */
export function whyNoBase(
  { base, amiConfig }: Pick<ResolvedTemplate, 'base' | 'amiConfig'>,
  rootBase: TrackedBaseImage | undefined,
  { region, architecture }: Omit<Target, 'template'>,
): string | undefined {
  if (base === FIXED_AMI_BASE)
    return amiConfig?.amis[region]?.[architecture] === undefined
      ? `its ami_config names no image for ${architecture} in ${region}`
      : undefined;
  if (rootBase === undefined) return undefined;
  if (!servedIn(rootBase, region)) return `${rootBase.name} is not published in ${region}`;
  return architecturesOf(rootBase).includes(architecture)
    ? undefined
    : `${rootBase.name} is not published for ${architecture}`;
}
