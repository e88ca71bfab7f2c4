import { modeOf } from '../decide/modeOf.ts';
import { popularReason } from './popularity.ts';
import { seasonalWish } from './season.ts';
import type { Passed, Situation, WantedTemplate } from './situation.ts';

/**
 * The templates that have a desired state (design §2): those that were asked for, are in season or popular, have an
 * active AMI anywhere, or are what a kept one is built on. `apply` of a thousand templates keeps none of them.
 */
export function keptTemplates(situation: Situation): WantedTemplate[] {
  const { templates, targets, builtOn, policy, now } = situation;
  const active = new Set(
    [...targets.values()].filter((target) => target.active !== undefined).map(({ template }) => template),
  );
  const kept = new Set<string>();
  const keep = (slug: string): void => {
    kept.add(slug);
    const parent = builtOn.get(slug);
    if (parent !== undefined && !kept.has(parent)) keep(parent);
  };
  for (const { slug, kept: asked } of templates.values())
    if (
      asked !== undefined ||
      active.has(slug) ||
      seasonalWish(slug, policy, now) !== undefined ||
      popularReason(slug, situation) !== undefined
    )
      keep(slug);
  return [...templates.values()].filter(({ slug }) => kept.has(slug));
}

/** Why nothing may be asked for a kept template; undefined: something may. */
export function whyNot(
  { slug, disabled, paused }: WantedTemplate,
  { policy, resolution }: Pick<Situation, 'policy' | 'resolution'>,
): Passed | undefined {
  if (modeOf(slug, policy) === 'stopped')
    return { subject: slug, rule: 'mode', because: `nothing is asked for ${slug}: the mode is stopped` };
  if (disabled !== undefined)
    return {
      subject: slug,
      rule: 'disabled',
      because: `nothing is asked for ${slug}: disabled by ${disabled.by}: ${disabled.reason}`,
    };
  if (paused !== undefined)
    return {
      subject: slug,
      rule: 'paused',
      because: `nothing is asked for ${slug}: paused by ${paused.by}: ${paused.reason}`,
    };
  if (!resolution.templates.has(slug)) {
    const problems = resolution.problems.filter(({ template }) => template === slug);
    const why = problems.map(({ message }) => message).join('; ');
    return { subject: slug, rule: 'template', because: `${slug} cannot be put together: ${why}` };
  }
  return undefined;
}
