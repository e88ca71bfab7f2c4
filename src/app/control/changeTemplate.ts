import { ApiError } from '../../api/errors.ts';
import { templateAnswer } from '../../api/present/templates.ts';
import type { AnswerOf } from '../../api/routes.ts';
import type { Instant } from '../../core/words.ts';
import type { KeptTemplate, Services } from '../../ports.ts';
import { knownTemplate } from './knownTemplate.ts';

export type VerdictServices = Pick<Services, 'templates' | 'now'>;

/** How often the template may be changed by others in between. */
const TRIES = 5;

/**
 * Changes what people say about a template; its definition stays as it is.
 * @param change undefined: it is so already
 * @throws ApiError `not-found`, `conflict`
 */
export async function changeTemplate(
  slug: string,
  change: (template: KeptTemplate, now: Instant) => KeptTemplate | undefined,
  services: VerdictServices,
): Promise<AnswerOf<'pauseTemplate'>> {
  for (let tries = 0; tries < TRIES; tries++) {
    const template = await knownTemplate(slug, services);
    const after = change(template, services.now());
    if (after === undefined) return { template: templateAnswer(template), changed: false };
    const saved = { ...after, revision: template.revision + 1 };
    if (await services.templates.save(saved)) return { template: templateAnswer(saved), changed: true };
  }
  throw new ApiError('conflict', `${slug} is being changed by others; try again.`);
}
