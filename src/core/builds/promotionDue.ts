import { changesNothing, modeOf } from '../decide/modeOf.ts';
import type { Policy } from '../policy/policy.ts';
import { templatePolicy } from '../policy/templatePolicy.ts';
import { durationInWords } from '../time/duration.ts';
import type { ExplanationLine, Instant, Urgency } from '../words.ts';
import type { Ami } from './target.ts';

export type PromotionDue =
  | { readonly due: true }
  /** It stays a candidate; `until` is when that ends by itself, `null` if only a person ends it. */
  | { readonly due: false; readonly until: Instant | null; readonly line: ExplanationLine };

/** Promotion at once, after a soak (waived for critical), or by hand (design §5). */
export function promotionDue(
  candidate: Pick<Ami, 'template' | 'amiId' | 'createdAt'>,
  urgency: Urgency,
  policy: Policy,
  now: Instant,
): PromotionDue {
  const { template, amiId, createdAt } = candidate;
  const { promotion, soak } = templatePolicy(policy, template);
  const mode = modeOf(template, policy);
  // Dated by the candidate, so that whoever says it again says the same.
  const waits = (rule: string, because: string, until: Instant | null): PromotionDue => ({
    due: false,
    until,
    line: { at: createdAt, rule, because: `candidate: ${because}` },
  });
  if (changesNothing(mode)) return waits('mode', `${amiId} is not promoted while the mode is ${mode}`, null);
  if (promotion === 'manual') return waits('manual', `${amiId} waits for someone to promote it`, null);
  const soaked = createdAt + (urgency === 'critical' ? 0 : soak);
  if (soaked <= now) return { due: true };
  const until = new Date(soaked).toISOString();
  return waits('soak', `${amiId} soaks for ${durationInWords(soak)}, until ${until}`, soaked);
}
