import type { KeptTemplate, Services } from '../../../ports.ts';

/**
 * From now on the template is to have an image wherever it is built; one that is kept already stays as it is.
 * False if it was changed by somebody else: read again.
 */
export async function keepTemplate(
  template: KeptTemplate,
  because: string,
  { templates, now }: Pick<Services, 'templates' | 'now'>,
): Promise<boolean> {
  if (template.kept !== undefined) return true;
  return templates.save({
    ...template,
    revision: template.revision + 1,
    kept: { since: now(), because },
  });
}
