import { modeOf } from '../decide/modeOf.ts';
import { popularReason } from './popularity.ts';
import { seasonalWish } from './season.ts';
import type { Passed, Situation, WantedTemplate } from './situation.ts';

/** Everything that decides which templates are kept. */
export type Keeping = Pick<Situation, 'templates' | 'targets' | 'builtOn' | 'policy' | 'launches' | 'now'>;

/** Why a template is kept, in a sentence; and whether its launches alone would do. */
export interface KeptFor {
  readonly because: string;
  readonly popular: boolean;
}

/**
 * The templates that have a desired state (design §2): those that were asked for, are in season or popular, have an
 * active AMI anywhere, or are what a kept one is built on. `apply` of a thousand templates keeps none of them. The loop
 * and everybody who is told or shown something of kept templates go by this one rule.
 */
export function keptTemplates(keeping: Keeping): WantedTemplate[] {
  const kept = whyKept(keeping);
  return [...keeping.templates.values()].filter(({ slug }) => kept.has(slug));
}

/** The kept templates by slug, each with why it is kept. */
export function whyKept(keeping: Keeping): ReadonlyMap<string, KeptFor> {
  const { templates, targets, builtOn, policy, now } = keeping;
  const active = new Set(
    [...targets.values()].filter((target) => target.active !== undefined).map(({ template }) => template),
  );
  const own = new Map<string, KeptFor>();
  for (const { slug, kept: asked } of templates.values()) {
    const popular = popularReason(slug, keeping);
    const because =
      popular?.because ??
      asked?.because ??
      seasonalWish(slug, policy, now)?.reason.because ??
      (active.has(slug) ? `${slug} has an active AMI` : undefined);
    if (because !== undefined) own.set(slug, { because, popular: popular !== undefined });
  }
  const kept = new Map(own);
  const keepBaseOf = (slug: string): void => {
    const base = builtOn.get(slug);
    if (base === undefined || kept.has(base)) return;
    kept.set(base, { because: `${slug} is built on its image`, popular: false });
    keepBaseOf(base);
  };
  for (const slug of own.keys()) keepBaseOf(slug);
  return kept;
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
