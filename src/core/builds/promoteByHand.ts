import { by } from '../by.ts';
import { inCommits } from '../oneCommit.ts';
import { type Instant, targetKey } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain } from './compose.ts';
import { promote } from './promote.ts';
import { superseded } from './superseded.ts';
import type { Ami, TargetState } from './target.ts';

export type PromotionByHand =
  | {
      readonly kind: 'promote';
      readonly ami: Ami;
      readonly writes: Write[];
      /** What one commit has no room for: commits to be made when the first is. */
      readonly afterwards: readonly Write[][];
    }
  | { readonly kind: 'nothing'; readonly because: string };

/**
 * A person promotes what waits for it, whatever its soak: the newest candidate of a target, and the older ones leave,
 * since nobody would promote them any more (design §5): of very many some in commits of their own, which change
 * nothing else.
 * @param amis of the template
 */
export function promoteByHand(
  target: TargetState,
  amis: readonly Ami[],
  because: string,
  now: Instant,
): PromotionByHand {
  const [newest, ...older] = amis
    .filter(({ state, ...ami }) => state === 'candidate' && targetKey(ami) === targetKey(target))
    .sort(by(({ createdAt }) => -createdAt));
  if (newest === undefined) return { kind: 'nothing', because: 'no candidate waits' };
  const promotion = promote(newest, target, amis, now);
  if (promotion.kind !== 'promote') return { kind: 'nothing', because: promotion.because };
  const writes: Write[] = [
    explain(newest.regionBuild, { at: now, rule: 'by-hand', because: `promoted ${because}` }),
    ...promotion.writes,
  ];
  const leaving = older.map((ami): Write[] => [
    { kind: 'ami', after: superseded(ami, now), expects: 'candidate' },
    explain(ami.regionBuild, {
      at: now,
      rule: 'overtaken',
      because: `${newest.amiId}, which is newer, was promoted ${because}`,
    }),
  ]);
  const [beside = [], ...afterwards] = inCommits(leaving, writes);
  return { kind: 'promote', ami: promotion.ami, writes: [...writes, ...beside], afterwards };
}
