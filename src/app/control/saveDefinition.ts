import { ApiError } from '../../api/errors.ts';
import type { AnswerOf } from '../../api/routes.ts';
import { canonicalJson } from '../../core/template/canonicalJson.ts';
import type { Template } from '../../core/template/template.ts';
import type { KeptTemplate, Services } from '../../ports.ts';
import { withoutOurPause } from '../pausedByUs.ts';

export type Saved = Pick<AnswerOf<'applyTemplates'>['templates'][number], 'outcome' | 'revision'>;

/** How often what people say about a template may change while its definition is saved. */
const TRIES = 5;

/**
 * Keeps a definition and whatever else is known of its template, except that it was paused for failing as it was.
 * @param before the template as it was checked against
 * @throws ApiError `conflict` if its definition has become a third one meanwhile
 */
export async function saveDefinition(
  definition: Template,
  before: KeptTemplate | undefined,
  actor: string,
  { templates, now }: Pick<Services, 'templates' | 'now'>,
): Promise<Saved> {
  const { slug } = definition;
  let stored = before;
  for (let tries = 0; tries < TRIES; tries++) {
    if (stored !== undefined && same(stored.definition, definition))
      return { outcome: 'unchanged', revision: stored.revision };
    if (!same(stored?.definition, before?.definition)) break;
    const revision = (stored?.revision ?? 0) + 1;
    const changed: KeptTemplate = {
      ...(stored === undefined ? {} : withoutOurPause(stored)),
      slug,
      revision,
      definition,
      changedAt: now(),
      changedBy: actor,
    };
    if (await templates.save(changed))
      return { outcome: stored === undefined ? 'created' : 'changed', revision };
    stored = await templates.get(slug);
  }
  throw new ApiError(
    'conflict',
    `${stored?.changedBy ?? 'Somebody else'} changed ${slug} at the same time; apply again.`,
  );
}

function same(one: Template | undefined, other: Template | undefined): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
