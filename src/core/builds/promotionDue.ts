import { changesNothing, modeOf } from '../decide/modeOf.ts';
import type { Policy } from '../policy/policy.ts';
import { templatePolicy } from '../policy/templatePolicy.ts';
import { durationInWords } from '../time/duration.ts';
import type { ExplanationLine, Instant } from '../words.ts';
import type { RegionBuild } from './regionBuild.ts';
import { again, takenBack } from './takenBack.ts';
import type { Ami, RolledBack, TargetState } from './target.ts';

export type PromotionDue =
  | { readonly due: true }
  /** It stays a candidate; `until` is when that ends by itself, `null` if only a person ends it. */
  | { readonly due: false; readonly until: Instant | null; readonly line: ExplanationLine };

/** Where a candidate comes from, and what is true of its place. */
export interface CandidateGround {
  readonly build: Pick<RegionBuild, 'urgency' | 'reasons'> | undefined;
  readonly target: Pick<TargetState, 'active' | 'rolledBack'>;
}

/**
 * Promotion at once, after a soak (waived for critical), or by hand (design §5). The image of one that was rolled back
 * while this one was built or soaked comes back by hand only.
 */
export function promotionDue(
  candidate: Pick<Ami, 'template' | 'amiId' | 'createdAt' | 'fingerprint' | 'replaces'>,
  { build, target }: CandidateGround,
  policy: Policy,
  now: Instant,
): PromotionDue {
  const { template, amiId, createdAt, fingerprint, replaces } = candidate;
  const { promotion, soak } = templatePolicy(policy, template);
  const mode = modeOf(template, policy);
  // Dated by the candidate, so that whoever says it again says the same.
  const waits = (rule: string, because: string, until: Instant | null): PromotionDue => ({
    due: false,
    until,
    line: { at: createdAt, rule, because: `candidate: ${because}` },
  });
  if (changesNothing(mode)) return waits('mode', `${amiId} is not promoted while the mode is ${mode}`, null);
  const rolledBack = takenBack(fingerprint, build?.reasons ?? [], target);
  // One that others have overtaken leaves when it is due.
  if (rolledBack !== undefined && (target.active?.amiId ?? null) === replaces)
    return { due: false, until: null, line: waitsForPerson(candidate, rolledBack) };
  if (promotion === 'manual') return waits('manual', `${amiId} waits for someone to promote it`, null);
  const soaked = createdAt + (build?.urgency === 'critical' ? 0 : soak);
  if (soaked <= now) return { due: true };
  const until = new Date(soaked).toISOString();
  return waits('soak', `${amiId} soaks for ${durationInWords(soak)}, until ${until}`, soaked);
}

/** What is said of a candidate whose very image was rolled back. */
export function waitsForPerson(
  { amiId, createdAt }: Pick<Ami, 'amiId' | 'createdAt'>,
  rolledBack: RolledBack,
): ExplanationLine {
  const because = `candidate: ${amiId} is ${again(rolledBack)}: it waits for someone to promote it`;
  return { at: Math.max(createdAt, rolledBack.at), rule: 'rolled-back', because };
}
