import type { KeptTemplate, Services } from '../../ports.ts';
import { notFound } from './notFound.ts';

/**
 * The template of that slug.
 * @throws ApiError `not-found`, naming what may have been meant
 */
export async function knownTemplate(
  slug: string,
  { templates }: Pick<Services, 'templates'>,
): Promise<KeptTemplate> {
  const found = await templates.get(slug);
  if (found !== undefined) return found;
  const all = await templates.all();
  throw notFound(
    'template',
    slug,
    all.map((template) => template.slug),
  );
}
