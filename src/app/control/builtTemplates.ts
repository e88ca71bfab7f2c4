import type { Services } from '../../ports.ts';
import { knownTemplate } from './knownTemplate.ts';

/**
 * The templates that have builds or images: all that were ever asked for, or the one that is named, which must exist.
 * Most templates of a large catalogue were never built: nothing is read for those.
 */
export async function builtTemplates(
  only: string | undefined,
  { targets, templates }: Pick<Services, 'targets' | 'templates'>,
): Promise<string[]> {
  if (only === undefined) return [...new Set((await targets.all()).map(({ template }) => template))];
  return [(await knownTemplate(only, { templates })).slug];
}
