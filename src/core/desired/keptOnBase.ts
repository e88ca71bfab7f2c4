import { type Keeping, keptTemplates } from './keptTemplates.ts';
import type { Situation } from './situation.ts';

/** Slugs of the kept templates whose images rest on a base image, also by another template's; in order. */
export function keptOnBase(base: string, keeping: Keeping & Pick<Situation, 'rootBases'>): string[] {
  return keptTemplates(keeping)
    .map(({ slug }) => slug)
    .filter((slug) => keeping.rootBases.get(slug)?.name === base)
    .sort();
}
