import { resolveInheritance } from '../../core/template/resolveInheritance.ts';
import type { KeptTemplate, Services } from '../../ports.ts';
import { OURSELVES, withoutOurPause } from '../pausedByUs.ts';
import { changeTemplate } from './changeTemplate.ts';

/**
 * A template that was paused for its failures is another one as soon as one it inherits from has changed: it is built
 * again. Goes by when each was changed, so that whoever dies before this is made good by applying the same again.
 */
export async function unpauseHeirs({ templates, now }: Pick<Services, 'templates' | 'now'>): Promise<void> {
  const all = await templates.all();
  const paused = all.filter((template) => template.paused?.by === OURSELVES);
  if (paused.length === 0) return;
  const changedAt = new Map(all.map((template) => [template.slug, template.changedAt]));
  const { templates: resolved } = resolveInheritance(all.map(({ definition }) => definition));
  for (const { slug } of paused) {
    const ancestors = [slug, ...(resolved.get(slug)?.ancestors ?? [])];
    const lastChange = Math.max(...ancestors.map((ancestor) => changedAt.get(ancestor) ?? 0));
    await changeTemplate(slug, (template) => unpaused(template, lastChange), { templates, now });
  }
}

function unpaused(template: KeptTemplate, lastChange: number): KeptTemplate | undefined {
  const { paused } = template;
  return paused?.by === OURSELVES && paused.at < lastChange ? withoutOurPause(template) : undefined;
}
