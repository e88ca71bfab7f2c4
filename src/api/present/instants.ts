import type { ExplanationLine, Instant } from '../../core/words.ts';
import type { ExplanationAnswer } from '../values.ts';

/** An instant as answers carry it. */
export function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}

export function isoOrNull(instant: Instant | undefined): string | null {
  return instant === undefined ? null : iso(instant);
}

export function lineAnswer({ at, rule, because }: ExplanationLine): ExplanationAnswer {
  return { at: iso(at), rule, because };
}
