import type { Template } from '../../core/template/template.ts';
import type { Instant } from '../../core/words.ts';
import type { TemplateAnswer } from '../answers.ts';
import { iso } from './instants.ts';

interface Said {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
}

/** A template as it is kept, with what people said about it. */
export interface TemplateOnRecord {
  readonly slug: string;
  readonly revision: number;
  readonly definition: Template;
  readonly changedAt: Instant;
  readonly changedBy: string;
  readonly kept?: { readonly since: Instant; readonly because: string };
  readonly disabled?: Said;
  readonly paused?: Said;
}

export function templateAnswer(template: TemplateOnRecord): TemplateAnswer {
  const { slug, revision, definition, changedBy, kept, disabled, paused } = template;
  return {
    slug,
    name: definition.name,
    description: definition.description,
    version: definition.version ?? null,
    base: definition.base ?? null,
    inherits: [...definition.inherits],
    architectures: [...(definition.architectures ?? [])],
    revision,
    changedAt: iso(template.changedAt),
    changedBy,
    kept: kept === undefined ? null : { since: iso(kept.since), because: kept.because },
    disabled: disabled === undefined ? null : verdictAnswer(disabled),
    paused: paused === undefined ? null : verdictAnswer(paused),
  };
}

/** Also for the verdicts that `status` shows. */
export function verdictAnswer({ at, by, reason }: Said): { at: string; by: string; reason: string } {
  return { at: iso(at), by, reason };
}
