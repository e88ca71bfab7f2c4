import * as z from 'zod';
import { ARCHITECTURES } from '../../core/words.ts';
import { instant, problem, verdict, word } from '../values.ts';

/** A template as it is kept. */
export const templateAnswer = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  version: z.string().nullable(),
  base: z.string().nullable(),
  inherits: z.array(z.string()),
  architectures: z.array(word(ARCHITECTURES)),
  revision: z.int(),
  changedAt: instant,
  changedBy: z.string(),
  /**
   * Only a kept template has a desired state: `apply` alone builds nothing. Since when is known where somebody asked for
   * it; popularity, a season, an active AMI and templates built on it keep it as long as they last.
   */
  kept: z.object({ since: instant.nullable(), because: z.string() }).nullable(),
  disabled: verdict.nullable(),
  paused: verdict.nullable(),
});
export type TemplateAnswer = z.infer<typeof templateAnswer>;

/** `GET /templates`, by slug. */
export const templatesAnswer = z.object({
  now: instant,
  zone: z.string(),
  templates: z.array(templateAnswer),
});
export type TemplatesAnswer = z.infer<typeof templatesAnswer>;

/** `POST /templates/{slug}/disable`, `/pause`, `/unpause`: the template as it is kept now. */
export const templateChangedAnswer = z.object({
  template: templateAnswer,
  /** False: it was so already. */
  changed: z.boolean(),
});
export type TemplateChangedAnswer = z.infer<typeof templateChangedAnswer>;

/** `POST /templates/{slug}/enable`. */
export const enableTemplateAnswer = templateChangedAnswer.extend({
  /** Launches that make it popular, as the policy says now. */
  popularityThreshold: z.int(),
});
export type EnableTemplateAnswer = z.infer<typeof enableTemplateAnswer>;

export const APPLY_OUTCOMES = ['created', 'changed', 'unchanged'] as const;

/** `POST /templates`: all of them, or none if one is wrong. */
export const applyTemplatesAnswer = z.object({
  templates: z.array(
    z.object({
      file: z.string(),
      slug: z.string(),
      outcome: word(APPLY_OUTCOMES),
      revision: z.int(),
      warnings: z.array(problem),
    }),
  ),
});
export type ApplyTemplatesAnswer = z.infer<typeof applyTemplatesAnswer>;
