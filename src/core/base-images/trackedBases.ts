import type { Policy } from '../policy/policy.ts';
import type { Template } from '../template/template.ts';
import { basesOf } from './basesOf.ts';
import type { TrackedBaseImage } from './trackedBaseImage.ts';

/**
 * The base images that are looked at: those a template stands on, kept or not, so that its first build has one, and
 * all of the policy's own. The built-in table has dozens; an account without templates looks at none of them.
 */
export function trackedBases(
  policy: Pick<Policy, 'baseImages'>,
  templates: Iterable<Pick<Template, 'base'>>,
): TrackedBaseImage[] {
  const used = new Set(policy.baseImages.map(({ name }) => name));
  // Parents are templates themselves: what is inherited is named by one of them.
  for (const { base } of templates) if (base !== undefined) used.add(base);
  return [...basesOf(policy).values()].filter(({ name }) => used.has(name));
}

/** Those among them whose images are read from one of these parameters. */
export function readFrom(
  bases: readonly TrackedBaseImage[],
  parameters: readonly string[],
): TrackedBaseImage[] {
  return bases.filter(
    ({ source }) =>
      source.kind !== 'filter' && Object.values(source.names).some((name) => parameters.includes(name)),
  );
}
