import type { TargetState } from '../builds/target.ts';
import { templatePolicy } from '../policy/templatePolicy.ts';
import { durationInWords } from '../time/duration.ts';
import { targetKey } from '../words.ts';
import type { Write } from '../writes.ts';
import { keptTemplates, whyNot } from './keptTemplates.ts';
import type { Situation } from './situation.ts';

/**
 * Images that have been in use for longer than the policy's maximum age: the package epoch of their target is raised,
 * so that the same base makes another image, with the packages of today (design §2). Once: not where the epoch was
 * raised already and nothing was built since, nor where a build is on its way anyway.
 */
export function agedTargets(situation: Situation): Write[] {
  const { targets, open, now } = situation;
  const kept = new Set(
    keptTemplates(situation)
      .filter((template) => whyNot(template, situation) === undefined)
      .map(({ slug }) => slug),
  );
  return [...targets.values()].flatMap((state): Write[] => {
    const { template, active, rolledBack, packageEpoch, revision } = state;
    if (!kept.has(template) || !isTooOld(state, situation) || open.has(targetKey(state))) return [];
    if ((active?.packageEpoch ?? 0) !== packageEpoch) return [];
    // Somebody chose this one over a newer: its age is no reason to make that one again.
    if (rolledBack !== undefined && active !== undefined && active.at <= rolledBack.at) return [];
    const epochRaised = { at: now, level: 'none' as const, because: becauseOf(state, situation) };
    return [
      {
        kind: 'target',
        after: { ...state, revision: revision + 1, packageEpoch: packageEpoch + 1, epochRaised },
        expects: revision,
      },
    ];
  });
}

function isTooOld({ template, active }: TargetState, { policy, now }: Situation): boolean {
  const { securityWindow } = templatePolicy(policy, template);
  return securityWindow !== null && active !== undefined && now - active.at >= securityWindow;
}

function becauseOf({ template, active }: TargetState, { policy }: Situation): string {
  const oldest = durationInWords(templatePolicy(policy, template).securityWindow ?? 0);
  return `the image ${active?.amiId ?? ''} has been in use for ${oldest}, the longest the policy allows`;
}
