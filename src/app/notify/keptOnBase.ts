import { resolveInheritance } from '../../core/template/resolveInheritance.ts';
import { templateGraph } from '../../core/template/templateGraph.ts';
import type { KeptTemplate } from '../../ports.ts';

/** Slugs of the kept templates whose images rest on a base image, also by another template's; in order. */
export function keptOnBase(base: string, all: readonly KeptTemplate[]): string[] {
  const { templates } = resolveInheritance(all.map(({ definition }) => definition));
  const { rootBase } = templateGraph(templates.values());
  return all
    .filter(({ slug, kept }) => kept !== undefined && rootBase.get(slug) === base)
    .map(({ slug }) => slug)
    .sort();
}
