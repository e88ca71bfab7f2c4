import type { Reason } from './regionBuild.ts';
import type { ActiveAmi, RolledBack, TargetState } from './target.ts';

/**
 * The rollback that took this very image out of use in its place, unless somebody has asked for it by hand since
 * (design §5). What was wanted before the rollback, by whomever, must not undo it.
 */
export function takenBack(
  fingerprint: string,
  reasons: readonly Reason[],
  { rolledBack }: Pick<TargetState, 'rolledBack'>,
): RolledBack | undefined {
  if (rolledBack?.fingerprint !== fingerprint) return undefined;
  const askedSince = reasons.some(({ byHand, at }) => byHand === true && at > rolledBack.at);
  return askedSince ? undefined : rolledBack;
}

/** Why a build whose turn has come makes nothing after all, in a sentence; undefined: it makes its image. */
export function nothingToBuild(
  fingerprint: string,
  { reasons, forced }: { readonly reasons: readonly Reason[]; readonly forced: boolean },
  target: { readonly active?: ActiveAmi; readonly rolledBack?: RolledBack } = {},
): string | undefined {
  const { active } = target;
  if (active?.fingerprint === fingerprint && !forced)
    return `nothing to build: ${active.amiId} is the image it would make, and active`;
  const rolledBack = takenBack(fingerprint, reasons, target);
  return rolledBack === undefined ? undefined : `nothing to build: it would make ${again(rolledBack)}`;
}

/** `the image of ami-1 again, which was rolled back by ada: broken CUDA`. */
export function again({ amiId, because }: RolledBack): string {
  return `the image of ${amiId} again, which was rolled back ${because}`;
}
